/**
 * One trial of the journal, in a process of its own. Usage: node bench/journal-trial.ts <file> <lines> fill, or the name of
 * a query; prints JSON.
 */

import { DatabaseSync } from 'node:sqlite';
import type { NewJournalLine } from '../src/adapters/journal-store.ts';
import type { OwnerIdentity } from '../src/core/identity.ts';
import type { JournalKind, JournalQuery } from '../src/core/journal-line.ts';
import { RecordsThread } from '../src/storage/records/records-thread.ts';
import { seededRandom } from '../src/testkit/seeded-random.ts';
import { percentile, timed } from './trial.ts';

const PEOPLE = 100_000;
const READERS = 200;
const PLACES = 25;
const END_MS = Date.UTC(2026, 10, 27);
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const GROUP = 20_000;
const ROUNDS = 15;
/** Shares of kinds, out of 10,000. */
const SHARES: readonly (readonly [number, JournalKind])[] = [
  [9000, 'recognised'],
  [500, 'unknown'],
  [300, 'rejected'],
  [150, 'not-valid'],
  [40, 'enrolled'],
  [9, 'locked'],
  [1, 'failed'],
];

const [file = '', count = '0', name = 'fill'] = process.argv.slice(2);
const lines = Number(count);
const keys = { current: { keyId: 1, key: new Uint8Array(32).fill(7) }, older: [] };
await using thread = new RecordsThread({ people: { path: ':memory:', keys }, journal: { path: file, keys } });
const { journal } = thread;

const person = (i: number): OwnerIdentity => {
  return { type: 'guid', guid: `00000000-0000-4000-8000-${i.toString(16).toUpperCase().padStart(12, '0')}` };
};
const place = (reader: number) => `Place ${reader % PLACES}`;
const middle = { fromMs: END_MS - YEAR_MS / 2, untilMs: END_MS - YEAR_MS / 2 + 7 * 24 * 60 * 60 * 1000 };

const QUERIES: Readonly<Record<string, JournalQuery>> = {
  latest: {},
  oldest: { ascending: true },
  week: middle,
  person: { identity: person(4711) },
  'person, kind': { identity: person(4711), kinds: ['not-valid'] },
  'person, place, week': { identity: person(4711), place: place(3), ...middle },
  reader: { reader: 'reader-17' },
  'reader, rare kind': { reader: 'reader-17', kinds: ['failed'] },
  place: { place: place(3) },
  'place, kinds, week': { place: place(3), kinds: ['not-valid', 'locked', 'failed'], ...middle },
  'place, reader': { place: place(17), reader: 'reader-17' },
  kind: { kinds: ['locked'] },
  'rare kind, week': { kinds: ['failed'], ...middle },
};

if (name === 'fill') await fill();
else if (name === 'names')
  process.stdout.write(JSON.stringify([...Object.keys(QUERIES), 'far page', 'counts', 'append']));
else if (name === 'append') await appends();
else if (name === 'counts')
  report(
    await timed(
      ROUNDS,
      2,
      async () => void (await journal.counts({ fromMs: END_MS - YEAR_MS, untilMs: END_MS }, 'day')),
    ),
  );
else if (name === 'far page') {
  let cursor: string | undefined;
  for (let i = 0; i < 100; i++) cursor = (await journal.list({ limit: 1000, ...(cursor && { cursor }) })).next;
  report(await timed(ROUNDS, 2, async () => void (await journal.list({ limit: 50, ...(cursor && { cursor }) }))));
} else {
  const query = QUERIES[name] ?? {};
  // The first page of a process reads from the disk; the later ones are what a console sees.
  const first = performance.now();
  await journal.list({ ...query, limit: 50 });
  report(
    await timed(ROUNDS, 2, async () => void (await journal.list({ ...query, limit: 50 }))),
    performance.now() - first,
  );
}

function report(times: readonly number[], firstMs?: number): void {
  const ms = (share: number) => Math.round(percentile(times, share) / 10) / 100;
  process.stdout.write(
    JSON.stringify({ p50Ms: ms(0.5), p95Ms: ms(0.95), ...(firstMs !== undefined && { allMs: Math.round(firstMs) }) }),
  );
}

async function fill(): Promise<void> {
  const random = seededRandom(16);
  const start = performance.now();
  await journal.append([lineAt(0, random)]);
  // A year of lines in minutes would read and write every page of an index again and again: they are made at the end.
  const indexes = withFile((db) =>
    db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all(),
  );
  withFile((db) => indexes.map(({ name }) => db.exec(`DROP INDEX ${name}`)));
  for (let done = 1; done < lines; done += GROUP) {
    const group = Math.min(GROUP, lines - done);
    await journal.append(Array.from({ length: group }, (_, i) => lineAt(done + i, random)));
  }
  withFile((db) => [db.exec('PRAGMA cache_size = -1000000'), ...indexes.map(({ sql }) => db.exec(String(sql)))]);
  process.stdout.write(JSON.stringify({ lines, seconds: Math.round((performance.now() - start) / 1000) }));
}

function withFile<T>(work: (db: DatabaseSync) => T): T {
  using db = new DatabaseSync(file, { timeout: 10_000 });
  return work(db);
}

function lineAt(i: number, random: () => number): NewJournalLine {
  const reader = Math.floor(random() * READERS);
  let share = random() * 10_000;
  const kind = SHARES.find(([of]) => (share -= of) < 0)?.[1] ?? 'recognised';
  const who = Math.floor(random() * PEOPLE);
  const isKnown = kind === 'recognised' || kind === 'not-valid' || kind === 'enrolled';
  return {
    atMs: Math.round(END_MS - YEAR_MS + (YEAR_MS * i) / lines),
    entry: {
      kind,
      sid: 'S-1-22-1-1000',
      reader: `reader-${reader}`,
      title: `Door ${reader}`,
      place: place(reader),
      ...(isKnown && { person: { identity: person(who), name: `Person ${who}` }, subFactor: 2, scoreClass: 'high' }),
    },
  };
}

/** Lines one by one, each durable before the next. */
async function appends(): Promise<void> {
  const random = seededRandom(17);
  const line = () => ({ ...lineAt(lines - 1, random), atMs: END_MS });
  const alone = await timed(200, 20, async () => void (await journal.append([line()])));
  const start = performance.now();
  await Promise.all(Array.from({ length: 2000 }, () => journal.append([line()])));
  const together = Math.round(2000 / ((performance.now() - start) / 1000));
  const ms = (share: number) => Math.round(percentile(alone, share) / 10) / 100;
  process.stdout.write(JSON.stringify({ p50Ms: ms(0.5), p95Ms: ms(0.95), togetherPerSecond: together }));
}
