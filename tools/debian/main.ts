/**
 * Builds the Debian package for the architecture of this machine, with Debian's own `dpkg-deb` and `strip` and what npm
 * installs. The same sources give the same bytes. Usage: npm run -s debian -- [--output folder]
 *
 * `SOURCE_DATE_EPOCH` dates what is in it, seconds; default: the last commit. `DEBFULLNAME` and `DEBEMAIL` name the
 * maintainer, as with Debian's own tools. Prints the path of the package.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../packages/package-table.ts';
import { debianArchitecture, writeControlFiles } from './control-files.ts';
import { layInstalledTree } from './installed-tree.ts';
import { version } from './version.ts';

const { values } = parseArgs({ options: { output: { type: 'string', default: '.' } } });
const output = resolve(values.output);
const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? run('git', 'log', '-1', '--format=%ct'));
const maintainer = `${process.env.DEBFULLNAME ?? 'Whorl'} <${process.env.DEBEMAIL ?? 'whorl@localhost.localdomain'}>`;

process.umask(0o022);
const work = mkdtempSync(join(tmpdir(), 'whorl-debian-'));
try {
  const tree = join(work, 'tree');
  layInstalledTree(tree, join(work, 'modules'), { epoch, maintainer });
  writeControlFiles(tree, maintainer);
  mkdirSync(output, { recursive: true });
  const file = join(output, `whorl_${version()}_${debianArchitecture()}.deb`);
  // One thread: how many there are would show in the bytes. Level 10 takes 10 s and is within a tenth of xz, which takes 60.
  const compression = ['-Zzstd', '-z10', '--threads-max=1'];
  execFileSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', tree, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  console.log(file);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd: ROOT, encoding: 'utf8' }).trim();
}
