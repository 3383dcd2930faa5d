/** Records and queries with index vectors. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { find, fingers } from '../find.ts';
import { ALICE, BOB, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

export const INDEX_VECTORS: readonly StorageClause[] = [
  {
    id: 'A-137',
    what: 'a record has the index vector its database was made for',
    indexLength: 2,
    async check(db) {
      for (const indexVector of [[], [1], [1, 2, 3]]) {
        await rejectsWith('WINBIO_E_DATABASE_BAD_INDEX_VECTOR', () => db.add({ ...record(ALICE, 2), indexVector }));
      }
      await rejectsWith('WINBIO_E_DATABASE_BAD_INDEX_VECTOR', () => db.add(record(ALICE, 2)));
      for (const bucket of [-1, 1.5, 2 ** 32]) {
        await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), indexVector: [1, bucket] }));
      }
      assert.equal(await db.count(), 0);
      await db.add({ ...record(ALICE, 2), indexVector: [0xffff_ffff, 7] });
      assert.deepEqual((await find(db, {}))[0]?.indexVector, [0xffff_ffff, 7]);
    },
  },
  {
    id: 'A-151',
    what: 'a query by content asks with a vector of the length of the database',
    indexLength: 2,
    async check(db) {
      for (const indexVector of [[], [1], [1, 2, 3]]) {
        await rejectsWith('WINBIO_E_DATABASE_BAD_INDEX_VECTOR', () => find(db, { indexVector }));
      }
      await rejectsWith('E_INVALIDARG', () => db.delete({ indexVector: [1, 2] }));
    },
  },
  {
    id: 'A-165',
    what: 'a query by content finds who shares a bucket, and who is in none',
    indexLength: 2,
    async check(db) {
      const vectors = [
        [1, 2],
        [1, 9],
        [2, 1],
        [0, 2],
        [0, 0],
        [5, 6],
      ];
      for (const [i, indexVector] of vectors.entries()) await db.add({ ...record(ALICE, i + 1), indexVector });
      assert.deepEqual(await fingers(db, { indexVector: [1, 2] }), [1, 2, 4, 5]);
      assert.deepEqual(await fingers(db, { indexVector: [0, 6] }), [5, 6]);
      assert.deepEqual(await fingers(db, { indexVector: [8, 8] }), [5]);
      assert.deepEqual(await fingers(db, { indexVector: [0, 0] }), [1, 2, 3, 4, 5, 6]);
      assert.deepEqual(await fingers(db, { indexVector: [1, 2], subFactor: 4 }), [4]);
      assert.deepEqual(await fingers(db, { indexVector: [1, 2], identity: BOB }), []);
    },
  },
];
