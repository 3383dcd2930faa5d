/** A short attack; `npm run -s test:hostile` is the long one, with latencies and memory. */

import { expect, test } from 'vitest';
import { SEED } from '../support/seed.ts';
import { runHostile } from './hostile-run.ts';

const FRAMES = 10_000;

test(`${FRAMES} hostile frames and a thousand silent clients harm nobody (seed ${SEED})`, {
  timeout: 300_000,
}, async () => {
  const report = await runHostile(FRAMES, SEED, { measureMs: 200 });
  // Most changes break something, and some do not.
  expect(report.refused).toBeGreaterThan(FRAMES / 4);
  expect(report.refused).toBeLessThan(FRAMES);
  expect(report.crowd).toBe(1000);
});
