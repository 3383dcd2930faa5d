import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatabaseDescriptor } from '../../adapters/storage-adapter.ts';
import { guidIdentity } from '../../core/identity.ts';
import { collectRecords } from '../../testkit/suites/storage/collect-records.ts';
import { storageSuite } from '../../testkit/suites/storage/storage-suite.ts';
import { SqliteStorageAdapter } from './sqlite-storage-adapter.ts';

let folder = '';
let adapter = new SqliteStorageAdapter();
let descriptor: DatabaseDescriptor;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whorl-sqlite-'));
  adapter = new SqliteStorageAdapter();
  descriptor = {
    databaseId: 'B0000000-0000-4000-8000-000000000001',
    factor: 8,
    templateFormat: '11111111-2222-3333-4444-555555555555',
    path: join(folder, 'databases', 'one.db'),
  };
});
afterEach(async () => {
  await adapter.close();
  await rm(folder, { recursive: true });
});

const suite = storageSuite(async () => {
  let files = 0;
  return {
    adapter,
    place: () => ({ path: join(folder, `${++files}.db`) }),
    reopen: async () => new SqliteStorageAdapter(),
    close: () => adapter.close(),
  };
});
for (const { title, run } of suite) test(title, run);

const owner = guidIdentity('6F9619FF-8B86-D011-B42D-00C04FC964FF');
const template = Buffer.from('a template that is easy to find in a file');
const record = { identity: owner, subFactor: 2, template };
const open = (create = false) => adapter.open(descriptor, { create });

async function made(): Promise<string> {
  const database = await open(true);
  await database.add(record);
  await database.close();
  return descriptor.path!;
}

test('the file and its folder are for their owner only', async () => {
  const database = await open(true);
  await database.add(record);
  const names = await readdir(join(folder, 'databases'));
  expect(names.sort()).toEqual(['one.db', 'one.db-shm', 'one.db-wal']);
  for (const name of names) expect((await stat(join(folder, 'databases', name))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'databases'))).mode & 0o777).toBe(0o700);
});

test('changes are in the file when a call returns', async () => {
  const database = await open(true);
  using raw = new DatabaseSync(descriptor.path!);
  expect(raw.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  await database.add(record);
  expect(raw.prepare('SELECT count(*) AS n FROM record').get()).toEqual({ n: 1 });
});

test('a deleted template is no longer in the file, nor in its log', async () => {
  const database = await open(true);
  await database.add(record);
  await database.delete({});
  for (const name of await readdir(join(folder, 'databases'))) {
    expect((await readFile(join(folder, 'databases', name))).includes(template), name).toBe(false);
  }
});

test.each([
  ['text', (path: string) => writeFile(path, 'this is no database at all, it is a text of some length')],
  ['a file cut short', (path: string) => truncate(path, 9000)],
  [
    'another SQLite file',
    async (path: string) => {
      await rm(path);
      using other = new DatabaseSync(path);
      other.exec('CREATE TABLE stranger (a)');
    },
  ],
  [
    'a damaged page',
    async (path: string) => {
      const bytes = await readFile(path);
      await writeFile(path, bytes.fill(0x5a, 4096, 12288));
    },
  ],
])('A-163: %s is reported as corrupted, and can be erased', async (_what, damage) => {
  await damage(await made());
  for (const create of [false, true]) {
    await expect(open(create)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CORRUPTED' });
  }
  await adapter.erase(descriptor);
  await expect(open()).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CANT_FIND' });
});

test('a newer schema is refused and kept', async () => {
  const path = await made();
  using raw = new DatabaseSync(path);
  raw.exec('PRAGMA user_version = 3');
  raw.close();
  await expect(open(true)).rejects.toMatchObject({ code: 'WHORL_E_NEWER_FORMAT' });
  await expect(adapter.erase(descriptor)).rejects.toMatchObject({ code: 'WHORL_E_NEWER_FORMAT' });
});

test('a file of schema 1 is brought up to date, with what is in it', async () => {
  const path = await made();
  using raw = new DatabaseSync(path);
  raw.exec('ALTER TABLE record DROP COLUMN index_vector; ALTER TABLE database DROP COLUMN index_length');
  raw.exec('PRAGMA user_version = 1');
  raw.close();
  await using database = await open();
  await database.add({ ...record, subFactor: 3 });
  const found = await collectRecords(database.query({}));
  expect(found.map(({ subFactor, indexVector }) => [subFactor, indexVector])).toEqual([
    [2, []],
    [3, []],
  ]);
});

test('A-131: a file with another id is neither opened nor erased', async () => {
  await made();
  const other = { ...descriptor, databaseId: 'B0000000-0000-4000-8000-000000000002' };
  await expect(adapter.open(other, { create: true })).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CORRUPTED' });
  await expect(adapter.erase(other)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CORRUPTED' });
  await using database = await open();
  expect(await database.count()).toBe(1);
});

test('a lock that another process holds is waited for, and then reported', async () => {
  const database = await open(true);
  using other = new DatabaseSync(descriptor.path!);
  other.exec('BEGIN IMMEDIATE');
  await expect(database.add(record)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_LOCKED' });
  const waiting = database.add(record);
  other.exec('COMMIT');
  expect(await waiting).toBe(1);
  await database.close();
  await expect(adapter.erase(descriptor)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_LOCKED' });
});

test('a creation that did not get far is no database, and can be made good', async () => {
  await made();
  await writeFile(descriptor.path!, '');
  await expect(open()).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CANT_FIND' });
  await using database = await open(true);
  expect(await database.count()).toBe(0);
});

test('a place where no file can be made', async () => {
  await writeFile(join(folder, 'databases'), 'a file where the folder should be');
  await expect(open(true)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CANT_CREATE' });
  const { path: _path, ...unplaced } = descriptor;
  await expect(adapter.open(unplaced, { create: true })).rejects.toMatchObject({ code: 'E_INVALIDARG' });
});
