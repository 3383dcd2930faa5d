/** `npm run -s test:load [-- --waiting 200 --per-minute 1000 --minutes 10]`: prints the measurements as JSON. */

import { parseArgs } from 'node:util';
import { runLoad } from './load-run.ts';

const { values } = parseArgs({
  options: {
    waiting: { type: 'string', default: '200' },
    'per-minute': { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '10' },
  },
});
const report = await runLoad(
  { waiting: Number(values.waiting), perMinute: Number(values['per-minute']), minutes: Number(values.minutes) },
  (line) => process.stderr.write(`${line}\n`),
);
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.lost === 0 ? 0 : 1;
