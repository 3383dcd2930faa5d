/** How entries of a shared log are written, read, replaced, forgotten and followed. */

import assert from 'node:assert/strict';
import type { Position } from '../../../../adapters/shared-history.ts';
import type { LogEntry, SharedLog } from '../../../../adapters/shared-log.ts';
import { hresultOf } from '../../../../core/biometric-error.ts';
import { codeName } from '../../../../core/codes.ts';
import { rejectsWith } from '../../adapter-test.ts';
import type { SharedLogClause } from './log-clause.ts';
import { assertGapless, BEGINNING, itemsOf } from './shared-database.ts';

const OTHER_TOKEN = '00112233445566778899aabbccddeeff';

async function entriesAfter(log: SharedLog, after: Position = BEGINNING): Promise<LogEntry[]> {
  return await itemsOf(log.since(after));
}

/** Keys and the first byte of what is there. */
async function contentOf(log: SharedLog): Promise<(readonly [string, number | undefined])[]> {
  return (await entriesAfter(log)).map(({ key, body }) => [key, body?.[0]]);
}

const body = (...bytes: readonly number[]) => Uint8Array.from(bytes);

export const LOG_CLAUSES: readonly SharedLogClause[] = [
  {
    id: 'log-1',
    what: 'entries come in the order they were written, with what they hold and who wrote them',
    async check(north, south) {
      const start = await north.position();
      assert.deepEqual([start.change, start.token, await entriesAfter(south)], [0, '', []]);
      const given = body(1, 2);
      await north.push([{ key: 'a', body: given, subject: 'alice' }]);
      given.fill(0);
      const end = await south.push([
        { key: 'b', body: undefined, forgets: 'bob' },
        { key: 'c', body: body() },
      ]);
      assert.deepEqual(await north.position(), end);
      const entries = await entriesAfter(north);
      assertGapless(
        entries.map(({ position }) => position),
        start,
        end,
      );
      const [one, two, three] = entries;
      assert.deepEqual([one?.key, one?.body, one?.subject, one?.site], ['a', body(1, 2), 'alice', 'north']);
      assert.deepEqual([two?.key, two?.body, two?.forgets, two?.site], ['b', undefined, 'bob', 'south']);
      assert.deepEqual([three?.key, three?.body, three?.subject, three?.isGone], ['c', body(), undefined, false]);
      assert.ok(entries.every(({ isGone, atMs }) => !isGone && Number.isInteger(atMs) && atMs > 0));
      assert.deepEqual(await north.push([]), end);
    },
  },
  {
    id: 'log-2',
    what: 'an entry takes the place of the one with its key',
    async check(north, south) {
      await north.push([
        { key: 'a', body: body(1) },
        { key: 'b', body: body(2) },
      ]);
      await south.push([{ key: 'a', body: body(3) }]);
      assert.deepEqual(await contentOf(north), [
        ['a', undefined],
        ['b', 2],
        ['a', 3],
      ]);
      await south.push([
        { key: 'b', body: body(4) },
        { key: 'b', body: body(5) },
      ]);
      assert.deepEqual(
        (await entriesAfter(north)).map(({ isGone }) => isGone),
        [true, true, false, true, false],
      );
      assert.deepEqual((await contentOf(north)).slice(3), [
        ['b', undefined],
        ['b', 5],
      ]);
    },
  },
  {
    id: 'log-3',
    what: 'what concerned a subject is forgotten, and nothing else',
    async check(north, south) {
      await north.push([
        { key: '1', body: body(1), subject: 'alice' },
        { key: '2', body: body(2), subject: 'bob' },
        { key: '3', body: body(3) },
      ]);
      await south.push([
        { key: '4', body: body(4), subject: 'alice' },
        { key: '5', body: body(5), subject: 'alice', forgets: 'alice' },
        { key: '6', body: body(6), subject: 'alice' },
      ]);
      assert.deepEqual(await contentOf(north), [
        ['1', undefined],
        ['2', 2],
        ['3', 3],
        ['4', undefined],
        ['5', 5],
        ['6', 6],
      ]);
    },
  },
  {
    id: 'log-4',
    what: 'what is sent twice is written once',
    async check(north, south) {
      const entries = [
        { key: '1', body: body(1) },
        { key: '2', body: body(2) },
      ];
      const first = await north.push(entries, { once: true });
      assert.deepEqual(await north.push(entries, { once: true }), first);
      const more = [...entries, { key: '3', body: body(3) }, { key: '3', body: body(9) }];
      await Promise.all([north.push(more, { once: true }), south.push(more, { once: true })]);
      assert.deepEqual(await contentOf(south), [
        ['1', 1],
        ['2', 2],
        ['3', 3],
      ]);
    },
  },
  {
    id: 'log-5',
    what: 'of entries that were checked at the same place those of one writer are written',
    async check(north, south) {
      for (let round = 0; round < 10; round++) {
        const checked = await north.position();
        const writes = [north, south, north, south].map((log, i) =>
          log.push([{ key: `${round} ${i}`, body: body(i) }], { checked }).then(
            () => 'written',
            (thrown: unknown) => codeName(hresultOf(thrown)),
          ),
        );
        assert.deepEqual((await Promise.all(writes)).sort(), [
          'WHORL_E_STALE',
          'WHORL_E_STALE',
          'WHORL_E_STALE',
          'written',
        ]);
      }
      assert.equal((await entriesAfter(south)).length, 10);
    },
  },
  {
    id: 'log-6',
    what: 'with many writers at once there is no gap, and everything is there',
    async check(north, south) {
      const start = await north.position();
      const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
      await Promise.all(keys.map((key, i) => (i % 2 === 0 ? north : south).push([{ key, body: body(i) }])));
      const entries = await entriesAfter(north);
      assertGapless(
        entries.map(({ position }) => position),
        start,
        await south.position(),
      );
      assert.deepEqual(entries.map(({ key }) => key).sort(), keys.toSorted());
    },
  },
  {
    id: 'log-7',
    what: 'a log is followed from any entry of it; a place of another history is told apart',
    async check(north, south) {
      for (const key of ['1', '2', '3']) await north.push([{ key, body: body(1) }]);
      const entries = await entriesAfter(south);
      for (const [i, { position }] of entries.entries()) {
        assert.deepEqual(await entriesAfter(south, position), entries.slice(i + 1));
      }
      const end = await south.position();
      const others: readonly Partial<Position>[] = [
        { token: OTHER_TOKEN },
        { incarnation: '00000000-0000-4000-8000-000000000001' },
        { change: 2 },
        { change: 4 },
      ];
      for (const other of others) {
        await rejectsWith('WHORL_E_RESYNC', () => entriesAfter(south, { ...end, ...other }));
      }
    },
  },
  {
    id: 'log-8',
    what: 'whoever watches is told when another service has written',
    async check(north, south) {
      const told = Promise.withResolvers<void>();
      const watching = north.watch(() => {
        void north.position().then(({ change }) => change > 0 && told.resolve(), told.reject);
      });
      await south.push([{ key: '1', body: body(1) }]);
      await told.promise;
      watching[Symbol.dispose]();
      watching[Symbol.dispose]();
    },
  },
  {
    id: 'log-9',
    what: 'what is old is taken away, and whoever had not read it is told',
    needs: 'trimming',
    async check(north, south) {
      for (const key of ['1', '2']) await north.push([{ key, body: body(1) }]);
      assert.equal(await north.trim(0), 0);
      const [first, second] = await entriesAfter(north);
      let gone = 0;
      for (let some = -1; some !== 0; gone += some) some = await north.trim(Date.now() + 3_600_000);
      assert.equal(gone, 2);
      assert.deepEqual(await entriesAfter(south), []);
      await rejectsWith('WHORL_E_RESYNC', () => entriesAfter(south, first?.position));
      await south.push([{ key: '3', body: body(3) }]);
      assert.deepEqual(
        (await entriesAfter(north, second?.position)).map(({ key }) => key),
        ['3'],
      );
      assert.deepEqual(
        (await entriesAfter(north)).map(({ position }) => position.change),
        [3],
      );
    },
  },
];
