/** What a newcomer does, on Node.js for Windows: the tour, a service, its diagnosis, and every example. */

import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXAMPLE_OUTPUTS } from '../../packages/example-outputs.ts';
import { NO_WINE, untilWritten, Wine } from './wine.ts';

const wine = test.skipIf(NO_WINE);
let windows: Wine;

beforeAll(() => {
  if (NO_WINE) return;
  windows = Wine.prepare();
  windows.copy('examples', 'package.json');
});
afterAll(() => windows?.[Symbol.asyncDispose]());

wine('the tour walks through', async () => {
  const { status, stdout, stderr } = await windows.whorl('tour', '--once', '--json').ended;
  expect(status, stderr).toBe(0);
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(steps.length).toBeGreaterThan(5);
});

wine('a service, its state and its diagnosis', async () => {
  const service = windows.whorl('serve', '--json');
  await untilWritten(service, /"address"/);
  const [status, units, doctor] = await Promise.all(
    [windows.whorl('status', '--json'), windows.whorl('units', '--json'), windows.whorl('doctor', '--json')].map(
      (each) => each.ended,
    ),
  );
  expect([status?.status, units?.status]).toEqual([0, 0]);
  expect(JSON.parse(units?.stdout ?? '')).toHaveLength(1);
  // No reader is plugged in: the virtual one that stands in is what the diagnosis says.
  expect(doctor?.status, doctor?.stdout).toBe(0);
  expect(doctor?.stdout).toContain('those of Windows cannot be used');
});

wine('the readers are those of Windows, and what is missing is said of Windows', async () => {
  // Wine has no winbio.dll.
  const { status, stdout } = await windows.whorl('readers').ended;
  expect(status).toBe(0);
  expect(stdout).toMatch(/winbio\.dll cannot be used; Windows has it.*\nno fingerprint reader is plugged in\n/);
  expect(stdout).not.toContain('apt install');
});

for (const [name, lines] of Object.entries(EXAMPLE_OUTPUTS)) {
  wine(`examples/${name}`, async () => {
    const { stdout, stderr, status } = await windows.node(`examples/${name}`, '20').ended;
    expect(stdout.trim().split(/\r?\n/), stderr).toEqual(lines);
    expect(status).toBe(0);
  });
}

for (const folder of ['06-write-a-sensor-adapter', '07-write-a-storage-adapter']) {
  wine(`examples/${folder} passes its suite`, async () => {
    const suite = readdirSync(`examples/${folder}`).find((each) => each.endsWith('.test.ts'));
    const { stdout, status } = await windows.node(`examples/${folder}/${suite}`).ended;
    expect(stdout).toMatch(/# fail 0|ℹ fail 0/);
    expect(status).toBe(0);
  });
}
