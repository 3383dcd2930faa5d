/** Finding a finger that is enrolled already. */

import assert from 'node:assert/strict';
import type { EngineClause } from '../engine-clause.ts';
import { OPEN } from '../engine-trial.ts';

export const DUPLICATES: readonly EngineClause[] = [
  {
    id: 'A-110',
    what: 'among no references there is no duplicate',
    async check(engine, trial) {
      using gallery = engine.createGallery();
      assert.deepEqual(await engine.findDuplicates(await trial.template(1), gallery, OPEN), []);
    },
  },
  {
    id: 'A-111',
    what: 'the same finger is a duplicate, another one is not',
    async check(engine, trial) {
      using gallery = engine.createGallery();
      for (const finger of [2, 1]) gallery.add(finger, await trial.template(finger));
      const again = await trial.template(1, 4);
      assert.deepEqual((await engine.findDuplicates(again, gallery, OPEN))[0]?.recordId, 1);
      assert.deepEqual(await engine.findDuplicates(await trial.template(3), gallery, OPEN), []);
    },
  },
];
