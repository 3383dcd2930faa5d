/** `whorl database`: from a service alone to one that shares. */

import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyToShared } from '../../src/composition/database/copy-to-shared.ts';
import { BiometricError } from '../../src/core/biometric-error.ts';
import { randomGuid } from '../../src/core/guid.ts';
import { guidIdentity } from '../../src/core/identity.ts';
import { temporaryFolder } from '../daemon/start.ts';
import { enroll, identify, settled } from '../support/shared-fingers.ts';
import { KEY_VARIABLE, startSite } from '../support/shared-site.ts';
import { NO_POSTGRES, PrivatePostgres } from './private-postgres.ts';

describe.skipIf(NO_POSTGRES !== undefined)(`database commands ${NO_POSTGRES ?? ''}`, () => {
  const folder = temporaryFolder();
  const directory = folder.path;
  const file = join(directory, 'whorl.config.json');
  let server: PrivatePostgres;

  beforeAll(async () => {
    server = await PrivatePostgres.start();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  async function whorl(...args: readonly string[]) {
    const env = { ...process.env, WHORL_HOME: directory, WHORL_SOCKET: '', NO_COLOR: '1' };
    const running = promisify(execFile)(process.execPath, ['src/cli/main.ts', ...args], { env });
    return await running.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (thrown: { code: number; stdout: string; stderr: string }) => thrown,
    );
  }

  const configuration = () => ({
    state: { directory },
    keys: { environment: KEY_VARIABLE },
    shared: { site: 'north', postgres: { url: server.url('whorl_service'), pollMs: 200 } },
  });

  test('tables are made once, with roles, and looked at', async () => {
    writeFileSync(file, '{}');
    const nothing = await whorl('database', 'status', '--config', file);
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('shares nothing') });

    const made = await whorl('database', 'init', '--roles', '--url', server.url(), '--config', file);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('"passwordCommand"') });
    writeFileSync(file, JSON.stringify(configuration()));
    const again = await whorl('database', 'init', '--roles', '--url', server.url(), '--config', file, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ from: 1, to: 1, roles: ['whorl_service', 'whorl_reader'] });
    const migrated = await whorl('database', 'migrate', '--url', server.url(), '--config', file);
    expect(migrated).toMatchObject({ code: 0, stdout: expect.stringContaining('already') });

    const status = await whorl('database', 'status', '--config', file, '--json');
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({
      user: 'whorl_service',
      usable: true,
      writable: true,
      rights: ['select', 'insert', 'update', 'delete'],
      databases: [],
    });
    await server.readOnly(true);
    const readOnly = await whorl('database', 'status', '--config', file);
    expect(readOnly).toMatchObject({ code: 3, stdout: expect.stringContaining('READ-ONLY') });
    await server.readOnly(false);
    await server.stop();
    const gone = await whorl('database', 'status', '--config', file);
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('WHORL_E_OFFLINE') });
    await server.begin();
  });

  test('what a service alone had is shared afterwards, also when the copy is interrupted', async () => {
    const owners = [guidIdentity(randomGuid()), guidIdentity(randomGuid()), guidIdentity(randomGuid())];
    {
      await using alone = await startSite('alone', directory, { shared: undefined });
      await alone.service.people.create({ name: 'Grace', identity: owners[0] });
      for (const [i, owner] of owners.entries()) {
        expect(await enroll(alone, i + 1, owner)).toMatchObject({ kind: 'stored' });
      }
      await expect(whorl('database', 'copy', '--config', file)).resolves.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('WHORL_E_STATE_LOCKED'),
      });
    }
    await expect(startSite('north', directory, configuration())).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
      message: expect.stringContaining('whorl database copy'),
    });
    const interrupted = copyToShared(configuration(), {
      onProgress(what) {
        if (what === 'people') throw new BiometricError('WINBIO_E_CANCELED', 'interrupted');
      },
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
    const copied = await whorl('database', 'copy', '--from', 'sqlite', '--to', 'postgres', '--config', file, '--json');
    expect(copied.stderr).toBe('');
    const report = JSON.parse(copied.stdout);
    expect(report).toMatchObject({ templates: 3, before: 3 });
    expect(report.people).toBeGreaterThan(0);
    expect(report.putAside.every(existsSync)).toBe(true);

    await using north = await startSite('north', directory, configuration());
    await settled(async () => (await identify(north, 1)).kind === 'identified');
    expect(await identify(north, 1)).toMatchObject({ identity: owners[0], person: { name: 'Grace' } });
    const status = await whorl('database', 'status', '--config', file);
    expect(status.stdout).toContain('3 records');
    expect(status.stdout).toContain('service north');
  });
});
