/** The driver and the functions of winbio.h on Node.js for Windows, with the library of ours as a winbio.dll. */

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost } from '../../../src/exports/whorl/testkit.ts';
import { runEither } from '../either.ts';
import { NO_WINE, Wine } from '../wine.ts';

const COMPILER = 'x86_64-w64-mingw32-gcc';
const NO_COMPILER = spawnSync(COMPILER, ['--version']).error && 'no compiler: apt-get install gcc-mingw-w64-x86-64';
const wine = test.skipIf(NO_WINE || NO_COMPILER);
let windows: Wine;
let environment: Readonly<Record<string, string>>;

beforeAll(() => {
  if (NO_WINE || NO_COMPILER) return;
  windows = Wine.prepare();
  windows.copy('src', 'test/windows', 'package.json');
  const library = join(windows.folder, 'winbio.dll');
  const flags = ['-O1', '-Wall', '-Werror', '-shared', '-static-libgcc'];
  execFileSync(COMPILER, [...flags, '-o', library, join(windows.folder, 'test/windows/winbio.c')]);
  environment = { WHORL_FAKE_WINBIO: windows.path(library) };
});
afterAll(() => windows?.[Symbol.asyncDispose]());

wine.each(['callback', 'message'])('the driver, notified by %s', async (notification) => {
  const said = join(windows.folder, `${notification}.json`);
  const program = windows.path(join(windows.folder, 'test/windows/exercise.ts'));
  const { status, stderr } = await windows.start([program, notification, '200', windows.path(said)], environment).ended;
  expect(status, stderr).toBe(0);
  expect(JSON.parse(readFileSync(said, 'utf8'))).toMatchObject({ platform: 'win32', notification, operations: 1000 });
});

wine('ten thousand operations by the functions', async () => {
  const program = windows.path(join(windows.folder, 'test/windows/exercise-system.ts'));
  const { status, stdout, stderr } = await windows.start([program, '2000'], environment).ended;
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ operations: 10_000 });
});

wine('the functions: one program with the outcome it has on a service of ours, and the clauses', async () => {
  await using host = await createHost();
  const { winbio } = host.process();
  const onService = await runEither({
    winbio,
    async touch(finger) {
      await host.settle();
      await host.touch(finger);
    },
  });
  const program = windows.path(join(windows.folder, 'test/windows/wine/system-program.ts'));
  const { status, stdout, stderr } = await windows.start([program], environment).ended;
  expect(status, stderr).toBe(0);
  const { either, passed, ...said } = JSON.parse(stdout);
  expect(said).toEqual({ platform: 'win32', failures: [], left: [0, 0] });
  expect(either).toEqual(JSON.parse(JSON.stringify(onService)));
  expect(passed).toBeGreaterThan(100);
});
