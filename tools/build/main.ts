/** Builds the packages: `packages/<package>/dist` from `src/`, with the console's pages. Usage: node tools/build/main.ts */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutPackages } from '../packages/cut-packages.ts';
import { ROOT } from '../packages/package-table.ts';

const emitted = mkdtempSync(join(tmpdir(), 'whorl-build-'));
try {
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', emitted);
  cutPackages(emitted);
  run('vite/bin/vite.js', 'build', '--config', 'console/vite.config.ts');
  cpSync(join(ROOT, 'docs/whorl.config.schema.json'), join(ROOT, 'packages/daemon/whorl.config.schema.json'));
} finally {
  rmSync(emitted, { recursive: true, force: true });
}

function run(program: string, ...args: readonly string[]): void {
  const options = { cwd: ROOT, stdio: 'inherit' } as const;
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', program), ...args], options);
  if (status !== 0) process.exit(status ?? 1);
}
