/** Records that are taken out of a database or put back into it, and files of the state that are gone, are noticed. */

import { execFile } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM_DATABASE_ID } from '../../src/composition/configuration/default-databases.ts';
import { connect, type OwnerIdentity, type Session, type WhorlService } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(async () => {
  folder = temporaryFolder();
  await enroll();
});
afterEach(() => folder[Symbol.dispose]());

const database = () => join(folder.path, 'databases', `${SYSTEM_DATABASE_ID.toLowerCase()}.db`);
const ledger = () => join(folder.path, 'keys', 'records.ledger');

interface Found {
  readonly service: WhorlService;
  readonly session: Session;
  readonly identity: OwnerIdentity;
}

async function onSession(act: (found: Found) => Promise<void>): Promise<void> {
  await using daemon = await startHere(folder.path);
  await using service = await connect({ address: daemon.address });
  await using session = await service.openSession();
  await act(await parts(service, session));
}

async function parts(service: WhorlService, session: Session): Promise<Found> {
  const { sid } = await service.administration.whoAmI();
  return { service, session, identity: { type: 'sid', sid } as const };
}

async function enroll(): Promise<void> {
  await onSession(async ({ service, session }) => {
    await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
    for (let impression = 0, kind = ''; kind !== 'sufficient'; impression++) {
      const step = enrollment.capture();
      await service.virtualReader().touch({ person: 1, finger: 'right-index', impression });
      ({ kind } = await step);
    }
    await enrollment.commit();
  });
}

async function faults(): Promise<readonly string[]> {
  await using daemon = await startHere(folder.path);
  return daemon.faults().map(({ code, message }) => `${code} ${message}`);
}

function change(sql: string): void {
  const db = new DatabaseSync(database());
  db.exec(sql);
  db.close();
}

const MISSING = [
  expect.stringMatching(/^WINBIO_E_DATABASE_CORRUPTED 1 template of .* missing: put .* back .*whorl keys rotate/),
];

describe('A record', () => {
  test('that was taken out of its database is missed, until the database is taken as it is', async () => {
    expect(await faults()).toEqual([]);
    change('DELETE FROM record');
    expect(await faults()).toEqual(MISSING);
    expect(await faults()).toEqual(MISSING);
    await onSession(async ({ service }) => void (await service.channel.ask('administration', { kind: 'rotate-keys' })));
    expect(await faults()).toEqual([]);
  });

  test('is missed with its whole database', async () => {
    for (const end of ['', '-wal', '-shm']) rmSync(database() + end, { force: true });
    expect(await faults()).toEqual(MISSING);
  });

  test('that was deleted does not come back with an older database, nor with an older ledger', async () => {
    const [oldDatabase, oldLedger] = [join(folder.path, 'old.db'), join(folder.path, 'old.ledger')];
    change('PRAGMA wal_checkpoint(TRUNCATE)');
    copyFileSync(database(), oldDatabase);
    copyFileSync(ledger(), oldLedger);
    await onSession(async ({ session, identity }) => {
      await session.deleteTemplate({ identity });
    });
    await enroll();
    copyFileSync(oldDatabase, database());
    for (const end of ['-wal', '-shm']) rmSync(database() + end, { force: true });
    await onSession(async ({ service }) => expect(await service.administration.owners(SYSTEM_DATABASE_ID)).toEqual([]));
    await enroll();
    copyFileSync(oldLedger, ledger());
    expect(await faults()).toEqual(expect.arrayContaining([expect.stringContaining('1 template of'), ...MISSING]));
  });
});

describe('The ledger', () => {
  test('with a line that was changed, forged or left out does not start', async () => {
    const whole = readFileSync(ledger(), 'utf8');
    const number = /^\+ (\S+ \S+)/m.exec(whole)?.[1];
    appendFileSync(ledger(), `- ${number} ${'0'.repeat(64)}\n`);
    await expect(startHere(folder.path)).rejects.toMatchObject({
      code: 'WINBIO_E_DATABASE_CORRUPTED',
      message: expect.stringMatching(/records\.ledger: line \d+ was changed; put back the copy/),
    });
    const [title, _, ...rest] = whole.split('\n');
    writeFileSync(ledger(), [title, ...rest].join('\n'));
    await expect(startHere(folder.path)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CORRUPTED' });
    writeFileSync(ledger(), whole.replace(/^\+ /m, '- '));
    await expect(startHere(folder.path)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CORRUPTED' });
  });

  test('whose last line a dying process cut off is whole', async () => {
    appendFileSync(ledger(), '+ half a li');
    expect(await faults()).toEqual([]);
  });

  test('whose end is gone after a power cut costs no enrollment, and says so', async () => {
    const lines = readFileSync(ledger(), 'utf8').split('\n');
    const opened = lines.findIndex((line) => line.startsWith('!'));
    writeFileSync(
      ledger(),
      lines
        .slice(0, opened + 1)
        .join('\n')
        .concat('\n'),
    );
    expect(await faults()).toEqual([expect.stringContaining('1 template of')]);
    await onSession(async ({ service }) =>
      expect(await service.administration.owners(SYSTEM_DATABASE_ID)).toHaveLength(1),
    );
    expect(await faults()).toEqual([]);
  });

  test('that is gone is reported; what is there is believed once', async () => {
    rmSync(ledger());
    expect(await faults()).toEqual([
      expect.stringMatching(/1 template of .* cannot be proven.*records\.ledger or its end was missing/),
    ]);
    expect(await faults()).toEqual([]);
  });
});

test('without the key that its templates are sealed with no service starts, and no other key is made', async () => {
  const keys = join(folder.path, 'keys', 'master.keys');
  const text = readFileSync(keys);
  rmSync(keys);
  for (let time = 0; time < 2; time++) {
    await expect(startHere(folder.path)).rejects.toMatchObject({
      code: 'WHORL_E_KEY_MISSING',
      message: expect.stringMatching(/master\.keys is missing.*put the key back/),
    });
  }
  writeFileSync(keys, text);
  expect(await faults()).toEqual([]);
});

test('a backup that leaves out a template that cannot be read says so, and fails', async () => {
  change('UPDATE record SET sub_factor = 3');
  const secret = join(folder.path, 'secret');
  writeFileSync(secret, 'passphrase');
  const config = join(folder.path, 'config.json');
  writeFileSync(config, JSON.stringify({ state: { directory: folder.path } }));
  const target = join(folder.path, 'backup.whorl');
  const args = ['src/cli/main.ts', 'export', target, '--passphrase-file', secret, '--config', config, '--json'];
  const run = promisify(execFile)(process.execPath, args);
  const { code, stdout } = (await run.catch((thrown) => thrown)) as { code?: number; stdout: string };
  expect(code).toBeGreaterThan(0);
  expect(JSON.parse(stdout)).toMatchObject({ exported: 0, leftOut: 1 });
});
