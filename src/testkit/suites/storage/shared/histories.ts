/** Histories: numbered without gaps, followed from anywhere, told apart. */

import assert from 'node:assert/strict';
import type { Position } from '../../../../adapters/shared-history.ts';
import { hresultOf } from '../../../../core/biometric-error.ts';
import { identityKey } from '../../../../core/identity.ts';
import { WINBIO_E_DUPLICATE_ENROLLMENT } from '../../../../core/result-constants.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { collectRecords } from '../collect-records.ts';
import { ALICE, BOB, CAROL, record } from '../sample-records.ts';
import type { SharedClause } from './shared-clause.ts';
import { assertGapless, BEGINNING, changesAfter } from './shared-database.ts';

const OTHER_INCARNATION = '00000000-0000-4000-8000-000000000001';
const OTHER_TOKEN = '00112233445566778899aabbccddeeff';

export const HISTORIES: readonly SharedClause[] = [
  {
    id: 'shared-1',
    what: 'a history begins with change 0, and each record that changes is one more',
    async check(here, there) {
      const start = await here.position();
      assert.deepEqual([start.change, start.token], [0, '']);
      assert.deepEqual(await changesAfter(here), []);
      await here.add(record(ALICE, 2));
      assert.equal((await there.position()).change, 1);
      await there.addAll?.([record(ALICE, 3), record(BOB, 2)]);
      for (const finger of there.addAll === undefined ? [3, 2] : []) await there.add(record(CAROL, finger));
      assert.equal((await here.position()).change, 3);
      await here.delete({});
      const end = await there.position();
      assert.equal(end.change, 6);
      assertGapless(
        (await changesAfter(there)).map(({ position }) => position),
        start,
        end,
      );
    },
  },
  {
    id: 'shared-2',
    what: 'what is refused, or changes nothing, leaves the history as it was',
    async check(here, there) {
      await here.add(record(ALICE, 2));
      const before = await here.position();
      await rejectsWith('WINBIO_E_DUPLICATE_ENROLLMENT', () => there.add(record(ALICE, 2, 9)));
      await rejectsWith('E_INVALIDARG', () => there.add(record(ALICE, 0)));
      await rejectsWith('WINBIO_E_DATABASE_NO_SUCH_RECORD', () =>
        here.replaceChecked({ recordId: 99, identity: BOB, subFactor: 2 }, Uint8Array.of(1), { seen: OTHER_TOKEN }),
      );
      assert.deepEqual(await there.delete({ identity: BOB }), []);
      assert.deepEqual(await there.position(), before);
    },
  },
  {
    id: 'shared-3',
    what: 'with many writers at once, some of them refused, the history has no gap, and tells all that is there',
    async check(here, there) {
      const start = await here.position();
      const owners = [ALICE, BOB, CAROL];
      const writes = Array.from({ length: 60 }, async (_, i) => {
        const database = i % 2 === 0 ? here : there;
        const owner = owners[i % 3] ?? ALICE;
        if (i % 10 === 9) return await database.delete({ identity: owner });
        // Each finger is added twice: one of the two is refused unless the first is gone by then.
        return await database.add(record(owner, 1 + Math.floor(i / 6), i)).catch((thrown: unknown) => {
          if (hresultOf(thrown) !== WINBIO_E_DUPLICATE_ENROLLMENT) throw thrown;
        });
      });
      await Promise.all(writes);
      const changes = await changesAfter(there);
      assertGapless(
        changes.map(({ position }) => position),
        start,
        await here.position(),
      );
      const told = new Set<number>();
      for (const { kind, recordId } of changes) {
        if (kind === 'stored') assert.ok(!told.has(recordId), 'a number was given twice');
        if (kind === 'deleted') assert.ok(told.delete(recordId), 'a record was deleted before it was stored');
        else told.add(recordId);
      }
      const there_ = (await collectRecords(here.query({}))).map(({ recordId }) => recordId);
      assert.deepEqual(
        [...told].sort((a, b) => a - b),
        there_,
      );
    },
  },
  {
    id: 'shared-4',
    what: 'a change tells what happened to which version, and the record as it is now',
    async check(here, there) {
      const [one, two] = [OTHER_TOKEN, OTHER_TOKEN.replaceAll('0', '9')];
      const first = await here.add({ ...record(ALICE, 2), payload: Uint8Array.of(7), mark: one });
      const second = await here.add(record(BOB, 2));
      const name = { recordId: first, identity: ALICE, subFactor: 2 };
      await there.replaceChecked(name, Uint8Array.of(9, 9), { seen: one, mark: two });
      const [stored, other, replaced, ...none] = await changesAfter(there);
      assert.deepEqual(none, []);
      assert.deepEqual([stored?.kind, stored?.recordId, stored?.mark], ['stored', first, one]);
      assert.deepEqual([replaced?.kind, replaced?.recordId, replaced?.mark], ['replaced', first, two]);
      assert.deepEqual([other?.recordId, other?.record?.template], [second, record(BOB, 2).template]);
      assert.deepEqual(replaced?.record?.template, Uint8Array.of(9, 9));
      assert.deepEqual(
        [replaced.record?.identity, replaced.record?.payload, replaced.record?.mark],
        [ALICE, Uint8Array.of(7), two],
      );
      await here.delete({ identity: ALICE });
      const all = await changesAfter(here);
      const last = all.at(-1);
      assert.deepEqual([last?.kind, last?.recordId, last?.mark, last?.record], ['deleted', first, two, undefined]);
      // What is gone is in no change any more.
      assert.ok(all.every((change) => change.recordId !== first || change.record === undefined));
    },
  },
  {
    id: 'shared-5',
    what: 'a history is followed from any change of it',
    async check(here, there) {
      for (const finger of [1, 2, 3]) await here.add(record(ALICE, finger));
      const all = await changesAfter(there);
      for (const [i, { position }] of all.entries()) {
        assert.deepEqual(await changesAfter(there, position), all.slice(i + 1));
      }
      await here.add(record(ALICE, 4));
      const [next, ...none] = await changesAfter(there, all.at(-1)?.position);
      assert.deepEqual([next?.record?.subFactor, none], [4, []]);
      assert.deepEqual(await changesAfter(there, { ...BEGINNING, incarnation: OTHER_INCARNATION }), [...all, next]);
    },
  },
  {
    id: 'shared-6',
    what: 'a position of another history is told apart',
    async check(here) {
      for (const finger of [1, 2, 3]) await here.add(record(ALICE, finger));
      const position = await here.position();
      const others: readonly Partial<Position>[] = [
        { incarnation: OTHER_INCARNATION },
        { token: OTHER_TOKEN },
        { change: position.change - 1 },
        { change: position.change + 1 },
        { change: position.change + 1000 },
      ];
      for (const other of others) {
        await rejectsWith('WHORL_E_RESYNC', () => changesAfter(here, { ...position, ...other }));
      }
      assert.deepEqual(await changesAfter(here, position), []);
    },
  },
  {
    id: 'shared-7',
    what: 'whoever watches is told when another service has written',
    async check(here, there) {
      const told = Promise.withResolvers<void>();
      const before = await here.position();
      const watching = here.watch(() => {
        void here.position().then(({ change }) => change > before.change && told.resolve(), told.reject);
      });
      await there.add(record(ALICE, 2));
      await told.promise;
      watching[Symbol.dispose]();
      watching[Symbol.dispose]();
    },
  },
  {
    id: 'shared-8',
    what: 'two histories of one storage have nothing to do with each other',
    async check(here, _there, rig) {
      await here.add(record(ALICE, 2));
      const descriptor = { ...here.descriptor, databaseId: 'B0000000-0000-4000-8000-000000000001', ...rig.place() };
      const another = await rig.adapter.open(descriptor, { create: true });
      assert.equal((await another.position?.())?.change, 0);
      await another.add(record(ALICE, 2));
      assert.equal((await here.position()).change, 1);
      assert.equal(identityKey(ALICE), identityKey((await collectRecords(another.query({})))[0]?.identity ?? BOB));
      await another.close();
      await rig.adapter.erase(descriptor);
    },
  },
];
