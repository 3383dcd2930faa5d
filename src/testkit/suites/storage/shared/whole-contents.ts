/** A whole database at one moment of its history. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { ALICE, BOB, CAROL, fill, MANY, record } from '../sample-records.ts';
import type { SharedClause } from './shared-clause.ts';
import { changesAfter, itemsOf } from './shared-database.ts';

export const WHOLE_CONTENTS: readonly SharedClause[] = [
  {
    id: 'shared-13',
    what: 'parts of a database are all of it, each record once, by ascending number',
    async check(here) {
      await fill(here);
      const whole = await itemsOf((await here.load()).records);
      assert.equal(whole.length, MANY);
      assert.ok(
        whole.every(({ mark }) => /^[0-9a-f]{32}$/.test(mark ?? '')),
        'a record has no mark',
      );
      for (const count of [2, 3]) {
        const parts = await Promise.all(
          Array.from(
            { length: count },
            async (_, index) => await itemsOf((await here.load({ of: count, index })).records),
          ),
        );
        for (const [index, part] of parts.entries()) {
          assert.ok(part.every(({ recordId }) => recordId % count === index));
          const numbers = part.map(({ recordId }) => recordId);
          assert.deepEqual(
            numbers,
            numbers.toSorted((a, b) => a - b),
          );
        }
        assert.deepEqual(
          parts.flat().sort((a, b) => a.recordId - b.recordId),
          whole,
        );
      }
      for (const part of [
        { of: 0, index: 0 },
        { of: 2, index: 2 },
        { of: 2, index: -1 },
      ]) {
        await rejectsWith('E_INVALIDARG', () => here.load(part));
      }
    },
  },
  {
    id: 'shared-14',
    what: 'what is loaded is of one moment, and its history goes on from there',
    async check(here, there) {
      await here.add(record(ALICE, 2));
      const { position, records } = await here.load();
      await there.add(record(BOB, 2));
      await there.delete({ identity: ALICE });
      assert.deepEqual(
        (await itemsOf(records)).map(({ identity }) => identity),
        [ALICE],
      );
      const later = await changesAfter(here, position);
      assert.deepEqual(
        later.map(({ kind }) => kind),
        ['stored', 'deleted'],
      );
    },
  },
  {
    id: 'shared-15',
    what: 'versions are those of the records, at one moment',
    async check(here, there) {
      for (const owner of [ALICE, BOB, CAROL]) await here.add(record(owner, 2));
      const whole = await itemsOf((await here.load()).records);
      const { position, marks } = await here.marks();
      await there.delete({});
      assert.deepEqual(
        await itemsOf(marks),
        whole.map(({ recordId, mark }) => ({ recordId, mark })),
      );
      assert.equal(position.change, 3);
      const { marks: none } = await there.marks();
      assert.deepEqual(await itemsOf(none), []);
    },
  },
  {
    id: 'shared-18',
    what: 'versions that were deleted are told for ever, also when they are put back',
    async check(here, there) {
      const mark = '0123456789abcdef0123456789abcdef';
      await here.add({ ...record(ALICE, 2), mark });
      await here.add(record(BOB, 2));
      assert.deepEqual(await itemsOf(there.ended()), []);
      await there.delete({ identity: ALICE });
      await here.add({ ...record(ALICE, 2), mark });
      assert.deepEqual(await itemsOf(here.ended()), [mark]);
    },
  },
  {
    id: 'shared-16',
    what: 'records are found by their numbers, those that are there',
    async check(here) {
      const [one, two, three] = [
        await here.add(record(ALICE, 2)),
        await here.add(record(BOB, 2)),
        await here.add(record(CAROL, 2)),
      ];
      await here.delete({ identity: BOB });
      const found = await here.numbered([three, two, one, 999]);
      assert.deepEqual(
        found.map(({ recordId, identity }) => [recordId, identity]),
        [
          [one, ALICE],
          [three, CAROL],
        ],
      );
      assert.deepEqual(await here.numbered([]), []);
    },
  },
  {
    id: 'shared-17',
    what: 'a closed database refuses what is shared too, and ends what is read of it',
    async check(here, there) {
      await fill(there);
      const position = await here.position();
      const loading = (await here.load()).records[Symbol.asyncIterator]();
      await here.close();
      const name = { recordId: 1, identity: ALICE, subFactor: 1 };
      const refused: readonly (() => Promise<unknown>)[] = [
        () => here.position(),
        () => changesAfter(here, position),
        async () => here.watch(() => {}),
        () => here.addChecked([record(CAROL, 2)], position),
        () => here.replaceChecked(name, Uint8Array.of(1), { seen: '0'.repeat(32) }),
        () => here.load(),
        () => here.marks(),
        () => here.numbered([1]),
        async () => here.ended(),
      ];
      for (const attempt of refused) await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', attempt);
      await loading.return?.();
      assert.equal(await there.count(), MANY);
    },
  },
];
