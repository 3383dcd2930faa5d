/** Another template in the place of one that is there. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { find } from '../find.ts';
import { ALICE, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

export const REPLACING: readonly StorageClause[] = [
  {
    id: 'A-166',
    what: 'another template takes the place of one that is there, and of no other',
    needs: 'replacement',
    async check(db) {
      const recordId = await db.add({ ...record(ALICE, 2), payload: Uint8Array.of(4) });
      const template = Uint8Array.of(9, 9);
      await db.replace({ recordId, identity: ALICE, subFactor: 2 }, template);
      template.fill(0);
      const [found, ...others] = await find(db, {});
      assert.deepEqual([found?.template, found?.recordId, others.length], [Uint8Array.of(9, 9), recordId, 0]);
      assert.deepEqual([found?.payload, found?.identity], [Uint8Array.of(4), ALICE]);
      await rejectsWith('E_INVALIDARG', () =>
        db.replace({ recordId, identity: ALICE, subFactor: 2 }, new Uint8Array()),
      );
      await db.delete({});
      await rejectsWith('WINBIO_E_DATABASE_NO_SUCH_RECORD', () =>
        db.replace({ recordId, identity: ALICE, subFactor: 2 }, Uint8Array.of(1)),
      );
      assert.equal(await db.count(), 0);
    },
  },
];
