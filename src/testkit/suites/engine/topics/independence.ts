/** Enrollments and galleries of one engine do not mix. */

import assert from 'node:assert/strict';
import type { EngineClause } from '../engine-clause.ts';
import { MAX_SAMPLES, OPEN } from '../engine-trial.ts';

export const INDEPENDENCE: readonly EngineClause[] = [
  {
    id: 'A-015',
    what: 'two enrollments and two galleries at once do not mix',
    async check(engine, trial) {
      using one = engine.createEnrollment(1);
      using two = engine.createEnrollment(2);
      for (let i = 1; i <= MAX_SAMPLES; i++) {
        if (one.progress.kind !== 'complete') await one.add(await trial.features(1, i), OPEN);
        if (two.progress.kind !== 'complete') await two.add(await trial.features(2, i), OPEN);
      }
      using first = engine.createGallery();
      using second = engine.createGallery();
      first.add(10, one.template());
      second.add(20, two.template());
      assert.deepEqual([first.size, second.size], [1, 1]);
      assert.deepEqual(await trial.found(1, first), [10]);
      assert.deepEqual(await trial.found(1, second), []);
      assert.deepEqual(await trial.found(2, second), [20]);
    },
  },
];
