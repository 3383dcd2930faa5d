/**
 * Speed and memory of an import into a running service, over its socket, and whether the fingers are found afterwards.
 * Prints JSON. Usage: npm run -s bench -- import [--rows 5000]
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { fingerName } from '../src/core/sub-factor.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { quantile, round } from '../src/evaluation/statistics.ts';
import {
  connect,
  type FingerName,
  guidIdentity,
  namedGuid,
  sameIdentity,
  type WhorlService,
} from '../src/exports/whorl/index.ts';
import { SqliteStorageAdapter } from '../src/exports/whorl/storage/sqlite.ts';
import { synthesizeMinutiae, synthesizeTemplate, TEMPLATE_FORMAT } from '../src/fingerprint/index.ts';
import { type PicturedFinger, picturedFingers, pictureTable, recordTable } from './import-table.ts';

const MAIN = new URL('../src/cli/main.ts', import.meta.url).pathname;
const SYSTEM = '6F0C4C1A-5E0B-4B55-9C8D-0F6A3B1C7E21';
/** Databases of private pools: for records, for pictures, for the search for duplicates. */
const [RECORDS, PICTURES, UNIQUE] = [
  'A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038',
  '1C5E0B4B-9C8D-4F6A-8B1C-7E216F0C4C1A',
  '2D5E0B4B-9C8D-4F6A-8B1C-7E216F0C4C1A',
] as const;
/** Impressions that reader and records do not share. */
const PROBE = 2;
const GROUP = 100;
const MIB = 1 << 20;

const { values } = parseArgs({ options: { rows: { type: 'string', default: '5000' }, json: { type: 'boolean' } } });
const rows = Number(values.rows);
const folder = mkdtempSync(join(tmpdir(), 'whorl-import-'));
try {
  const pictured = picturedFingers();
  const table = file('members.csv', recordTable(rows, pictured));
  const pictures = file('pictures.csv', pictureTable(pictured));
  await using daemon = await startDaemon();
  await using service = await connect({ address: daemon.address });
  const before = await residentMb(service);
  const records = await importTable(service, daemon.address, table, RECORDS);
  const after = await residentMb(service);
  const again = await importTable(service, daemon.address, table, RECORDS);
  const pictureRows = await importTable(service, daemon.address, pictures, PICTURES);
  const unique = await importTable(service, daemon.address, table, UNIQUE, '--refuse-duplicates');
  const report = {
    records,
    serviceMb: { before, after },
    again,
    pictures: pictureRows,
    refusingDuplicates: unique,
    identified: {
      byRecords: await identified(service, RECORDS, pictured),
      byPictures: await identified(service, PICTURES, pictured),
    },
    storedPerSecond: await storageSpeed(),
    ...conditions(1),
  };
  console.log(JSON.stringify(report, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function startDaemon() {
  const databases = [
    { id: SYSTEM, pool: 'system' },
    ...[RECORDS, PICTURES, UNIQUE].map((id) => ({ id, pool: 'private' })),
  ];
  const state = { directory: join(folder, 'state') };
  const config = file('whorl.config.json', JSON.stringify({ state, databases, log: { level: 'warn' } }));
  const child = spawn(process.execPath, [MAIN, 'serve', '--json', '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { address } = JSON.parse(line) as { readonly address: string };
  return {
    address,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function residentMb(service: WhorlService): Promise<number> {
  return Math.round((await service.administration.health()).residentBytes / MIB);
}

/** Runs the command, as a user does, while another client asks the service something small again and again. */
async function importTable(service: WhorlService, address: string, path: string, database: string, ...more: string[]) {
  const args = ['import', '--from', 'csv', path, '--database', database, '--address', address, '--json', ...more];
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const start = performance.now();
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  let running = true;
  const closed = once(child, 'close').then(() => {
    running = false;
  });
  const waits: number[] = [];
  while (running) {
    const asked = performance.now();
    await service.administration.status();
    waits.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await closed;
  const seconds = (performance.now() - start) / 1000;
  const { rows: read, counts } = JSON.parse(output) as { readonly rows: number; readonly counts: object };
  return {
    rows: read,
    seconds: round(seconds),
    rowsPerSecond: Math.round(read / seconds),
    counts,
    otherClientP99Ms: round(quantile(waits, 0.99)),
    otherClientMostMs: round(Math.max(...waits)),
  };
}

/** Touches the reader with other impressions of the pictured fingers. */
async function identified(service: WhorlService, databaseId: string, pictured: readonly PicturedFinger[]) {
  await using session = await service.openSession({ pool: 'private', databaseId });
  const reader = service.virtualReader();
  const count = { right: 0, wrong: 0, none: 0 };
  for (const { person, finger } of pictured) {
    const owner = guidIdentity(await namedGuid(databaseId, `pictured ${person}`));
    const pending = session.identify();
    const touch = { person, finger: fingerName(finger) as FingerName, impression: PROBE };
    while ((await reader.touch(touch)) === 'lost');
    const outcome = await pending;
    if (outcome.kind !== 'identified') count.none += 1;
    else if (outcome.subFactor === finger && sameIdentity(outcome.identity, owner)) count.right += 1;
    else count.wrong += 1;
  }
  return count;
}

/** Records a second that SQLite stores durably: a transaction a record, and a transaction a group. */
async function storageSpeed() {
  await using storage = new SqliteStorageAdapter();
  const template = synthesizeTemplate(synthesizeMinutiae(1), 1);
  const record = (i: number) => ({ identity: { type: 'sid', sid: `S-1-22-1-${i}` } as const, subFactor: 2, template });
  const speed = async (name: string, store: (database: Awaited<ReturnType<typeof storage.open>>) => Promise<void>) => {
    const common = { factor: 8, templateFormat: TEMPLATE_FORMAT, path: join(folder, `${name}.db`) };
    await using database = await storage.open({ databaseId: RECORDS, ...common }, { create: true });
    const start = performance.now();
    await store(database);
    return Math.round((1000 * 10 * GROUP) / (performance.now() - start));
  };
  return {
    oneByOne: await speed('single', async (database) => {
      for (let i = 0; i < 10 * GROUP; i++) await database.add(record(i));
    }),
    inGroups: await speed('groups', async (database) => {
      for (let g = 0; g < 10; g++)
        await database.addAll?.(Array.from({ length: GROUP }, (_, i) => record(g * GROUP + i)));
    }),
    recordsAGroup: GROUP,
  };
}
