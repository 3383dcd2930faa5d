/** Emits `dist/` from `src/`, and the console's pages into `dist/console`. Usage: node tools/build/main.ts */

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });
const run = (program: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [`${root}/node_modules/${program}`, ...args], { cwd: root, stdio: 'inherit' }).status ??
  1;
process.exitCode =
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json') ||
  run('vite/bin/vite.js', 'build', '--config', 'console/vite.config.ts');
