/** How a query is read: from the oldest record to its end, or not so far. */

import assert from 'node:assert/strict';
import { collectRecords } from '../collect-records.ts';
import { find } from '../find.ts';
import { ALICE, BOB, CAROL, fill, MANY, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

export const READING: readonly StorageClause[] = [
  {
    id: 'A-153',
    what: 'a query begins with the oldest record',
    async check(db) {
      for (const finger of [7, 3, 5]) await db.add(record(ALICE, finger));
      const { value } = await db.query({})[Symbol.asyncIterator]().next();
      assert.equal(value?.[0]?.subFactor, 7);
    },
  },
  {
    id: 'A-154',
    what: 'after the last record a query has ended, however often it is asked',
    async check(db) {
      await db.add(record(ALICE, 7));
      const batches = db.query({})[Symbol.asyncIterator]();
      assert.equal((await collectRecords(batches)).at(-1)?.subFactor, 7);
      for (const _ of [1, 2]) assert.equal((await batches.next()).done, true);
    },
  },
  {
    id: 'A-155',
    what: 'a query without hits ends at once, without a batch',
    async check(db) {
      assert.deepEqual(await db.query({})[Symbol.asyncIterator]().next(), { done: true, value: undefined });
    },
  },
  {
    id: 'A-156',
    what: 'a record reads the same each time',
    async check(db) {
      await db.add({ ...record(ALICE, 2), payload: Uint8Array.of(1) });
      assert.deepEqual(await find(db, {}), await find(db, {}));
    },
  },
  {
    id: 'A-158',
    what: 'a running query sees the records as they were',
    async check(db, rig) {
      const other = await rig.adapter.open(db.descriptor, { create: false });
      await fill(db);
      const batches = db.query({})[Symbol.asyncIterator]();
      const first = await batches.next();
      await other.delete({});
      await other.add(record(CAROL, 1));
      const rest = await collectRecords(batches);
      assert.equal((first.value?.length ?? 0) + rest.length, MANY);
      assert.deepEqual(rest.at(-1), {
        ...record(BOB, MANY / 2),
        payload: new Uint8Array(),
        indexVector: [],
        recordId: rest.at(-1)?.recordId,
      });
      assert.equal(await db.count(), 1);
    },
  },
  {
    id: 'A-168',
    what: 'two openings of a database query on their own',
    async check(db, rig) {
      const other = await rig.adapter.open(db.descriptor, { create: false });
      await fill(db);
      const one = db.query({})[Symbol.asyncIterator]();
      const two = other.query({})[Symbol.asyncIterator]();
      await one.next();
      const all = await collectRecords(two);
      assert.equal(all.length, MANY);
      await db.close();
      assert.equal(await other.count(), MANY);
    },
  },
  {
    id: 'storage-1',
    what: 'a query may be left in the middle',
    async check(db) {
      await fill(db);
      for await (const batch of db.query({})) {
        assert.ok(batch.length > 0);
        break;
      }
      await db.delete({});
      assert.equal(await db.count(), 0);
    },
  },
];
