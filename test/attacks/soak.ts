/** `npm run -s test:soak [-- --minutes 30 --clients 50]`: prints the measurements as JSON. */

import { parseArgs } from 'node:util';
import { runSoak } from './soak-run.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    clients: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const report = await runSoak({
  minutes: Number(values.minutes),
  clients: Number(values.clients),
  seed: Number(values.seed),
  attackMs: 20_000,
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
const { wrong, misplaced, left, unexpected } = report;
const isClean = wrong + misplaced + left.handles + left.waiting === 0 && Object.keys(unexpected).length === 0;
process.exitCode = isClean ? 0 : 1;
