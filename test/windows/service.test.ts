/** A service whose readers are those of Windows: a person enrolls, is found, listed and deleted as at any other. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { WINBIO_FP_POOR_QUALITY } from '../../src/core/constants.ts';
import { connect, type Session, sidIdentity, type WhorlService } from '../../src/exports/whorl/index.ts';
import { FakeWinBio, NO_COMPILER } from './fake-winbio.ts';

const databaseId = '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081';
const TOUCHES = 4;
const fake = test.skipIf(NO_COMPILER);

interface World {
  readonly winbio: FakeWinBio;
  readonly service: WhorlService;
  readonly session: Session;
}

async function world(pool?: 'system'): Promise<World> {
  const winbio = new FakeWinBio();
  winbio.settings({ focus: true });
  const stack = new AsyncDisposableStack();
  onTestFinished(async () => {
    await stack.disposeAsync();
    expect([winbio.count('handles'), winbio.count('blocks')]).toEqual([0, 0]);
  });
  const where = pool === undefined ? { databaseId } : { pool };
  const readers = [{ kind: 'winbio', name: 'desk', library: winbio.path, ...where }] as const;
  const service = stack.use(await connect({ embedded: { state: 'memory', readers, engineThreads: 1 } }));
  return { winbio, service, session: stack.use(await service.openSession()) };
}

async function enroll({ winbio, session }: World, finger: number, name: 'right-index' | 'left-index') {
  const enrollment = await session.beginEnrollment({ finger: name });
  for (let i = 0; i < TOUCHES; i++) winbio.touch(finger);
  const steps: unknown[] = [];
  for await (const step of enrollment) steps.push(step);
  return { steps, committed: await enrollment.commit() };
}

const self = async ({ service }: World) => sidIdentity((await service.administration.whoAmI()).sid);

fake('enrolls with a bad touch, identifies, verifies, lists, refuses a duplicate and deletes', async () => {
  const w = await world();
  const { winbio, service, session } = w;
  expect(await service.units()).toMatchObject([
    { name: 'desk', model: 'Fake', deviceInstanceId: 'USB\\VID_F00D&PID_0001\\1' },
  ]);
  winbio.touchBadly(WINBIO_FP_POOR_QUALITY);
  const { steps, committed } = await enroll(w, 1, 'right-index');
  expect(steps[0]).toMatchObject({ kind: 'rejected', detail: WINBIO_FP_POOR_QUALITY });
  expect(steps).toHaveLength(TOUCHES + 1);
  expect(committed).toMatchObject({ kind: 'stored' });
  await enroll(w, 2, 'left-index');

  const identity = await self(w);
  expect(await session.enrollments(identity)).toEqual([2, 7]);
  winbio.touch(2);
  expect(await session.identify()).toMatchObject({ kind: 'identified', identity, subFactor: 7 });
  winbio.touch(3);
  expect(await session.identify()).toMatchObject({ kind: 'unknown-identity' });
  winbio.touch(1);
  expect(await session.verify({ identity, finger: 'right-index' })).toMatchObject({ kind: 'match' });
  winbio.touch(2);
  expect(await session.verify({ identity, finger: 'right-index' })).toMatchObject({ kind: 'non-match' });

  expect(await session.deleteTemplate({ identity, finger: 'right-index' })).toBe(true);
  expect(await session.enrollments(identity)).toEqual([7]);
  await winbio.until('templates', 1);
});

fake('a wait ends once when it is canceled or its reader pulled out; one that comes back works again', async () => {
  const w = await world();
  const { winbio, service, session } = w;
  await enroll(w, 1, 'right-index');
  const controller = new AbortController();
  const canceled = session.identify(controller);
  await winbio.until('waits', 1);
  controller.abort();
  await expect(canceled).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await winbio.until('waits', 0);

  const waiting = session.identify().catch((thrown: unknown) => thrown);
  await winbio.until('waits', 1);
  winbio.plug(1, false);
  expect(await waiting).toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  while ((await service.units()).length > 0) await wait(1);
  winbio.plug(1);
  while ((await service.units()).length === 0) await wait(1);
  winbio.touch(1);
  expect(await session.identify()).toMatchObject({ kind: 'identified', subFactor: 2 });
});

fake('in the pool of the system a person has the prints of the account', async () => {
  const w = await world('system');
  await enroll(w, 1, 'right-index');
  w.winbio.touch(1);
  expect(await w.session.identify()).toMatchObject({ kind: 'identified', subFactor: 2 });
});

fake('a configuration without a database, and a system without Windows, are refused with what to do', async () => {
  const readers = (more: object) =>
    ({ embedded: { state: 'memory', readers: [{ kind: 'winbio', ...more }] } }) as never;
  await expect(connect(readers({}))).rejects.toThrow("give the GUID of the database, or pool 'system'");
  if (process.platform === 'win32') return;
  await expect(connect(readers({ pool: 'system' }))).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
});

fake('whorl readers and whorl doctor name the readers of Windows', async () => {
  const { path } = new FakeWinBio([1, 2]);
  const folder = mkdtempSync(join(tmpdir(), 'whorl-windows-readers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'whorl.config.json');
  const whorl = async (...args: readonly string[]) =>
    await promisify(execFile)(process.execPath, ['src/cli/main.ts', ...args, '--config', config, '--json'], {
      env: { ...process.env, WHORL_HOME: join(folder, 'state') },
    }).catch((ended: { readonly stdout: string }) => ended);
  const configure = (library: string) =>
    writeFileSync(config, JSON.stringify({ readers: [{ kind: 'winbio', library, databaseId }] }));
  configure(path);
  const unit = { description: 'Fake fingerprint reader', deviceInstanceId: 'USB\\VID_F00D&PID_0001\\1' };
  expect(JSON.parse((await whorl('readers')).stdout)).toMatchObject({ windows: { units: [unit] } });
  const stage = async () =>
    (JSON.parse((await whorl('doctor')).stdout) as { stage: string; ok: boolean; found: string }[]).find(
      (each) => each.stage === 'readers',
    );
  expect(await stage()).toMatchObject({ ok: true, found: 'of Windows: Fake fingerprint reader' });
  configure(join(folder, 'none.dll'));
  expect(await stage()).toMatchObject({ ok: false, found: expect.stringContaining('cannot be used; Windows has it') });
});
