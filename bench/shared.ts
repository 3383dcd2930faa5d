/**
 * What sharing costs: adds at one service until another finds them, durable adds through everything that a service does, and
 * how soon a service is ready that has no copy yet, and one that has. Over a private PostgreSQL server that writes to the disk.
 * Usage: node bench/shared.ts [--templates 100000] [--adds 300] [--json]
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import type { ServiceConfiguration } from '../src/composition/configuration/service-configuration.ts';
import { EngineThreads } from '../src/composition/threads/engine-threads.ts';
import { identityKey } from '../src/core/identity.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { quantile, round } from '../src/evaluation/statistics.ts';
import { FingerprintEngine } from '../src/fingerprint/index.ts';
import { TemplateStore } from '../src/service/templates/template-store.ts';
import { PostgresConnection } from '../src/storage/postgres/postgres-connection.ts';
import { makeTables } from '../src/storage/postgres/postgres-migration.ts';
import { NO_POSTGRES, PrivatePostgres } from '../test/machines/private-postgres.ts';
import { newRecords } from './ready-gallery.ts';
import { startTrial } from './ready-trial.ts';
import { systemDatabase } from './system-database.ts';

const { values } = parseArgs({
  options: {
    templates: { type: 'string', default: '100000' },
    adds: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
  },
});
if (NO_POSTGRES !== undefined) throw new TypeError(NO_POSTGRES);
const [templates, adds] = [Number(values.templates), Number(values.adds)];
const GROUP = 1000;
process.env.WHORL_BENCH_KEY = 'be'.repeat(32);
const folder = mkdtempSync(join(tmpdir(), 'whorl-shared-'));

await using server = await PrivatePostgres.start({ durable: true });
{
  await using connection = new PostgresConnection({ url: server.url() });
  await makeTables(connection);
}
const configuration = (site: string): ServiceConfiguration => ({
  keys: { environment: 'WHORL_BENCH_KEY' },
  shared: { site, postgres: { url: server.url(), timeoutMs: 60_000 } },
});

/** A store of a service, as it is open there. */
async function storeOf(site: string, stack: AsyncDisposableStack, onOwner: (key: string) => void = () => {}) {
  const runner = stack.use(new EngineThreads(1));
  const engine = stack.use(new FingerprintEngine({ runner }));
  const { storage, descriptor } = await systemDatabase(join(folder, site), stack, configuration(site));
  const options = {
    create: true,
    engine,
    onOwner: (owner: Parameters<typeof identityKey>[0]) => onOwner(identityKey(owner)),
  };
  return stack.use(await TemplateStore.open(storage, descriptor, options));
}

async function foundAtAnother() {
  await using stack = new AsyncDisposableStack();
  const recordOf = await newRecords();
  const waiting = new Map<string, () => void>();
  const one = await storeOf('one', stack);
  await storeOf('two', stack, (key) => waiting.get(key)?.());
  const foundMs: number[] = [];
  const storedMs: number[] = [];
  for (let i = 0; i < adds; i++) {
    const record = recordOf(10_000_000 + i);
    const found = new Promise<void>((resolve) => waiting.set(identityKey(record.identity), resolve));
    const begunMs = performance.now();
    const stored = one.add(record).then(() => storedMs.push(performance.now() - begunMs));
    await found;
    foundMs.push(performance.now() - begunMs);
    await stored;
  }
  const begunMs = performance.now();
  for (let i = 0; i < 20; i++) {
    await one.addAll(Array.from({ length: 100 }, (_, k) => recordOf(20_000_000 + 100 * i + k)));
  }
  return {
    storedP50Ms: round(quantile(storedMs, 0.5), 1),
    foundElsewhereP50Ms: round(quantile(foundMs, 0.5), 1),
    foundElsewhereP99Ms: round(quantile(foundMs, 0.99), 1),
    addedPerSecondAlone: Math.round(1000 / quantile(storedMs, 0.5)),
    addedPerSecondBy100: Math.round(2_000_000 / (performance.now() - begunMs)),
  };
}

async function enrollAll(): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const recordOf = await newRecords();
  const { storage, descriptor } = await systemDatabase(join(folder, 'three'), stack, configuration('three'));
  const database = await storage.open(descriptor, { create: true });
  const begunMs = performance.now();
  for (let from = 0; from < templates; from += GROUP) {
    await database.addAll?.(Array.from({ length: Math.min(GROUP, templates - from) }, (_, i) => recordOf(from + i)));
  }
  return Math.round((1000 * templates) / (performance.now() - begunMs));
}

try {
  const adding = await foundAtAnother();
  const enrolledPerSecond = await enrollAll();
  const withoutCopy = await startTrial(join(folder, 'four'), configuration('four'));
  const withCopy = await startTrial(join(folder, 'four'), configuration('four'));
  printReport(
    {
      templates,
      ...adding,
      enrolledPerSecond,
      ...named('first', withoutCopy),
      ...named('again', withCopy),
      ...conditions(1),
    },
    values.json,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function named(prefix: string, trial: Awaited<ReturnType<typeof startTrial>>) {
  return Object.fromEntries(
    Object.entries(trial).map(([name, value]) => [`${prefix}${name[0]?.toUpperCase()}${name.slice(1)}`, value]),
  );
}
