import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/daemon/start.ts';
import { guidIdentity, type OwnerIdentity, sameIdentity } from '../../../core/identity.ts';
import type { JournalEntry, JournalLine, JournalQuery } from '../../../core/journal-line.ts';
import { seededRandom } from '../../../testkit/seeded-random.ts';
import { SqliteJournal } from './sqlite-journal.ts';

const keys = { current: { keyId: 7, key: new Uint8Array(32).fill(1) }, older: [] };
const person = (i: number): OwnerIdentity => guidIdentity(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
const HOUR = 3_600_000;

function entries(count: number, seed = 3): { atMs: number; entry: JournalEntry }[] {
  const random = seededRandom(seed);
  const kinds = ['recognised', 'unknown', 'rejected', 'not-valid'] as const;
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[Math.floor(random() * kinds.length)] ?? 'unknown';
    const who =
      kind === 'recognised' || kind === 'not-valid' ? { person: { identity: person(i % 5), name: `P${i % 5}` } } : {};
    const reader = `r${Math.floor(random() * 3)}`;
    // A clock that was set back now and then.
    const atMs = 1_790_000_000_000 + i * 60_000 - (random() < 0.1 ? 2 * HOUR : 0);
    return { atMs, entry: { kind, sid: 'S-1-22-1-1', reader, title: reader, place: i < 50 ? 'A' : 'B', ...who } };
  });
}

describe('pages', () => {
  const journal = new SqliteJournal(':memory:', keys);
  const all = journal.append(entries(200));
  const [low, high] = [1_790_000_000_000 + HOUR, 1_790_000_000_000 + 2 * HOUR];

  test.each<JournalQuery>([
    {},
    { identity: person(2) },
    { identity: person(2), place: 'A', kinds: ['recognised'] },
    { reader: 'r1' },
    { reader: 'r1', place: 'B', fromMs: low },
    { place: 'A', kinds: ['unknown', 'rejected'] },
    { kinds: ['not-valid'], fromMs: low, untilMs: high },
    { fromMs: low, untilMs: high },
    { reader: 'nowhere' },
  ])('of %j are what a plain search would find', (query) => {
    const fits = (line: JournalLine) =>
      (query.identity === undefined ||
        (line.person !== undefined && sameIdentity(line.person.identity, query.identity))) &&
      (query.reader === undefined || line.reader === query.reader) &&
      (query.place === undefined || line.place === query.place) &&
      (query.kinds?.includes(line.kind) ?? true) &&
      line.atMs >= (query.fromMs ?? 0) &&
      line.atMs < (query.untilMs ?? Number.MAX_SAFE_INTEGER);
    const expected = all.filter(fits).sort((a, b) => a.atMs - b.atMs || a.number - b.number);
    for (const ascending of [true, false]) {
      const found: JournalLine[] = [];
      let cursor: string | undefined;
      do {
        const page = journal.list({ ...query, ascending, limit: 7, ...(cursor && { cursor }) });
        expect(page.total).toBe(expected.length);
        found.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      expect(found).toEqual(ascending ? expected : [...expected].reverse());
    }
    const counted = journal.counts(query, 'hour').flatMap(({ counts }) => Object.values(counts));
    expect(counted.reduce((sum, lines) => sum + lines, 0)).toBe(expected.length);
    expect(journal.since(query, 0).lines.map(({ number }) => number)).toEqual(
      expected.map(({ number }) => number).sort((a, b) => a - b),
    );
  });
});

describe('the chain', () => {
  test.each([
    ['time', 'UPDATE line SET at_ms = at_ms + 1 WHERE number = 5', 5],
    ['kind', 'UPDATE line SET kind = 3 WHERE number = 5', 5],
    ['asker', 'UPDATE line SET asker = NULL WHERE number = 5', 5],
    ['reader', 'UPDATE spot SET title = title || 1', 1],
    [
      'person',
      "UPDATE line SET person = x'00' WHERE number = (SELECT min(number) FROM line WHERE who IS NOT NULL)",
      undefined,
    ],
    [
      'sealed part',
      'UPDATE line SET who = zeroblob(80) WHERE number = (SELECT min(number) FROM line WHERE who IS NOT NULL)',
      undefined,
    ],
    ['line that is gone', 'DELETE FROM line WHERE number = 5', 5],
    ['end that is cut off', 'DELETE FROM line WHERE number > 15', undefined],
    ['beginning that is cut off', 'DELETE FROM line WHERE number < 5', 1],
  ] as const)('shows a changed %s', (_, change, at) => {
    using folder = temporaryFolder();
    const path = `${folder.path}/journal.db`;
    const before = new SqliteJournal(path, keys);
    before.append(entries(20));
    const end = before.position();
    expect(before.verify(1)).toEqual({ lines: 20, forgotten: 0 });
    before.close();
    const file = new DatabaseSync(path);
    file.exec(change);
    file.close();
    const after = new SqliteJournal(path, keys);
    const { broken } = after.verify(1);
    if (at !== undefined) expect(broken).toBe(at);
    expect(broken !== undefined || !after.hasEndedWith(end)).toBe(true);
    after.close();
    after.close();
  });

  test('holds for lines that were forgotten, given to another person, sealed anew, and after old ones were taken away', () => {
    const journal = new SqliteJournal(':memory:', keys);
    const lines = journal.append(entries(60));
    const of = (i: number) => journal.list({ identity: person(i), limit: 100 }).items;
    const [two, three] = [of(2).length, of(3).length];
    journal.merge(person(2), person(3));
    expect(of(3)).toHaveLength(two + three);
    expect(of(2)).toHaveLength(two + three);
    expect(journal.verify(1)).toEqual({ lines: 60, forgotten: 0 });
    expect(journal.forget(person(3))).toBe(two + three);
    expect(of(3)).toEqual([]);
    expect(journal.verify(1)).toEqual({ lines: 60, forgotten: two + three });
    expect(JSON.stringify(journal.list({ limit: 1000 }))).not.toContain('P3');
    journal.rekey({ current: { keyId: 8, key: new Uint8Array(32).fill(2) }, older: [keys.current] });
    while (journal.reseal() > 0);
    journal.rekey({ current: { keyId: 8, key: new Uint8Array(32).fill(2) }, older: [] });
    expect(journal.verify(1).broken).toBeUndefined();
    const cut = lines[30]?.atMs ?? 0;
    while (journal.trim({ linesBeforeMs: cut, picturesBeforeMs: cut }) > 0);
    const left = journal.verify(1);
    expect(left.broken).toBeUndefined();
    expect(left.lines).toBeLessThan(60);
    expect(left.lines).toBeGreaterThan(0);
    const counted = journal.counts({}, 'day').flatMap(({ counts }) => Object.values(counts));
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(left.lines);
    expect(journal.append(entries(1))[0]?.number).toBe(61);
    expect(journal.verify(1).broken).toBeUndefined();
    journal.close();
  });
});

describe('who was there on a day', () => {
  const at = (hour: number, minute = 0) => new Date(2026, 10, 27, hour, minute).getTime();
  const journal = new SqliteJournal(':memory:', keys);
  const line = (who: number, atMs: number, reader: string, more: Partial<JournalEntry> = {}) => ({
    atMs,
    entry: {
      kind: 'recognised',
      sid: 'S-1-22-1-1',
      reader,
      person: { identity: person(who), name: `P${who}` },
      ...more,
    } as const,
  });
  journal.append([
    line(1, at(8), 'clock'),
    line(1, at(17), 'clock'),
    line(2, at(7, 30), 'door'),
    line(2, at(9), 'clock'),
    line(3, at(-1), 'clock'),
    line(3, at(23, 59), 'clock'),
    line(3, at(24), 'clock'),
    line(4, at(12), 'clock', { kind: 'not-valid' }),
    line(5, at(30), 'clock', { kind: 'corrected', correctedMs: at(10), reason: 'forgot' }),
  ]);
  const asked = { day: '2026-11-27', kinds: ['recognised'] as const, from: 0, limit: 10 };

  test('comes from the lines of that day at the readers that count, and from what was entered', () => {
    const { present, total } = journal.presentOn(asked);
    expect(total).toBe(4);
    expect(present.map(({ name, firstMs, lastMs, touches }) => [name, firstMs, lastMs, touches])).toEqual([
      ['P2', at(7, 30), at(9), 2],
      ['P1', at(8), at(17), 2],
      ['P5', at(10), at(10), 1],
      ['P3', at(23, 59), at(23, 59), 1],
    ]);
    expect(present[2]?.corrections).toEqual([9]);
    const atClocks = journal.presentOn({ ...asked, readers: ['clock'] }).present;
    expect(atClocks.map(({ name }) => name)).toEqual(['P1', 'P2', 'P5', 'P3']);
  });

  test('is told in parts, and of some people', () => {
    const names = (query: object) => {
      const { present, total } = journal.presentOn({ ...asked, ...query });
      return [total, ...present.map(({ name }) => name)];
    };
    expect(names({ from: 1, limit: 2 })).toEqual([4, 'P1', 'P5']);
    expect(names({ from: 0, limit: 0 })).toEqual([4]);
    expect(names({ identities: [person(3), person(2), person(9)] })).toEqual([2, 'P2', 'P3']);
    expect(names({ identities: [] })).toEqual([0]);
    // Another person's place is taken.
    journal.merge(person(1), person(2));
    expect(names({ identities: [person(1)] })).toEqual([1, 'P2']);
    expect(names({})).toEqual([3, 'P2', 'P5', 'P3']);
  });
});
