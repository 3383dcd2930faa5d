/** A few seconds of load; `npm run -s test:load` is ten minutes of it. */

import { expect, test } from 'vitest';
import { runLoad } from './load-run.ts';

test('clients that wait and one that identifies lose nothing', { timeout: 120_000 }, async () => {
  const report = await runLoad({ waiting: 50, perMinute: 300, minutes: 0.1 }, () => {});
  expect(report).toMatchObject({ identifications: 30, lost: 0, wrong: 0 });
  expect(report.identified).toBeGreaterThan(25);
});
