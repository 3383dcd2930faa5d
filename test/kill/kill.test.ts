/** A few kills; `npm run -s test:kill` runs many. */

import { expect, test } from 'vitest';
import { SEED } from '../support/seed.ts';
import { runKills } from './kill-run.ts';
import { runRecordsKills } from './records-run.ts';
import { runRotationKills } from './rotation-run.ts';

const KILLS = 4;

test(`${KILLS} kills lose nothing that was acknowledged (seed ${SEED})`, { timeout: 300_000 }, async () => {
  const report = await runKills(KILLS, SEED, () => {});
  expect(report.violations).toEqual([]);
  expect(report.commits).toBeGreaterThan(0);
  expect(report.identified).toBeGreaterThan(0);
});

test('kills while the keys are being rotated lose nothing', { timeout: 120_000 }, async () => {
  const { violations } = await runRotationKills({ kills: 2, templates: 100, seed: SEED });
  expect(violations).toEqual([]);
});

test('a kill while people come and go leaves nothing half deleted, and no line is lost', {
  timeout: 120_000,
}, async () => {
  const { violations } = await runRecordsKills(1, SEED, () => {});
  expect(violations).toEqual([]);
});
