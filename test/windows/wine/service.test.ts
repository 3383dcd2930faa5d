/** The service as the service control manager of Windows runs it, and how other processes find it. */

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { NO_WINE, Wine } from './wine.ts';

const wine = test.skipIf(NO_WINE);
let windows: Wine;

beforeAll(async () => {
  if (NO_WINE) return;
  windows = Wine.prepare();
  // What an earlier run left; and Wine, as it begins, starts what it has.
  await windows.whorl('service', 'remove').ended;
});
afterEach(async () => {
  if (NO_WINE) return;
  await windows.whorl('service', 'remove').ended;
  rmSync(home(), { recursive: true, force: true });
});
afterAll(() => windows?.[Symbol.asyncDispose]());

/** The folder of the machine's service. */
const home = () => windows.unixPath('C:\\ProgramData\\whorl');

/** `whorl service …`, which must succeed. */
async function service(...args: readonly string[]) {
  const { status, stdout, stderr } = await windows.whorl('service', ...args, '--json').ended;
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** A configuration in a folder with spaces. */
function configuration(content: object): string {
  const folder = join(windows.folder, 'a folder with spaces');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'whorl.config.json');
  writeFileSync(file, JSON.stringify(content));
  return windows.path(file);
}

wine(
  'a service is installed, serves every process that looks for one, and goes without a trace but its state',
  async () => {
    const installed = await service(
      'install',
      '--config',
      configuration({ readers: [{ kind: 'virtual', name: 'door' }] }),
    );
    expect(installed).toMatchObject({
      name: 'Whorl',
      account: 'NT SERVICE\\Whorl',
      folder: expect.stringMatching(/\\whorl$/),
    });
    expect(installed.commandLine).toMatch(
      /^"[^"]+node\.exe" .*main\.js serve --windows-service Whorl --config ".* with spaces\\.*"$/,
    );
    const started = await service('start');
    expect(started).toMatchObject({ state: 'running', pid: expect.any(Number) });
    expect(await service('start')).toEqual(started);
    const found = await windows.whorl('status', '--json').ended;
    expect(JSON.parse(found.stdout)).toMatchObject({
      stateDirectory: `${installed.folder}\\state`,
      units: [{ name: 'door' }],
    });
    // The list of the folder, as Wine shows it: for nobody else.
    expect(statSync(home()).mode & 0o007).toBe(0);
    const enrolling = windows.whorl('enroll', '--finger', 'right-index');
    // One touch of several: from then on it waits for the next.
    for (let touched = false; !touched; ) {
      const { status, stderr } = await windows.whorl('touch', 'right-index', '--reader', 'door').ended;
      expect([0, 3], stderr).toContain(status);
      touched = status === 0;
    }
    expect(await service('stop')).toMatchObject({ state: 'stopped', exitCode: 0 });
    // Its notice left before the pipe closed.
    expect((await enrolling.ended).stderr).toContain('WINBIO_E_CANCELED');
    const upkeep = ['node_modules/@whorl/daemon/dist/cli/main.js', 'audit', 'verify'];
    const environment = { WHORL_HOME: `${installed.folder}\\state` };
    expect(await windows.start(upkeep, environment).ended).toMatchObject({ status: 0 });
    expect((await windows.whorl('service', 'status').ended).status).toBe(3);
    expect(readFileSync(join(home(), 'log/whorl.log'), 'utf8')).toMatch(/"the service runs".*"the service ended"/s);
    await service('remove');
    expect((await windows.whorl('service', 'status').ended).stderr).toContain('there is no service of this name');
    expect(existsSync(join(home(), 'state/keys'))).toBe(true);
  },
);

wine('a service that cannot start says why, by its own code', async () => {
  const config = configuration({ readers: [{ kind: 'virtual' }] });
  await service('install', '--config', config);
  configuration({ readers: [{ kind: 'none' }] });
  const { status, stderr } = await windows.whorl('service', 'start').ended;
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/^WHORL_E_CONFIGURATION: the service Whorl could not start/),
  ]);
  expect(JSON.parse((await windows.whorl('service', 'status', '--json').ended).stdout)).toEqual({
    name: 'Whorl',
    state: 'stopped',
    pid: 0,
    exitCode: 1066,
    code: 'WHORL_E_CONFIGURATION',
  });
});

wine('what is refused leaves no service behind', async () => {
  for (const [args, says] of [
    [['--account', 'EXAMPLE\\alice'], 'logs on with a password'],
    [['--config', 'Z:\\nowhere.json'], 'cannot be read'],
  ] as const) {
    const { status, stderr } = await windows.whorl('service', 'install', ...args).ended;
    expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
  }
  expect((await windows.whorl('service', 'status').ended).stderr).toContain('there is no service of this name');
});

wine('a folder that somebody else may have made is not taken', async () => {
  mkdirSync(home());
  chmodSync(home(), 0o777);
  const { status, stderr } = await windows.whorl('service', 'install').ended;
  const says = /whorl can be written by other accounts \(S-1-1-0\): icacls "C:\\ProgramData\\whorl" \/inheritance:r/;
  expect([status, stderr]).toEqual([2, expect.stringMatching(says)]);
  expect((await windows.whorl('service', 'status').ended).stderr).toContain('there is no service of this name');
});

wine('a service of another name stands beside it, with a folder and a pipe of its own', async () => {
  const name = ['--name', 'Desk'];
  try {
    const { folder } = await service('install', ...name);
    await service('start', ...name);
    expect((await windows.whorl('status').ended).stderr).toMatch(/WHORL_E_SERVICE_NOT_RUNNING/);
    const { stdout } = await windows.whorl('status', '--json', '--address', '\\\\.\\pipe\\whorl-Desk').ended;
    expect(JSON.parse(stdout)).toMatchObject({ stateDirectory: `${folder}\\state` });
    expect(folder).toMatch(/\\whorl-Desk$/);
  } finally {
    await windows.whorl('service', 'remove', ...name).ended;
    rmSync(`${home()}-Desk`, { recursive: true, force: true });
  }
});

wine('a process that Windows did not start is no service', async () => {
  const { status, stderr } = await windows.whorl('serve', '--windows-service', 'Whorl').ended;
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining('E_FAIL: Windows did not start this process as a service'),
  ]);
});
