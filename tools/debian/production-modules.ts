/** What the command needs at run time: our packages as npm packs them, and the rest as the lock file says. */

import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PACKAGES, ROOT } from '../packages/package-table.ts';

/** What nothing loads there: types, source maps, settings of editors and tools, and binaries for other systems. */
const LEFT_OUT = [
  /\.d\.[cm]?ts(?:\.map)?$/,
  /\.map$/,
  /\/node_modules\/(?:.*\/)?\.[^/]+$/,
  new RegExp(`/prebuilds/(?!${process.platform}-${process.arch}(?:/|$))[^/]+`),
  /[._-]musl(?:[._-]|$)|\/musl_\w+(?:\/|$)/,
];

/** Installs into `work`, a folder that does not exist, and copies `node_modules` to `target`. */
export function installProduction(work: string, target: string): void {
  mkdirSync(work);
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(ROOT, file), join(work, file));
  for (const { folder } of PACKAGES) {
    const into = join(work, 'packages', folder);
    mkdirSync(into, { recursive: true });
    copyFileSync(join(ROOT, 'packages', folder, 'package.json'), join(into, 'package.json'));
  }
  npm(work, 'ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--silent');
  const modules = join(work, 'node_modules');
  for (const { name, folder } of PACKAGES) {
    // npm links the packages of a workspace; users get what it packs.
    const place = join(modules, name);
    rmSync(place);
    mkdirSync(place);
    const packed = npm(
      join(ROOT, 'packages', folder),
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      work,
    );
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    execFileSync('tar', ['-xzf', join(work, basename(filename)), '-C', place, '--strip-components=1']);
  }
  cpSync(modules, target, { recursive: true, filter: (path) => !LEFT_OUT.some((pattern) => pattern.test(path)) });
}

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8' });
}
