/** The library of `winbio.c` as a winbio.dll. */

import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../../tools/packages/package-table.ts';
import type { Wine } from './wine.ts';

const COMPILER = 'x86_64-w64-mingw32-gcc';

/** Why it cannot be compiled; false where it can. */
export const NO_MINGW = spawnSync(COMPILER, ['--version']).error
  ? 'no compiler for Windows: apt-get install gcc-mingw-w64-x86-64'
  : false;

/** Compiles it into the folder; its path there, as Windows has it. */
export function buildFakeDll(windows: Wine): string {
  const library = join(windows.folder, 'winbio.dll');
  const flags = ['-O1', '-Wall', '-Werror', '-shared', '-static-libgcc'];
  execFileSync(COMPILER, [...flags, '-o', library, join(ROOT, 'test/windows/winbio.c')]);
  return windows.path(library);
}
