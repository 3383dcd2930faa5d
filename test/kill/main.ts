/** `npm run -s test:kill -- --kills N [--seed S] [--json]`: exit code 1 when anything was lost. */

import { parseArgs } from 'node:util';
import { runKills } from './kill-run.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' }, json: { type: 'boolean' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const report = await runKills(Number(values.kills), seed, (line) => process.stderr.write(`${line}\n`));
if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  const { violations, ...figures } = report;
  for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name}: ${value}\n`);
  process.stdout.write(`${violations.length} violations\n${violations.map((line) => `  ${line}\n`).join('')}`);
}
process.exitCode = report.violations.length > 0 ? 1 : 0;
