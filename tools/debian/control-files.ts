/** What Debian's tools read of the package: `DEBIAN/control`, the scripts of `packages/debian`, the sums of the files. */

import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../packages/package-table.ts';
import { version } from './version.ts';

/** Debian's names of architectures. Debian Policy, "Architecture specification strings". */
const ARCHITECTURES: Readonly<Partial<Record<NodeJS.Architecture, string>>> = { x64: 'amd64', arm64: 'arm64' };

const SCRIPTS = ['preinst', 'postinst', 'prerm', 'postrm'];

/** What Debian calls this machine. */
export function debianArchitecture(): string {
  const name = ARCHITECTURES[process.arch];
  if (name === undefined) throw new TypeError(`Node.js has no binary for Debian on ${process.arch}`);
  return name;
}

/** Writes `DEBIAN` into `tree`, which is otherwise complete. */
export function writeControlFiles(tree: string, maintainer: string): void {
  const files = filesOf(tree);
  const sums = files.map(
    (file) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(tree, file)}`,
  );
  const from = join(ROOT, 'packages/debian');
  const into = join(tree, 'DEBIAN');
  mkdirSync(into);
  const values: Readonly<Record<string, string>> = {
    version: version(),
    architecture: debianArchitecture(),
    maintainer,
    installedSize: String(kibibytesOf(tree)),
  };
  const control = readFileSync(join(from, 'control'), 'utf8').replace(/@(\w+)@/g, (_, name: string) =>
    String(values[name]),
  );
  writeFileSync(join(into, 'control'), control);
  writeFileSync(join(into, 'md5sums'), `${sums.join('\n')}\n`);
  copyFileSync(join(from, 'conffiles'), join(into, 'conffiles'));
  for (const script of SCRIPTS) {
    copyFileSync(join(from, script), join(into, script));
    chmodSync(join(into, script), 0o755);
  }
}

/** Files below `folder`, sorted by their path. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** As Debian counts: each file by whole KiB, each folder as one. deb-substvars(5), "Installed-Size". */
function kibibytesOf(tree: string): number {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .map((path) => lstatSync(join(tree, path)))
    .reduce((sum, stat) => sum + (stat.isFile() ? Math.ceil(stat.size / 1024) : 1), 1);
}
