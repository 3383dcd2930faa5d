/**
 * Proves that the paired trial of the engine's benchmarks notices a slowdown of 5 %: for an extraction against itself
 * the interval of the ratio must contain 1; against one that idles for a twentieth of its time it must not. Usage: node
 * bench/slowdown.ts [--rounds 300] [--json]
 */

import { parseArgs } from 'node:util';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { pairedTrial } from '../src/evaluation/paired-trial.ts';
import { round } from '../src/evaluation/statistics.ts';
import { extractImpression } from '../src/fingerprint/extract.ts';
import { synthesizeFinger } from '../src/fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../src/fingerprint/synthesis/synthesize-impression.ts';

const SEED = 1;
const SLOWDOWN = 0.05;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '300' }, json: { type: 'boolean' } } });
const rounds = Number(values.rounds);
const image = synthesizeImpression(synthesizeFinger(SEED), { seed: 1, widthPx: 388, heightPx: 374 });

const extraction = (): void => {
  extractImpression(image);
};
/** The same work, then idle for a share of the time it took. */
const slower = (): void => {
  const start = performance.now();
  extractImpression(image);
  const end = performance.now() + SLOWDOWN * (performance.now() - start);
  while (performance.now() < end);
};

for (let i = 0; i < 30; i++) extraction();
const control = pairedTrial(extraction, extraction, rounds, SEED);
const slowed = pairedTrial(extraction, slower, rounds, SEED);
const seen = slowed.low > 1 && control.low <= 1 && control.high >= 1;
const report = {
  control: [round(control.low, 3), round(control.high, 3)],
  slowed: [round(slowed.low, 3), round(slowed.high, 3)],
  slowedRatio: round(slowed.ratio, 3),
  /** Half the width of the control's interval: smaller effects go unnoticed. */
  leastSeenPercent: round(50 * (control.high - control.low), 2),
  seen,
  rounds,
};
printReport({ ...report, ...conditions(SEED) }, values.json);
process.exitCode = seen ? 0 : 1;
