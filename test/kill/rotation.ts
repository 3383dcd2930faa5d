/** `npm run -s test:kill-rotation -- [--kills 50] [--templates 3000] [--seed S]`: exit code 1 when anything was lost. */

import { parseArgs } from 'node:util';
import { runRotationKills } from './rotation-run.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    templates: { type: 'string', default: '3000' },
    seed: { type: 'string' },
  },
});
const report = await runRotationKills({
  kills: Number(values.kills),
  templates: Number(values.templates),
  seed: Number(values.seed ?? Math.floor(Math.random() * 2 ** 20)),
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.violations.length > 0 ? 1 : 0;
