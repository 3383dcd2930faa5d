/** `npm run -s test:attacks [-- --seconds 10] [--only 5,6]`: prints the measurements as JSON. */

import { parseArgs } from 'node:util';
import { runAttacks } from './attack-run.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' }, only: { type: 'string' } } });
const attackMs = 1000 * Number(values.seconds);
const reports = await runAttacks({
  attackMs,
  quietMs: 4000,
  settleMs: 15_000,
  beside: true,
  ...(values.only !== undefined && { only: values.only.split(',').map(Number) }),
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
process.exitCode = reports.every(({ survived }) => survived) ? 0 : 1;
