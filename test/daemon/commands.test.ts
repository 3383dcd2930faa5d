/** The commands of a service, run as a user runs them. */

import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/exports/whorl/index.ts';
import { startProcess, temporaryFolder } from './start.ts';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: ReturnType<typeof temporaryFolder>;
let config: string;
beforeEach(() => {
  folder = temporaryFolder();
  config = join(folder.path, 'whorl.config.json');
});
afterEach(() => folder[Symbol.dispose]());

async function whorl(...args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, WHORL_HOME: folder.path, WHORL_SOCKET: '', NO_COLOR: '1' };
  const running = promisify(execFile)(process.execPath, ['src/cli/main.ts', ...args], { env });
  return await running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ran) => ({ code, stdout, stderr }),
  );
}

/** Enrolls a finger of a person in the system pool. */
async function enroll(address: string): Promise<void> {
  await using service = await connect({ address });
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0, done = false; !done; impression++) {
    const touch = service.virtualReader().touch({ person: 5, finger: 'right-index', impression });
    const [step] = await Promise.all([enrollment.capture(), touch]);
    done = step.kind === 'sufficient';
  }
  await enrollment.commit();
}

const KEPT = { readers: [{ kind: 'virtual', earlyTouch: 'kept' }] } as const;

describe('commands with a running service', () => {
  test('status and doctor see it; a rotation keeps what is enrolled; the audit log stands', async () => {
    const daemon = await startProcess(folder.path, KEPT);
    await enroll(daemon.address);
    const address = ['--address', daemon.address];
    const status = JSON.parse((await whorl('status', '--json', ...address)).stdout);
    expect(status).toMatchObject({ pid: daemon.child.pid, stateDirectory: folder.path, units: [{ unitId: 1 }] });
    expect(status).toMatchObject({ configurationFile: config });
    expect((await whorl('status', ...address)).stdout).toContain(`configuration ${config}`);
    expect((await whorl('status', ...address)).stdout).toContain('unit 1: Virtual fingerprint reader, system pool');

    const doctor = await whorl('doctor', '--json', '--config', config, ...address);
    expect(doctor.code).toBe(0);
    const stages = JSON.parse(doctor.stdout) as { stage: string; ok: boolean }[];
    expect(stages.map(({ stage, ok }) => `${stage} ${ok}`)).toEqual([
      'configuration true',
      'state directory true',
      'audit log true',
      'readers true',
      'service true',
      'databases true',
      'unit true',
      'prints on readers true',
      'first capture true',
    ]);

    expect((await whorl('keys', 'rotate', '--json', ...address)).stdout).toBe(
      '{"resealed":1,"oldKeyForgotten":true}\n',
    );
    expect(await daemon.end('SIGTERM')).toBe(0);

    const again = await startProcess(folder.path, KEPT);
    {
      await using service = await connect({ address: again.address });
      await using session = await service.openSession();
      const touch = service.virtualReader().touch({ person: 5, finger: 'right-index', impression: 9 });
      expect((await Promise.all([session.identify(), touch]))[0].kind).toBe('identified');
    }
    await again.end('SIGTERM');
    const audit = await whorl('audit', 'verify', '--json', '--config', config);
    expect([audit.code, JSON.parse(audit.stdout)]).toEqual([0, { lines: 2 }]);
  }, 60_000);

  test('a backup goes from one state directory to another, and nothing is written over', async () => {
    const daemon = await startProcess(folder.path, KEPT);
    await enroll(daemon.address);
    const secret = join(folder.path, 'secret');
    writeFileSync(secret, 'correct horse\n');
    const backup = join(folder.path, 'backup.whorl');
    const args = [backup, '--passphrase-file', secret, '--config', config];
    const busy = await whorl('export', ...args);
    expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining('WHORL_E_STATE_LOCKED')]);
    await daemon.end('SIGTERM');
    expect((await whorl('export', ...args, '--json')).stdout).toBe('{"exported":1}\n');
    const twice = await whorl('export', ...args);
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('--force')]);
    expect(readFileSync(backup, 'utf8')).not.toContain('correct horse');

    using other = temporaryFolder();
    const otherConfig = join(other.path, 'whorl.config.json');
    writeFileSync(otherConfig, JSON.stringify({ state: { directory: other.path } }));
    const into = ['--passphrase-file', secret, '--config', otherConfig, '--json'];
    expect(JSON.parse((await whorl('import', backup, ...into)).stdout)).toMatchObject({ imported: 1, skipped: 0 });
    expect(JSON.parse((await whorl('import', backup, ...into)).stdout)).toMatchObject({ imported: 0, skipped: 1 });
    writeFileSync(secret, 'wrong\n');
    const refused = await whorl('import', backup, ...into);
    expect([refused.code, JSON.parse(refused.stdout)]).toEqual([
      1,
      { code: expect.stringMatching(/^WHORL_E_/), message: expect.any(String), remedy: expect.any(String) },
    ]);
  }, 60_000);
});

describe('commands without one', () => {
  test('status says that none runs, and how to start it', async () => {
    const { code, stderr } = await whorl('status', '--address', join(folder.path, 'nobody.sock'));
    expect(code).toBe(1);
    expect(stderr).toContain('WHORL_E_SERVICE_NOT_RUNNING');
    expect(stderr).toContain('Start the service: whorl serve');
    expect(stderr).not.toContain('    at ');
  });

  test('doctor stops at the service', async () => {
    writeFileSync(config, JSON.stringify({ state: { directory: join(folder.path, 'state') } }));
    const { code, stdout } = await whorl('doctor', '--config', config, '--address', join(folder.path, 'nobody.sock'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/ok {3}configuration[\s\S]*fail service: WHORL_E_SERVICE_NOT_RUNNING/);
  });

  test('a configuration that is wrong is named field by field', async () => {
    writeFileSync(config, JSON.stringify({ readers: [{ kind: 'laser' }], engineThreads: 0, sokcet: 'x' }));
    const { code, stderr } = await whorl('config', 'check', config);
    expect(code).toBe(2);
    for (const field of ['readers[0]', 'engineThreads', 'sokcet']) expect(stderr).toContain(field);
    const printed = JSON.parse((await whorl('config', 'check', config, '--json')).stdout);
    expect(printed).toMatchObject({ code: 'WHORL_E_CONFIGURATION', remedy: expect.any(String) });
    expect((await whorl('serve', '--config', config)).code).toBe(2);
    expect((await whorl('serve', '--config', join(folder.path, 'none.json'))).code).toBe(2);
  });

  test('what a configuration refers to must be there', async () => {
    const missing = {
      readers: [
        { kind: 'replay', folder: '/nope' },
        { kind: 'module', module: './laser.js' },
      ],
      engine: { module: 'whorl-no-such-engine' },
      access: { users: ['*', '0', 'nosuchuser'], enroll: ['@nosuchgroup'] },
    };
    writeFileSync(config, JSON.stringify(missing));
    const { code, stderr } = await whorl('config', 'check', config);
    expect([code, stderr.split('\n').slice(0, 5)]).toEqual([
      2,
      [
        'WHORL_E_CONFIGURATION: readers[1].module: ./laser.js is not installed beside the configuration',
        'engine.module: whorl-no-such-engine is not installed beside the configuration',
        'readers[0].folder: /nope does not exist',
        'access.users: there is no user nosuchuser',
        'access.enroll: there is no group nosuchgroup',
      ],
    ]);
  });

  test('a changed audit log is seen', async () => {
    const daemon = await startProcess(folder.path, KEPT);
    await enroll(daemon.address);
    await daemon.end('SIGTERM');
    appendFileSync(join(folder.path, 'audit.log'), '{"forged":true}\n');
    const { code, stdout } = await whorl('audit', 'verify', '--json', '--config', config);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ brokenAt: expect.any(Number), code: 'WHORL_E_MALFORMED' });
  }, 30_000);

  test('pairings are made, listed and revoked', async () => {
    writeFileSync(config, JSON.stringify({ state: { directory: folder.path } }));
    const paired = JSON.parse((await whorl('pair', 'https://kiosk.example', '--json', '--config', config)).stdout);
    expect(paired.token).toMatch(/^[\w-]{40,}$/);
    const list = async () => JSON.parse((await whorl('pair', '--list', '--json', '--config', config)).stdout);
    expect(await list()).toMatchObject([{ id: paired.id, origin: 'https://kiosk.example' }]);
    expect(JSON.stringify(await list())).not.toContain(paired.token);
    expect((await whorl('pair', '--revoke', paired.id, '--config', config)).code).toBe(0);
    expect(await list()).toEqual([]);
    expect((await whorl('pair', 'not an origin', '--config', config)).code).toBe(2);
  });
});
