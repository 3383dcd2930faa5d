import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connect,
  type FingerName,
  PRIVATE_DATABASE_ID,
  type ServiceConfiguration,
  type Session,
  SYSTEM_DATABASE_ID,
  type WhorlService,
} from '../../src/exports/whorl/index.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'whorl-state-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const embedded = (change: ServiceConfiguration = {}) =>
  connect({ embedded: { state: { directory }, engineThreads: 1, ...change } });
const fileOf = (databaseId: string) => join(directory, 'databases', `${databaseId.toLowerCase()}.db`);

async function enroll(service: WhorlService, session: Session, person: number, finger: FingerName) {
  const reader = service.virtualReader();
  await using enrollment = await session.beginEnrollment({ finger });
  for (let impression = 0, done = false; !done; impression++) {
    const capture = enrollment.capture();
    expect(await reader.touch({ person, finger, impression })).toBe('captured');
    done = (await capture).kind === 'sufficient';
  }
  return await enrollment.commit();
}

describe('embedded service', () => {
  test('an enrollment outlives the service', async () => {
    {
      await using service = await embedded();
      await using session = await service.openSession();
      expect((await enroll(service, session, 3, 'right-index')).kind).toBe('stored');
    }
    expect(readdirSync(directory)).toContain('enrollment-committed');
    await using service = await embedded();
    await using session = await service.openSession();
    const identification = session.identify();
    await service.virtualReader().touch({ person: 3, finger: 'right-index', impression: 70 });
    expect(await identification).toMatchObject({ kind: 'identified', subFactor: 2 });
    expect(await session.deleteTemplate({ identity: { type: 'sid', sid: 'S-1-22-1-77' } })).toBe(false);
  });

  test('state is private to the user', async () => {
    await using service = await embedded();
    await service.units();
    expect(statSync(join(directory, 'databases')).mode & 0o077).toBe(0);
    for (const file of readdirSync(join(directory, 'databases'))) {
      expect([file, statSync(join(directory, 'databases', file)).mode & 0o077]).toEqual([file, 0]);
    }
  });

  test('a second owner of the state directory learns who the first is', async () => {
    await using service = await embedded();
    await service.units();
    await expect(embedded()).rejects.toMatchObject({
      code: 'WHORL_E_STATE_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    // The first service is unaffected; once it has closed, the next may start.
    expect(await service.units()).toHaveLength(1);
    await service.close();
    await (await embedded()).close();
  });

  test('a corrupt database names its code; the service lives and the file is as it was', async () => {
    await (await embedded()).close();
    const garbage = Uint8Array.from({ length: 8192 }, (_, i) => (i * 31) & 0xff);
    writeFileSync(fileOf(PRIVATE_DATABASE_ID), garbage);
    await using service = await embedded();
    const open = service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID });
    await expect(open).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CORRUPTED' });
    expect(statSync(fileOf(PRIVATE_DATABASE_ID)).size).toBe(garbage.length);
    await using session = await service.openSession();
    expect((await enroll(service, session, 1, 'left-thumb')).kind).toBe('stored');
  });

  test('a database of a newer version is refused, not touched', async () => {
    await (await embedded()).close();
    {
      const database = new DatabaseSync(fileOf(SYSTEM_DATABASE_ID));
      database.exec('PRAGMA user_version = 9999');
      database.close();
    }
    await using service = await embedded();
    // The unit could not be configured, so the system pool is empty; a session is told why.
    expect(await service.units()).toMatchObject([{ poolType: 3 }]);
    await using session = await service.openSession();
    await expect(session.identify()).rejects.toMatchObject({
      code: 'WHORL_E_NEWER_FORMAT',
      message: expect.stringContaining(fileOf(SYSTEM_DATABASE_ID)),
    });
    const database = new DatabaseSync(fileOf(SYSTEM_DATABASE_ID));
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 9999 });
    database.close();
  });

  test.each([
    ['state', { state: { directory: '' } }],
    ['readers[0].kind', { readers: [{ kind: 'camera' as 'virtual' }] }],
    ['readers[0].folder', { readers: [{ kind: 'replay', folder: '' }] }],
    ['engineThreads', { engineThreads: 0 }],
    ['policy.logonWindowMs', { policy: { logonWindowMs: 60_001 } }],
    ['policy.enabled', { policy: { enabled: 1 as unknown as boolean } }],
    ['databases[0].id', { databases: [{ id: 'mine', pool: 'private' }] }],
    ['colour', { colour: 'red' } as ServiceConfiguration],
    ['application.sid', { application: { sid: 'root' } }],
  ] as [string, ServiceConfiguration][])('a wrong %s is named', async (field, change) => {
    await expect(embedded(change)).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
      message: expect.stringContaining(field),
    });
  });

  test('a replay folder that is not there is a clear sentence', async () => {
    const folder = join(directory, 'prints');
    await expect(embedded({ readers: [{ kind: 'replay', folder }] })).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
      message: expect.stringContaining(folder),
    });
  });

  test.skipIf(process.getuid?.() === 0)('a state directory that cannot be written is a clear sentence', async () => {
    chmodSync(directory, 0o500);
    await expect(embedded()).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  });

  test('policy comes from the configuration, and says so', async () => {
    await using service = await embedded({ policy: { enabled: false, logon: true } });
    await expect(service.openSession()).rejects.toMatchObject({ code: 'WINBIO_E_DISABLED' });
    expect(await service.settings()).toEqual({
      enabled: { value: false, source: 3 },
      logon: { value: true, source: 3 },
      domainLogon: { value: false, source: 1 },
    });
  });

  test('without a service to connect to, the error says what to do', async () => {
    await expect(connect()).rejects.toMatchObject({ code: 'WHORL_E_SERVICE_NOT_RUNNING' });
  });

  test('closing ends what is pending, and may be done twice', async () => {
    const service = await embedded();
    const session = await service.openSession();
    const waiting = expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
    await service.close();
    await waiting;
    await service.close();
    await session.close();
    await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_SESSION_HANDLE_CLOSED' });
  });

  test('a virtual reader refuses what is no action', async () => {
    await using service = await embedded();
    await expect(service.virtualReader('none').unplug()).rejects.toMatchObject({ code: 'E_INVALIDARG' });
    const image = { widthPx: 100_000, heightPx: 100_000, resolutionPpi: 500, pixels: new Uint8Array(4) };
    await expect(service.virtualReader().present(image)).rejects.toMatchObject({ code: 'E_INVALIDARG' });
    expect(await service.virtualReader().touch({ person: 1, finger: 'left-little' })).toBe('lost');
  });
});
