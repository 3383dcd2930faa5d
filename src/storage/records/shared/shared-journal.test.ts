import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { asCopy } from '../../../../test/support/as-copy.ts';
import type { SharedLog } from '../../../adapters/shared-log.ts';
import { BiometricError } from '../../../core/biometric-error.ts';
import { SYSTEM_CLOCK } from '../../../core/clock.ts';
import { randomGuid } from '../../../core/guid.ts';
import { guidIdentity, type OwnerIdentity } from '../../../core/identity.ts';
import { MemoryLogContent, MemorySharedLog } from '../../memory/memory-shared-log.ts';
import { SqliteJournal } from '../journal/sqlite-journal.ts';
import { IN_MEMORY } from '../records-file.ts';
import { type JournalCopy, SharedJournal } from './shared-journal.ts';

const KEYS = { current: { keyId: 1, key: randomBytes(32) }, older: [] };
const opened: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A log that can be cut off. */
class CutLog extends MemorySharedLog implements SharedLog {
  cut = false;

  override async push(...given: Parameters<MemorySharedLog['push']>) {
    this.#require();
    return await super.push(...given);
  }

  override async *since(...given: Parameters<MemorySharedLog['since']>) {
    this.#require();
    yield* super.since(...given);
  }

  #require(): void {
    if (this.cut) throw new BiometricError('WHORL_E_OFFLINE', 'cut');
  }
}

function site(content: MemoryLogContent, name: string, journal = new SqliteJournal(IN_MEMORY, KEYS)) {
  const log = new CutLog(content, name);
  const shared = new SharedJournal({ copy: asCopy<JournalCopy>(journal), log, clock: SYSTEM_CLOCK });
  opened.push(
    () => shared[Symbol.asyncDispose](),
    () => journal.close(),
  );
  return { shared, log, journal, store: shared.store };
}

const ADA = guidIdentity(randomGuid());
const line = (identity: OwnerIdentity, name: string, atMs: number, reader = 'door') => ({
  atMs,
  entry: { kind: 'recognised' as const, sid: 'S-1-5-18', reader, person: { identity, name } },
});

test('a line is written at once, told when the others can be reached, and once each', async () => {
  const content = new MemoryLogContent();
  const a = site(content, 'a');
  const b = site(content, 'b');
  a.log.cut = true;
  await a.store.append([line(ADA, 'Ada', 1), { ...line(ADA, 'Ada', 2), picture: Uint8Array.of(9) }]);
  expect((await a.store.list({})).total).toBe(2);
  await expect(a.shared.catchUp()).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
  await b.shared.catchUp();
  expect((await b.store.list({})).total).toBe(0);
  a.log.cut = false;
  await a.shared.catchUp();
  await a.shared.catchUp();
  await b.shared.catchUp();
  const there = (await b.store.list({})).items;
  expect(there).toMatchObject([
    { atMs: 2, site: 'a', hasPicture: true, person: { name: 'Ada' } },
    { atMs: 1, site: 'a' },
  ]);
  expect(await b.store.picture(there[0]?.number ?? 0)).toEqual(Uint8Array.of(9));
  expect((await a.store.list({})).items.map((each) => each.site)).toEqual([undefined, undefined]);
  expect(await b.store.verify(1)).toMatchObject({ lines: 2, forgotten: 0 });
  expect(await b.store.verify(1)).not.toHaveProperty('broken');
});

test('who is forgotten at one service is forgotten at all, and in what is shared', async () => {
  const content = new MemoryLogContent();
  const a = site(content, 'a');
  const b = site(content, 'b');
  await a.store.append([line(ADA, 'Ada', 1)]);
  await a.shared.catchUp();
  await b.shared.catchUp();
  await b.store.append([line(ADA, 'Ada', 2)]);
  await b.shared.catchUp();
  await a.shared.catchUp();
  while ((await a.store.forget(ADA)) > 0);
  await b.shared.catchUp();
  for (const { store } of [a, b]) {
    expect(await store.countOf(ADA)).toBe(0);
    expect((await store.list({})).items.map(({ forgotten }) => forgotten)).toEqual([true, true]);
  }
  const kept = content.history.since({ incarnation: '', change: 0, token: '' });
  expect(kept.filter(({ key, body }) => key.startsWith('line/') && body !== undefined)).toEqual([]);
  const late = site(content, 'c');
  await late.shared.catchUp();
  expect((await late.store.list({})).total).toBe(0);
});

test('lines about a person who became another one are forgotten with that one', async () => {
  const content = new MemoryLogContent();
  const a = site(content, 'a');
  const b = site(content, 'b');
  const ada = guidIdentity(randomGuid());
  const double = guidIdentity(randomGuid());
  await a.store.append([line(ada, 'Ada', 1), line(double, 'Ada again', 2)]);
  await a.shared.catchUp();
  await b.shared.catchUp();
  await b.store.merge(double, ada);
  await a.shared.catchUp();
  expect(await a.store.countOf(ada)).toBe(2);
  while ((await a.store.forget(ada)) > 0);
  await b.shared.catchUp();
  expect(await b.store.countOf(ada)).toBe(0);
  const kept = content.history.since({ incarnation: '', change: 0, token: '' });
  expect(kept.filter(({ key, body }) => key.startsWith('line/') && body !== undefined)).toEqual([]);
});

test('a correction names its line at every service', async () => {
  const content = new MemoryLogContent();
  const a = site(content, 'a');
  const b = site(content, 'b');
  await b.store.append([line(ADA, 'Ada', 5), line(ADA, 'Ada', 6)]);
  await a.store.append([line(ADA, 'Ada', 1)]);
  await a.shared.catchUp();
  await b.shared.catchUp();
  const [first] = (await b.store.list({ ascending: true })).items;
  expect(first).toMatchObject({ atMs: 1, number: 3 });
  await b.store.append([
    { atMs: 9, entry: { ...line(ADA, 'Ada', 9).entry, kind: 'corrected', correctedMs: 2, corrects: 3 } },
  ]);
  await b.shared.catchUp();
  await a.shared.catchUp();
  const corrected = (await a.store.list({ kinds: ['corrected'] })).items;
  expect(corrected).toMatchObject([{ corrects: 1, correctedMs: 2, site: 'b' }]);
});

test('a server that lost lines is told them again', async () => {
  const before = new MemoryLogContent();
  const journal = new SqliteJournal(IN_MEMORY, KEYS);
  const a = site(before, 'a', journal);
  await a.store.append([line(ADA, 'Ada', 1)]);
  await a.shared.catchUp();
  await a.shared[Symbol.asyncDispose]();
  const after = new MemoryLogContent();
  const b = site(after, 'b');
  await b.store.append([line(ADA, 'Ada', 2)]);
  await b.shared.catchUp();
  const again = new SharedJournal({
    copy: asCopy<JournalCopy>(journal),
    log: new MemorySharedLog(after, 'a'),
    clock: SYSTEM_CLOCK,
  });
  await again.catchUp();
  await b.shared.catchUp();
  await again[Symbol.asyncDispose]();
  expect((await b.store.list({ ascending: true })).items.map(({ atMs }) => atMs)).toEqual([1, 2]);
  expect(journal.list({ ascending: true }).items.map(({ atMs }) => atMs)).toEqual([1, 2]);
});
