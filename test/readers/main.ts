/**
 * `npm run -s test:readers -- [--untouched-minutes 10] [--times 500] [--kills 100]`: every reader there is a recording or an
 * emulation of, and what takes long. What is not installed is said and left out.
 */

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const { values } = parseArgs({
  options: {
    'untouched-minutes': { type: 'string', default: '10' },
    times: { type: 'string', default: '500' },
    kills: { type: 'string', default: '100' },
  },
});

/** Runs a program of this Node; resolves with its exit code. */
function run(...program: readonly string[]): Promise<number> {
  const { promise, resolve: done } = Promise.withResolvers<number>();
  const env = { ...process.env, WHORL_READERS_FULL: '1' };
  const child = spawn(process.execPath, program, { cwd: ROOT, stdio: 'inherit', env });
  child.once('exit', (code) => done(code ?? 1));
  return promise;
}

const long = (name: string, ...given: readonly string[]) => run(join('test/readers/libfprint', `${name}.ts`), ...given);

// Whoever waits untouched leaves the machine to the others.
const untouched = long('untouched', values['untouched-minutes']);
const codes = [
  await run('node_modules/vitest/vitest.mjs', 'run', 'test/readers'),
  await long('many-times', values.times),
  await long('killed', values.kills),
  await untouched,
];
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
