/** `npm run -s test:attacks [-- --seconds 10]`: prints the measurements as JSON. */

import { parseArgs } from 'node:util';
import { runAttacks } from './attack-run.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
const attackMs = 1000 * Number(values.seconds);
const reports = await runAttacks({ attackMs, quietMs: 4000, log: (line) => process.stderr.write(`${line}\n`) });
process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
process.exitCode = reports.every(({ survived }) => survived) ? 0 : 1;
