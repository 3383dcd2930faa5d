/** `npm run test:readers`: everything about readers, also what takes minutes, and its figures. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';

const child = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/readers', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, WHORL_READERS: 'all' },
  },
);
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;
