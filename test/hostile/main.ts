/** `npm run -s test:hostile -- [--frames N] [--seed S]`: prints the measurements as JSON. */

import { parseArgs } from 'node:util';
import { runHostile } from './hostile-run.ts';

const { values } = parseArgs({ options: { frames: { type: 'string', default: '1000000' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 20));
const report = await runHostile(Number(values.frames), seed, { log: (line) => process.stderr.write(`${line}\n`) });
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
