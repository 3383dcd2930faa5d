/** Which records a query finds. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { find, fingers } from '../find.ts';
import { ALICE, BOB, CAROL, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

export const SELECTING: readonly StorageClause[] = [
  {
    id: 'A-146',
    what: 'a query by sub-factor finds it with every identity',
    async check(db) {
      for (const owner of [CAROL, ALICE, BOB]) for (const finger of [1, 2]) await db.add(record(owner, finger));
      const found = await find(db, { subFactor: 2 });
      assert.deepEqual(
        found.map(({ identity }) => identity),
        [CAROL, ALICE, BOB],
      );
      assert.ok(found.every(({ subFactor }) => subFactor === 2));
    },
  },
  {
    id: 'A-147',
    what: 'a query by identity finds all its records, oldest first',
    async check(db) {
      for (const finger of [9, 1, 0xf5]) await db.add(record(CAROL, finger));
      await db.add(record(ALICE, 4));
      assert.deepEqual(await fingers(db, { identity: CAROL }), [9, 1, 0xf5]);
      assert.deepEqual(await fingers(db, { identity: { type: 'guid', guid: CAROL.guid.toLowerCase() } }), [9, 1, 0xf5]);
      assert.deepEqual(await fingers(db, { identity: CAROL, subFactor: 1 }), [1]);
    },
  },
  {
    id: 'A-148',
    what: 'a query without hits is empty',
    async check(db) {
      assert.deepEqual(await find(db, {}), []);
      await db.add(record(ALICE, 2));
      assert.deepEqual(await find(db, { identity: BOB }), []);
    },
  },
  {
    id: 'A-149',
    what: 'a query asks for a legal sub-factor',
    async check(db) {
      for (const subFactor of [0, 0xff]) await rejectsWith('E_INVALIDARG', () => find(db, { subFactor }));
    },
  },
  {
    id: 'A-150',
    what: 'without index vectors a query by content is one by sub-factor',
    async check(db) {
      await db.add(record(ALICE, 2));
      await db.add(record(BOB, 3));
      assert.deepEqual(await fingers(db, { indexVector: [] }), [2, 3]);
      assert.deepEqual(await fingers(db, { indexVector: [], subFactor: 3 }), [3]);
    },
  },
  {
    id: 'A-152',
    what: 'a query that is refused leaves nothing behind',
    async check(db) {
      await db.add(record(ALICE, 2));
      await rejectsWith('E_INVALIDARG', () => find(db, { subFactor: 0 }));
      assert.deepEqual(await fingers(db, {}), [2]);
    },
  },
];
