/** Commands that name a reader, at a service with two. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../src/exports/whorl/index.ts';
import { type DaemonProcess, startProcess, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
let daemon: DaemonProcess;
beforeAll(async () => {
  folder = temporaryFolder();
  const readers = ['front door', 'back door'].map((name) => ({ kind: 'virtual', name }) as const);
  daemon = await startProcess(folder.path, { readers });
});
afterAll(async () => {
  await daemon.end('SIGTERM');
  folder[Symbol.dispose]();
});

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function whorl(...args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, WHORL_HOME: folder.path, WHORL_SOCKET: daemon.address, NO_COLOR: '1' };
  const running = promisify(execFile)(process.execPath, ['src/cli/main.ts', ...args], { env });
  return await running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ran) => ({ code, stdout, stderr }),
  );
}

test('units and status show the names', async () => {
  expect((await whorl('units')).stdout).toMatch(/^1 {2}front door.*\n2 {2}back door/);
  expect((await whorl('status')).stdout).toContain('system pool, reader back door');
});

test.each([
  ['--reader', 'back door'],
  ['--reader', '2'],
  ['--unit', '2'],
])(
  '%s %s: no other reader answers',
  async (flag, value) => {
    const locating = whorl('locate', flag, value, '--seconds', '20');
    do expect((await whorl('touch', 'right-index', '--reader', 'front door')).code).toBe(3);
    while ((await whorl('touch', 'right-index', '--reader', 'back door')).code === 3);
    expect(await locating).toMatchObject({ code: 0, stdout: 'reader back door (unit 2)\n' });
  },
  60_000,
);

test.each([
  [['identify', '--unit', '99'], 'there is no unit 99; there are front door (unit 1), back door (unit 2)'],
  [
    ['enroll', '--finger', 'right-index', '--reader', 'side door'],
    'there is no reader named side door; there are front',
  ],
  [['list', '--reader', 'front door', '--unit', '1'], 'give --reader or --unit, not both'],
  [['events', '--reader', 'front door', '--seconds', '1'], '--reader: chooses among touches; add --touches'],
  [['touch', 'right-index'], 'there is no virtual reader named virtual; there are front door, back door'],
])('%j is refused at once', async (args, says) => {
  const { code, stderr } = await whorl(...args);
  expect([code, stderr]).toEqual([expect.toBeOneOf([1, 2]), expect.stringContaining(says)]);
});

test('release ends what holds a reader; its session learns it', async () => {
  await using service = await connect({ address: daemon.address });
  await using session = await service.openSession({ readers: ['back door'] });
  await using enrollment = await session.beginEnrollment({ finger: 'left-thumb' });
  const capture = enrollment.capture();
  capture.catch(() => undefined);
  expect(await whorl('release')).toMatchObject({
    code: 0,
    stdout: 'front door: nobody held it\nback door: ended an enrollment\n',
  });
  await expect(capture).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await expect(enrollment.commit()).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_OPERATION' });
  expect(JSON.parse((await whorl('release', '2', '--json')).stdout)).toEqual([
    { unitId: 2, reader: 'back door', enrollment: false, lock: false },
  ]);
  expect(await whorl('release', 'side door')).toMatchObject({ code: 1, stderr: expect.stringContaining('front door') });
  expect((await whorl('audit', 'verify')).code).toBe(0);
}, 30_000);

test('doctor touches the reader that it checks', async () => {
  const config = ['--config', `${folder.path}/whorl.config.json`];
  expect((await whorl('doctor', '--seconds', '20', ...config)).stdout).toContain(
    'reader front door (unit 1) captured a finger',
  );
}, 60_000);
