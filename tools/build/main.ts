/**
 * Builds the packages: `packages/<package>/dist` from `src/`, with the console's pages. It may run while programs run from
 * these folders, and while another build does. Usage: node tools/build/main.ts
 */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathFaultOf } from '../../src/core/path-fault.ts';
import { cutPackages } from '../packages/cut-packages.ts';
import { PACKAGES, ROOT } from '../packages/package-table.ts';
import { takeBuildLock } from './build-lock.ts';
import { compressPages } from './compress-pages.ts';
import { copyWhenChanged, swapFolder } from './swap-folder.ts';

const packages = join(ROOT, 'packages');
const work = mkdtempSync(join(tmpdir(), 'whorl-build-'));
try {
  accessSync(packages, constants.W_OK);
  using _lock = takeBuildLock(join(packages, '.build.lock'), () =>
    process.stderr.write('another build of this checkout runs; waiting for it\n'),
  );
  build();
} catch (thrown) {
  const fault = pathFaultOf(thrown);
  if (fault === undefined) throw thrown;
  process.stderr.write(
    `WHORL_E_CONFIGURATION: ${fault.path}: ${fault.words}\nBuild in a checkout that this user can write.\n`,
  );
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function build(): void {
  const [emitted, staged] = [join(work, 'emitted'), join(work, 'staged')];
  if (!ran('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', emitted)) return;
  cutPackages(emitted, staged);
  const pages = join(staged, 'daemon', 'console');
  if (!ran('vite/bin/vite.js', 'build', '--config', 'console/vite.config.ts', '--outDir', pages)) return;
  compressPages(pages);
  for (const { folder } of PACKAGES) {
    swapFolder(join(staged, folder), join(packages, folder, 'dist'));
    copyWhenChanged(join(ROOT, 'LICENSE'), join(packages, folder, 'LICENSE'));
  }
  copyWhenChanged(join(ROOT, 'docs/whorl.config.schema.json'), join(packages, 'daemon/whorl.config.schema.json'));
}

/** Runs a program of the development dependencies; says whether it succeeded. */
function ran(program: string, ...args: readonly string[]): boolean {
  const options = { cwd: ROOT, stdio: 'inherit' } as const;
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', program), ...args], options);
  if (status !== 0) process.exitCode = status ?? 1;
  return status === 0;
}
