/** Everybody in view of a camera. */

import assert from 'node:assert/strict';
import type { EngineClause } from '../engine-clause.ts';
import { OPEN } from '../engine-trial.ts';

export const PRESENCE: readonly EngineClause[] = [
  {
    id: 'A-120',
    what: 'in a frame without people there is nobody',
    needs: 'presence',
    async check(engine, { rig }) {
      using gallery = engine.createGallery();
      assert.deepEqual(await engine.identifyAll?.(await rig.blank(), gallery, OPEN), []);
    },
  },
];
