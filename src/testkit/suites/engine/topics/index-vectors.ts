/** Buckets that narrow a search. */

import assert from 'node:assert/strict';
import { sharesBucket } from '../../../../adapters/index-vector.ts';
import type { EngineClause } from '../engine-clause.ts';

export const INDEX_VECTORS: readonly EngineClause[] = [
  {
    id: 'engine-4',
    what: 'a probe shares a bucket with the template of its finger',
    needs: 'index-vectors',
    async check(engine, trial) {
      const template = (await engine.indexVector?.(await trial.template(1))) ?? [];
      assert.equal(template.length, engine.info.indexLength);
      assert.ok(template.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket <= 0xffff_ffff));
      for (const impression of [1, 4, 8]) {
        assert.ok(sharesBucket((await engine.indexVector?.(await trial.features(1, impression))) ?? [], template));
      }
    },
  },
];
