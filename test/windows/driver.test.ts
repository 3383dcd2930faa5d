/** The driver of winbio.dll against a library of ours that behaves as it does. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CODES, type CodeName } from '../../src/core/codes.ts';
import { WINBIO_FP_TOO_FAST } from '../../src/core/constants.ts';
import { type OwnerIdentity, sidIdentity } from '../../src/core/identity.ts';
import { WinBioFramework } from '../../src/drivers/winbio/winbio-framework.ts';
import { loadWinBio } from '../../src/drivers/winbio/winbio-library.ts';
import {
  type UnclaimedTouch,
  WinBioSession,
  type WinBioSessionOptions,
} from '../../src/drivers/winbio/winbio-session.ts';
import { FakeWinBio, NO_COMPILER } from './fake-winbio.ts';

const fake = test.skipIf(NO_COMPILER);
const DATABASE = '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081';
const PRIVATE = { kind: 'private', unitId: 1, databaseId: DATABASE } as const;
/** The account of `winbio.c`. */
const ACCOUNT = sidIdentity('S-1-5-21-1-2-3-1001');
const STAGES = 4;

/** A library, and a session of it; at the end nothing may be left. */
async function world(options: Partial<WinBioSessionOptions> = {}) {
  const winbio = new FakeWinBio();
  const library = await loadWinBio(winbio.path);
  const session = await WinBioSession.open(library, { pool: { kind: 'system' }, ...options });
  onTestFinished(async () => {
    await session.close();
    expect([winbio.count('handles'), winbio.count('blocks'), winbio.count('waits')]).toEqual([0, 0, 0]);
  });
  return { winbio, library, session };
}

type World = Awaited<ReturnType<typeof world>>;

/** Enrolls a finger that is new. */
async function enrolled({ winbio, session }: World, finger: number, subFactor = 2): Promise<OwnerIdentity> {
  await session.enrollBegin(subFactor, 1);
  for (let i = 1; i <= STAGES; i++) {
    winbio.touch(finger);
    expect(await session.enrollCapture()).toEqual({ kind: i < STAGES ? 'more' : 'complete' });
  }
  const { kind, identity } = await session.enrollCommit();
  expect(kind).toBe('stored');
  return identity as OwnerIdentity;
}

fake('enrolls, identifies, verifies, lists and deletes in the pool of the system, for the account', async () => {
  const w = await world();
  const { winbio, session } = w;
  const identity = await enrolled(w, 5);
  expect(identity).toEqual(ACCOUNT);
  winbio.touch(5);
  expect(await session.identify()).toEqual({ kind: 'match', identity, subFactor: 2 });
  winbio.touch(6);
  expect(await session.identify()).toEqual({ kind: 'no-match' });
  winbio.touch(5);
  expect(await session.verify(identity, 2)).toEqual({ kind: 'match' });
  winbio.touch(6);
  expect(await session.verify(identity, 2)).toEqual({ kind: 'no-match' });
  expect(await session.enrollments(1, identity)).toEqual([2]);
  expect(await session.enrollments(1, sidIdentity('S-1-5-18'))).toEqual([]);
  await session.deleteTemplate(1, identity, 2);
  await expect(session.deleteTemplate(1, identity, 2)).rejects.toMatchObject({
    code: 'WINBIO_E_DATABASE_NO_SUCH_RECORD',
  });
  expect(await session.enrollments(1, identity)).toEqual([]);
});

fake('a private pool has a database of its own, whose identities are GUIDs', async () => {
  const w = await world({ pool: PRIVATE });
  const { winbio, session } = w;
  const [one, other] = [await enrolled(w, 1), await enrolled(w, 2)];
  expect([one.type, other.type]).toEqual(['guid', 'guid']);
  expect(one).not.toEqual(other);
  winbio.touch(2);
  expect(await session.identify()).toMatchObject({ identity: other });
  // The unit is not in the pool of the system meanwhile.
  await using system = await WinBioSession.open(w.library, { pool: { kind: 'system' } });
  await expect(system.identify()).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
});

fake('a bad touch is an answer, a duplicate tells whose the finger is, and an enrollment is discarded', async () => {
  const w = await world();
  const { winbio, session } = w;
  await enrolled(w, 5);
  winbio.touchBadly(WINBIO_FP_TOO_FAST);
  expect(await session.identify()).toEqual({ kind: 'rejected', detail: WINBIO_FP_TOO_FAST });
  winbio.touchBadly(WINBIO_FP_TOO_FAST);
  expect(await session.verify(ACCOUNT, 2)).toEqual({ kind: 'rejected', detail: WINBIO_FP_TOO_FAST });
  await session.enrollBegin(7, 1);
  winbio.touchBadly(WINBIO_FP_TOO_FAST);
  expect(await session.enrollCapture()).toEqual({ kind: 'rejected', detail: WINBIO_FP_TOO_FAST });
  for (let i = 0; i < STAGES; i++) winbio.touch(5);
  for (let i = 0; i < STAGES; i++) await session.enrollCapture();
  expect(await session.enrollCommit()).toEqual({ kind: 'duplicate', identity: ACCOUNT });
  await session.enrollDiscard();
  await expect(session.enrollDiscard()).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_OPERATION' });
  expect(winbio.count('templates')).toBe(1);
});

fake('a call is canceled at each of its moments, once, and the next one works', async () => {
  const { winbio, session } = await world();
  await expect(session.identify({ signal: AbortSignal.abort('before') })).rejects.toMatchObject({
    code: 'WINBIO_E_CANCELED',
    cause: 'before',
  });
  const atOnce = new AbortController();
  const asking = session.identify(atOnce);
  atOnce.abort('while it is asked for');
  await expect(asking).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', cause: 'while it is asked for' });
  const later = new AbortController();
  const waiting = session.identify(later);
  await winbio.until('waits', 1);
  later.abort('while it waits');
  await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', cause: 'while it waits' });
  const after = new AbortController();
  winbio.touch(1);
  expect(await session.identify(after)).toEqual({ kind: 'no-match' });
  after.abort();
  // Somebody else cancels the session.
  const canceled = expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await winbio.until('waits', 1);
  await session.cancel();
  await canceled;
  winbio.touch(1);
  expect(await session.identify()).toEqual({ kind: 'no-match' });
});

fake('closing ends what waits, twice is once, and nothing works afterwards', async () => {
  const { winbio, session } = await world();
  const waiting = session.identify();
  await winbio.until('waits', 1);
  const closing = Promise.all([session.close(), session.close()]);
  await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await closing;
  await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_DEVICE_STATE' });
});

fake('opening that is aborted leaves no session', async () => {
  const { winbio, library, session } = await world();
  winbio.hang(true);
  const controller = new AbortController();
  const opening = WinBioSession.open(library, { pool: { kind: 'system' }, signal: controller.signal });
  await winbio.until('handles', 2);
  controller.abort('enough');
  await expect(opening).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', cause: 'enough' });
  winbio.hang(false);
  await winbio.until('handles', 1);
  await session.close();
});

fake('codes pass through unchanged, of calls and of results; what Windows refuses says what to do', async () => {
  const { winbio, library, session } = await world();
  for (const code of ['WINBIO_E_DEVICE_FAILURE', 'WINBIO_E_NOT_ACTIVE_CONSOLE', 'WINBIO_E_INSECURE_SENSOR'] as const) {
    for (const at of ['operation', 'call'] as const) {
      winbio.fail(CODES[code].hresult, at);
      await expect(session.identify()).rejects.toMatchObject({ code, operation: 'identify' });
    }
  }
  winbio.fail(0x80070666);
  await expect(session.identify()).rejects.toMatchObject({ code: 'HRESULT_0x80070666' });
  const said = async (code: CodeName) => {
    winbio.fail(CODES[code].hresult);
    const opening = WinBioSession.open(library, { pool: { kind: 'system' } });
    return await opening.then(String, ({ message }: Error) => message);
  };
  expect(await said('WINBIO_E_NOT_ACTIVE_CONSOLE')).toContain('pool private');
  expect(await said('E_ACCESSDENIED')).toContain('administrator');
  expect(await said('WINBIO_E_INSECURE_SENSOR')).toContain('enhanced sign-in security');
  expect(await said('WINBIO_E_DISABLED')).toContain('policy');
  winbio.fail(0x800706ba);
  await expect(session.identify()).rejects.toThrow('Start-Service WbioSrvc');
});

fake('a sample of 300 kB arrives as it was sent; without the right to raw ones it is refused', async () => {
  const { winbio, library, session } = await world({ pool: PRIVATE, raw: true });
  await expect(session.captureSample()).rejects.toMatchObject({ code: 'E_NOTIMPL' });
  const sample = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) >>> 3);
  winbio.captures(sample);
  winbio.touch(1);
  const captured = await session.captureSample();
  expect(captured.kind === 'sample' && Buffer.compare(captured.bir, sample)).toBe(0);
  winbio.touchBadly(WINBIO_FP_TOO_FAST);
  expect(await session.captureSample()).toEqual({ kind: 'rejected', detail: WINBIO_FP_TOO_FAST });
  await using system = await WinBioSession.open(library, { pool: { kind: 'system' } });
  await expect(system.captureSample()).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
});

fake('the event monitor tells of touches that nobody waits for, until it ends', async () => {
  const touches: UnclaimedTouch[] = [];
  const { promise: told, resolve } = Promise.withResolvers<void>();
  const onTouch = (touch: UnclaimedTouch) => {
    touches.push(touch);
    if (touches.length === 2) resolve();
  };
  const { winbio, session } = await world({ onTouch });
  await session.monitorEvents();
  await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_SESSION_BUSY' });
  winbio.touch(1);
  winbio.touchBadly(WINBIO_FP_TOO_FAST);
  await told;
  expect(touches).toEqual([
    { unitId: 1, detail: 0 },
    { unitId: 1, detail: WINBIO_FP_TOO_FAST },
  ]);
  await session.ignoreEvents();
  winbio.touch(1);
  expect(await session.identify()).toEqual({ kind: 'no-match' });
  expect(touches).toHaveLength(2);
});

fake('the framework lists units, and tells which come and go; those that wait at one that goes are told', async () => {
  const winbio = new FakeWinBio([1, 3]);
  const library = await loadWinBio(winbio.path);
  const changes: string[] = [];
  const { promise: told, resolve } = Promise.withResolvers<void>();
  const note = (change: string) => {
    changes.push(change);
    if (changes.length === 3) resolve();
  };
  await using framework = await WinBioFramework.open(library, {
    arrived: (unitId) => note(`+${unitId}`),
    removed: (unitId) => note(`-${unitId}`),
  });
  const units = await framework.units();
  expect(units.map(({ unitId }) => unitId)).toEqual([1, 3]);
  expect(units[1]).toEqual({
    unitId: 3,
    pool: 1,
    subType: 2,
    capabilities: 7,
    deviceInstanceId: 'USB\\VID_F00D&PID_0001\\3',
    description: 'Fake fingerprint reader',
    manufacturer: 'Whorl tests',
    model: 'Fake',
    serialNumber: '3',
    firmwareVersion: { major: 1, minor: 2 },
  });
  await using session = await WinBioSession.open(library, { pool: PRIVATE });
  const waiting = session.identify();
  await winbio.until('waits', 1);
  winbio.plug(1, false);
  await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  winbio.plug(2);
  winbio.plug(1);
  await told;
  expect(changes).toEqual(['-1', '+2', '+1']);
});

fake('ten thousand operations leave no block, and no memory', async () => {
  const w = await world({ pool: PRIVATE, raw: true });
  const { winbio, session } = w;
  const identity = await enrolled(w, 1);
  winbio.captures(new Uint8Array(100_000));
  const round = async () => {
    winbio.touch(1);
    await session.identify();
    winbio.touch(2);
    await session.verify(identity, 2);
    winbio.touch(1);
    await session.captureSample();
    const controller = new AbortController();
    const canceled = session.identify(controller).catch(({ code }: { code: string }) => code);
    controller.abort();
    expect(await canceled).toBe('WINBIO_E_CANCELED');
    expect(await session.enrollments(1, identity)).toEqual([2]);
  };
  for (let i = 0; i < 200; i++) await round();
  const beforeBytes = process.memoryUsage.rss();
  for (let i = 0; i < 1800; i++) await round();
  expect(process.memoryUsage.rss() - beforeBytes).toBeLessThan(64 * 1024 * 1024);
  await session.close();
  expect(winbio.count('blocks')).toBe(0);
});

fake('a process whose only work is an operation of winbio.dll does not end before it', async () => {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'wait-in-winbio.ts')], { encoding: 'utf8' });
  expect(child).toMatchObject({ stdout: 'no-match\n', status: 0 });
});

fake('without Windows or the library it is said what to do; messages are of Windows', async () => {
  await expect(loadWinBio('/nowhere/winbio.so')).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  if (process.platform === 'win32') return;
  await expect(loadWinBio()).rejects.toThrow('libfprint');
  const library = await loadWinBio(new FakeWinBio().path);
  const byMessage = WinBioSession.open(library, { pool: { kind: 'system' }, notification: 'message' });
  await expect(byMessage).rejects.toMatchObject({ code: 'E_NOTIMPL' });
});
