/** The driver and the functions of winbio.h on Node.js for Windows, with the library of ours as a winbio.dll. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOnService } from '../either-on-service.ts';
import { buildFakeDll, NO_MINGW } from './fake-dll.ts';
import { NO_WINE, Wine } from './wine.ts';

const wine = test.skipIf(NO_WINE || NO_MINGW);
let windows: Wine;
let library: string;
let environment: Readonly<Record<string, string>>;

beforeAll(() => {
  if (NO_WINE || NO_MINGW) return;
  windows = Wine.prepare();
  windows.copy('src', 'test/windows', 'package.json');
  library = buildFakeDll(windows);
  environment = { WHORL_FAKE_WINBIO: library };
});
afterAll(() => windows?.[Symbol.asyncDispose]());

wine.each([
  ['callback', 2000],
  ['message', 100],
] as const)('the driver, notified by %s', async (notification, rounds) => {
  const said = join(windows.folder, `${notification}.json`);
  const program = windows.path(join(windows.folder, 'test/windows/exercise.ts'));
  const { status, stderr } = await windows.start(
    [program, notification, String(rounds), windows.path(said)],
    environment,
  ).ended;
  expect(status, stderr).toBe(0);
  expect(JSON.parse(readFileSync(said, 'utf8'))).toMatchObject({
    platform: 'win32',
    notification,
    operations: 5 * rounds,
  });
});

wine('ten thousand operations by the functions', async () => {
  const program = windows.path(join(windows.folder, 'test/windows/exercise-system.ts'));
  const { status, stdout, stderr } = await windows.start([program, '2000'], environment).ended;
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ operations: 10_000 });
});

wine('the functions: one program with the outcome it has on a service of ours, and the clauses', async () => {
  const onService = await runOnService();
  const program = windows.path(join(windows.folder, 'test/windows/wine/system-program.ts'));
  const { status, stdout, stderr } = await windows.start([program], environment).ended;
  expect(status, stderr).toBe(0);
  const { either, passed, ...said } = JSON.parse(stdout);
  expect(said).toEqual({ platform: 'win32', failures: [], left: [0, 0] });
  expect(either).toEqual(JSON.parse(JSON.stringify(onService)));
  expect(passed).toBeGreaterThan(100);
});

wine('the report of a machine has every step, the service of Windows included', async () => {
  const out = join(windows.folder, 'report.json');
  const { status, stderr } = await windows.whorl(
    ...['windows', 'report', '--service', '--json', '--library', library, '--out', windows.path(out)],
  ).ended;
  const { steps } = JSON.parse(readFileSync(out, 'utf8')) as {
    steps: { step: string; outcome: string; found: object }[];
  };
  expect(
    steps.filter(({ outcome }) => outcome !== 'done'),
    stderr,
  ).toEqual([]);
  expect(steps.find(({ step }) => step.startsWith('clauses'))?.found).toMatchObject({ failing: [] });
  expect(steps.find(({ step }) => step === 'a service of Windows')?.found).toMatchObject({ remove: 'done' });
  expect(status).toBe(0);
});
