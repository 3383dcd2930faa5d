/** The tests of the socket that are about what clients may do, over a named pipe. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_WINE, Wine } from './wine.ts';

let windows: Wine;

beforeAll(() => {
  if (NO_WINE) return;
  windows = Wine.prepare();
  windows.copy('test/windows/wine/pipe-clients.ts', 'src', 'package.json');
});
afterAll(() => windows?.[Symbol.asyncDispose]());

test.skipIf(NO_WINE)('clients of the pipe do what clients of the socket may, and no more', async () => {
  const program = windows.path(`${windows.folder}/test/windows/wine/pipe-clients.ts`);
  const { stdout, stderr, status } = await windows.start(['--test-reporter=tap', program]).ended;
  expect(stdout, stderr).not.toMatch(/^ *not ok .*$/m);
  expect(stdout).toMatch(/# pass 1[0-9]/);
  expect(status).toBe(0);
});
