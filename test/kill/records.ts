/** `npm run -s test:kill-records -- [--kills 100] [--seed S]`: exit code 1 when anything was lost. */

import { parseArgs } from 'node:util';
import { runRecordsKills } from './records-run.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const report = await runRecordsKills(Number(values.kills), seed, (line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.violations.length > 0 ? 1 : 0;
