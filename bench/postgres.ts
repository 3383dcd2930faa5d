/**
 * How fast records are stored in PostgreSQL, loaded and followed. It makes a schema of its own and drops it. Usage: node
 * bench/postgres.ts --url postgres://postgres@localhost/whorl [--records 100000] [--seconds 5] [--json]
 */

import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { NewRecord, TemplateDatabase } from '../src/adapters/storage-adapter.ts';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { randomGuid } from '../src/core/guid.ts';
import { guidIdentity } from '../src/core/identity.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { PostgresConnection } from '../src/storage/postgres/postgres-connection.ts';
import { makeTables } from '../src/storage/postgres/postgres-migration.ts';
import { PostgresStorageAdapter } from '../src/storage/postgres/postgres-storage-adapter.ts';
import { percentile } from './trial.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'postgres://postgres@localhost/whorl' },
    records: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});

/** As long as a sealed template on average. */
const TEMPLATE_BYTES = 910;
const WRITERS = 8;
const TOGETHER = 100;
const IMPORTED_TOGETHER = 1000;

const records = Number(values.records);
const measuredMs = 1000 * Number(values.seconds);
const schema = `bench_${process.pid}`;
const template = randomBytes(TEMPLATE_BYTES);

function someRecord(): NewRecord {
  const own = new Uint8Array(template);
  own.set(randomBytes(16));
  return { identity: guidIdentity(randomGuid()), subFactor: 2, template: own };
}

function someRecords(count: number): NewRecord[] {
  return Array.from({ length: count }, someRecord);
}

/** What is done a second, and how long it takes, milliseconds. */
async function rateOf(each: number, action: () => Promise<unknown>) {
  const times: number[] = [];
  const endMs = performance.now() + measuredMs;
  for (let startMs = performance.now(); startMs < endMs; ) {
    await action();
    const nowMs = performance.now();
    times.push(nowMs - startMs);
    startMs = nowMs;
  }
  const rate = Math.round((1000 * each * times.length) / times.reduce((sum, time) => sum + time, 0));
  return { rate, p50: round(percentile(times, 0.5)), p99: round(percentile(times, 0.99)) };
}

async function secondsOf(action: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await action();
  return (performance.now() - startMs) / 1000;
}

async function readAll(batches: AsyncIterable<readonly unknown[]>): Promise<number> {
  let count = 0;
  for await (const batch of batches) count += batch.length;
  return count;
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}

async function measure(database: TemplateDatabase, others: readonly TemplateDatabase[]): Promise<object> {
  const one = await rateOf(1, () => database.add(someRecord()));
  const together = await rateOf(TOGETHER, async () => await database.addAll?.(someRecords(TOGETHER)));
  const writers = await Promise.all(others.map((other) => rateOf(1, () => other.add(someRecord()))));
  const start = await database.position?.();
  const count = records - (await database.count());
  const importSeconds = await secondsOf(async () => {
    for (let done = 0; done < count; done += IMPORTED_TOGETHER) {
      await database.addAll?.(someRecords(Math.min(IMPORTED_TOGETHER, count - done)));
    }
  });
  let loaded = 0;
  const loadSeconds = await secondsOf(async () => {
    const content = await database.load?.();
    loaded = await readAll(content?.records ?? readNothing());
  });
  let marked = 0;
  const markSeconds = await secondsOf(async () => {
    const content = await database.marks?.();
    marked = await readAll(content?.marks ?? readNothing());
  });
  let followed = 0;
  const followSeconds = await secondsOf(async () => {
    followed = await readAll(start === undefined ? readNothing() : (database.changes?.(start) ?? readNothing()));
  });
  return {
    'added a second, one by one': one.rate,
    'added one by one, p50 ms': one.p50,
    'added one by one, p99 ms': one.p99,
    'added a second, 100 together': together.rate,
    'added a second by 8 services': writers.reduce((sum, { rate }) => sum + rate, 0),
    'added by 8 services, p50 ms': Math.max(...writers.map(({ p50 }) => p50)),
    'added by 8 services, p99 ms': Math.max(...writers.map(({ p99 }) => p99)),
    'imported a second, 1000 together': count > 0 ? Math.round(count / importSeconds) : 0,
    'records loaded': loaded,
    'loaded a second': Math.round(loaded / loadSeconds),
    'versions listed a second': Math.round(marked / markSeconds),
    'changes followed a second': Math.round(followed / followSeconds),
  };
}

async function* readNothing(): AsyncGenerator<readonly unknown[]> {}

const descriptor = { databaseId: randomGuid(), factor: 8, templateFormat: randomGuid() };
const connections = Array.from({ length: 1 + WRITERS }, (_, i) => {
  return new PostgresConnection({ url: values.url, schema, site: `bench-${i}`, timeoutMs: 60_000 });
});
const [connection] = connections as [PostgresConnection];
await makeTables(connection);
try {
  const databases: TemplateDatabase[] = [];
  for (const each of connections) {
    const storage = new PostgresStorageAdapter({ connection: each });
    databases.push(await storage.open(descriptor, { create: true }));
  }
  const [database, ...others] = databases as [TemplateDatabase, ...TemplateDatabase[]];
  printReport({ ...(await measure(database, others)), ...conditions(1) }, values.json);
} finally {
  await connection.run('administer', { text: `drop schema ${schema} cascade` });
  for (const each of connections) await each.close();
}
