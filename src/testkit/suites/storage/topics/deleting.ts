/** Deleting and counting records. */

import assert from 'node:assert/strict';
import { find } from '../find.ts';
import { ALICE, BOB, CAROL, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

export const DELETING: readonly StorageClause[] = [
  {
    id: 'A-142',
    what: 'deleting what is not there deletes nothing',
    async check(db) {
      await db.add(record(ALICE, 2));
      assert.deepEqual(await db.delete({ identity: BOB }), []);
      assert.deepEqual(await db.delete({ identity: ALICE, subFactor: 3 }), []);
      assert.equal(await db.count(), 1);
    },
  },
  {
    id: 'A-143',
    what: 'deleting without a selector empties the database, which stays usable',
    async check(db) {
      const ids = [await db.add(record(ALICE, 2)), await db.add(record(BOB, 2)), await db.add(record(CAROL, 3))];
      assert.deepEqual(await db.delete({}), ids);
      assert.equal(await db.count(), 0);
      const next = await db.add(record(ALICE, 2));
      assert.ok(!ids.includes(next), 'a record number was used again');
    },
  },
  {
    id: 'A-145',
    what: 'deleting an identity leaves the others',
    async check(db) {
      const ids = [await db.add(record(ALICE, 2)), await db.add(record(BOB, 2)), await db.add(record(ALICE, 3))];
      assert.deepEqual(await db.delete({ identity: ALICE }), [ids[0], ids[2]]);
      assert.deepEqual(
        (await find(db, {})).map(({ identity }) => identity),
        [BOB],
      );
    },
  },
  {
    id: 'A-159',
    what: 'deleted records are in no later query',
    async check(db) {
      await db.add(record(ALICE, 2));
      await db.delete({ identity: ALICE });
      assert.deepEqual(await find(db, {}), []);
    },
  },
  {
    id: 'A-161',
    what: 'the count is of live records only',
    async check(db) {
      for (const finger of [1, 2, 3]) await db.add(record(ALICE, finger));
      await db.delete({ subFactor: 2 });
      assert.equal(await db.count(), 2);
    },
  },
];
