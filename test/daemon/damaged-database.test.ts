/** A database that cannot be used is named wherever a person looks: file, code, remedy. */

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { offlineDatabases } from '../../src/composition/compose/offline-databases.ts';
import { PRIVATE_DATABASE_ID, SYSTEM_DATABASE_ID } from '../../src/composition/configuration/default-databases.ts';
import type { LogFields } from '../../src/core/logger.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { connect } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const fileOf = (databaseId: string) => join(folder.path, 'databases', `${databaseId.toLowerCase()}.db`);
const file = () => fileOf(SYSTEM_DATABASE_ID);

/** Leaves a database that a service has used. */
async function used(): Promise<void> {
  await using _ = await startHere(folder.path);
}

async function enroll({ address }: Daemon): Promise<void> {
  await using service = await connect({ address });
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0, kind = ''; kind !== 'sufficient'; impression++) {
    const step = enrollment.capture();
    await service.virtualReader().touch({ person: 1, finger: 'right-index', impression });
    ({ kind } = await step);
  }
  await enrollment.commit();
}

const DAMAGES = [
  ['overwritten', 'WINBIO_E_DATABASE_CORRUPTED', () => writeFileSync(file(), 'no database '.repeat(1000))],
  [
    'of a newer version',
    'WHORL_E_NEWER_FORMAT',
    () => {
      const db = new DatabaseSync(file());
      db.exec('PRAGMA user_version = 99');
      db.close();
    },
  ],
  [
    'replaced by a folder',
    'WINBIO_E_DATABASE_CANT_OPEN',
    () => {
      for (const end of ['', '-wal', '-shm']) rmSync(file() + end, { force: true });
      mkdirSync(file());
    },
  ],
] as const;

describe('a database file that is', () => {
  test.each(DAMAGES)('%s is named to every session, by status and in the log', async (_, code, damage) => {
    await used();
    damage();
    const logged: LogFields[] = [];
    const say = () => {};
    const logger = {
      debug: say,
      info: say,
      warn: say,
      error: (_text: string, fields = {}) => void logged.push(fields),
    };
    await using daemon = await startDaemon({ state: { directory: folder.path }, engineThreads: 1 }, { logger });
    const named = { code, message: expect.stringContaining(file()) };
    expect(daemon.faults()).toEqual([expect.objectContaining(named)]);
    expect(logged).toEqual([{ unitId: 1, code }]);
    await using service = await connect({ address: daemon.address });
    await using session = await service.openSession();
    await expect(session.identify()).rejects.toMatchObject(named);
    await expect(session.beginEnrollment({ finger: 'right-index' })).rejects.toMatchObject(named);
    const { faults } = await service.administration.status();
    expect(faults).toEqual([{ ...named, hresult: expect.any(Number), remedy: expect.any(String) }]);
    const args = ['src/cli/main.ts', 'doctor', '--json', '--address', daemon.address];
    const env = { ...process.env, WHORL_HOME: folder.path };
    const failure = await promisify(execFile)(process.execPath, args, { env }).catch((thrown) => thrown);
    expect(JSON.parse(failure.stdout).at(-1)).toMatchObject({ stage: 'databases', ok: false });
    expect(failure.stdout).toContain(`${code}: database ${SYSTEM_DATABASE_ID} in ${file()} cannot be used`);
  });
});

test('a damaged database of private pools is named when it is used', async () => {
  await used();
  writeFileSync(fileOf(PRIVATE_DATABASE_ID), 'no database '.repeat(1000));
  await using daemon = await startHere(folder.path);
  await using service = await connect({ address: daemon.address });
  const named = { code: 'WINBIO_E_DATABASE_CORRUPTED', message: expect.stringContaining(fileOf(PRIVATE_DATABASE_ID)) };
  const opened = service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID });
  await expect(opened).rejects.toMatchObject(named);
  expect((await service.administration.status()).faults).toEqual([expect.objectContaining(named)]);
});

test('templates whose key is gone are counted until they are deleted', async () => {
  {
    await using daemon = await startHere(folder.path);
    await enroll(daemon);
  }
  // The old key is taken away after another one was put before it, without a rotation in between.
  const keys = join(folder.path, 'keys', 'master.keys');
  const another = `${'5a'.repeat(32)}\n`;
  writeFileSync(keys, another + readFileSync(keys, 'utf8'));
  await used();
  writeFileSync(keys, another);
  await using daemon = await startHere(folder.path);
  await using service = await connect({ address: daemon.address });
  const { faults } = await service.administration.status();
  expect(faults).toEqual([
    expect.objectContaining({
      code: 'WHORL_E_KEY_MISSING',
      message: expect.stringMatching(`^1 template of database ${SYSTEM_DATABASE_ID} cannot be used`),
    }),
  ]);
  await using session = await service.openSession();
  const { sid } = await service.administration.whoAmI();
  await session.deleteTemplate({ identity: { type: 'sid', sid } });
  // What was written in the journal under that key cannot be gone on with either.
  expect((await service.administration.status()).faults).toEqual([
    expect.objectContaining({ message: expect.stringContaining('journal.db') }),
  ]);
});

/** Templates that no engine of this version can use. */
const REFUSED: readonly (readonly [string, Uint8Array])[] = [
  ['random', Uint8Array.from({ length: 900 }, (_, i) => (i * 37) & 0xff)],
  ['of a later version', Uint8Array.of(0x57, 0x48, 0x52, 0x4c, 9, 1, 0, 0)],
  ['of 2 MB', new Uint8Array(2 << 20).fill(0x57)],
];

/** Puts templates into the database as a storage keeps them, without the service that would refuse them. */
async function plant(templates: readonly Uint8Array[]): Promise<void> {
  await using offline = await offlineDatabases({ state: { directory: folder.path } }, folder.path);
  const found = offline.registrations.find(({ descriptor }) => descriptor.databaseId === SYSTEM_DATABASE_ID);
  await using database = await found?.storage.open(found.descriptor, { create: true });
  for (const [i, template] of templates.entries()) {
    await database?.add({ identity: { type: 'sid', sid: `S-1-22-1-${7000 + i}` }, subFactor: 2, template });
  }
}

test('templates that the engine refuses cost their own fingers: the others are found, status counts and numbers them', async () => {
  {
    await using daemon = await startHere(folder.path);
    await enroll(daemon);
  }
  await plant(REFUSED.map(([, template]) => template));
  await using daemon = await startHere(folder.path);
  await using service = await connect({ address: daemon.address });
  await using session = await service.openSession();
  const identification = session.identify();
  await service.virtualReader().touch({ person: 1, finger: 'right-index', impression: 9 });
  expect((await identification).kind).toBe('identified');
  const { faults } = await service.administration.status();
  expect(faults.map(({ code, message }) => [code, /\(records? [\d, ]+\)/.exec(message)?.[0]])).toEqual([
    ['WHORL_E_MALFORMED', '(record 2)'],
    ['WHORL_E_NEWER_FORMAT', '(record 3)'],
    ['WHORL_E_LIMIT_EXCEEDED', '(record 4)'],
  ]);
  const claim = { identity: { type: 'sid', sid: 'S-1-22-1-7000' }, finger: 'right-index' } as const;
  const verification = session.verify(claim);
  await service.virtualReader().touch({ person: 1, finger: 'right-index', impression: 10 });
  expect((await verification).kind).toBe('non-match');
  await session.deleteTemplate({ identity: claim.identity });
  expect((await service.administration.status()).faults).toHaveLength(2);
});

test('a backup with such templates is restored without them, and they are named', async () => {
  {
    await using daemon = await startHere(folder.path);
    await enroll(daemon);
  }
  await plant(REFUSED.map(([, template]) => template));
  const [secret, backup] = [join(folder.path, 'secret'), join(folder.path, 'all.whorl')];
  writeFileSync(secret, 'a passphrase');
  const run = async (command: string, home: string, args: readonly string[] = []) => {
    const env = { ...process.env, WHORL_HOME: home };
    const words = ['src/cli/main.ts', command, backup, '--passphrase-file', secret, ...args];
    return await promisify(execFile)(process.execPath, words, { env }).catch((thrown) => thrown);
  };
  await run('export', folder.path);
  const restored = await run('import', join(folder.path, 'other'), ['--json']);
  expect(restored.code).toBe(5);
  expect(JSON.parse(restored.stdout)).toMatchObject({
    imported: 1,
    skipped: 0,
    refused: [{ record: 2 }, { record: 3, code: 'WHORL_E_NEWER_FORMAT' }, { record: 4 }],
  });
  expect(restored.stderr).toContain('record 2 was refused');
});
