/** The files of the package as they are installed: those of `packages/debian/root` and of `@whorl/daemon`, and what is made of the sources. */

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { udevRules } from '../../src/drivers/libfprint/udev-rules.ts';
import { ROOT } from '../packages/package-table.ts';
import { libfprintIds } from './libfprint-ids.ts';
import { installProduction } from './production-modules.ts';
import { version } from './version.ts';

/** What `@whorl/daemon` has for those who install it with npm, and where it goes. */
const FROM_DAEMON: readonly (readonly [from: string, to: string])[] = [
  ['systemd/whorl.service', 'usr/lib/systemd/system/whorl.service'],
  ['desktop/unit.conf', 'usr/lib/systemd/system/whorl.service.d/desktop.conf'],
  ['desktop/bus-policy.conf', 'usr/share/dbus-1/system.d/whorl.conf'],
  ['desktop/net.reactivated.Fprint.service', 'usr/share/dbus-1/system-services/net.reactivated.Fprint.service'],
  ['desktop/pam-config', 'usr/share/pam-configs/whorl'],
];

/** Who the changelog is signed by, and when. */
interface Signature {
  readonly maintainer: string;
  /** Seconds since 1970. */
  readonly epoch: number;
}

/** Lays the files below `tree`; npm works in the folder `modules`. */
export function layInstalledTree(tree: string, modules: string, signature: Signature): void {
  cpSync(join(ROOT, 'packages/debian/root'), tree, { recursive: true });
  installProduction(modules, join(tree, 'usr/lib/whorl/node_modules'));
  for (const [from, to] of FROM_DAEMON) put(join(tree, to), readFileSync(join(ROOT, 'packages/daemon', from)));
  put(join(tree, 'usr/lib/udev/rules.d/70-whorl-readers.rules'), udevRules(libfprintIds()));
  put(join(tree, 'usr/share/doc/whorl/changelog.gz'), gzipSync(changelog(signature), { level: 9 }));
  const manual = readFileSync(join(ROOT, 'packages/debian/whorl.1'));
  put(join(tree, 'usr/share/man/man1/whorl.1.gz'), gzipSync(manual, { level: 9 }));
  normalizeModes(tree);
  const node = join(tree, 'usr/lib/whorl/bin/node');
  mkdirSync(dirname(node));
  // As Debian's own programs are: symbols are a seventh of it.
  execFileSync('strip', ['--strip-unneeded', '-o', node, join(ROOT, 'node_modules/node/bin/node')]);
  for (const program of [node, join(tree, 'usr/bin/whorl')]) chmodSync(program, 0o755);
}

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Debian Policy 4.4. */
function changelog({ maintainer, epoch }: Signature): string {
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', '+0000');
  return `whorl (${version()}) unstable; urgency=medium\n\n  * Release ${version()}.\n\n -- ${maintainer}  ${date}\n`;
}

/** No file is a program, but where it is said to be; the account that builds leaves no trace. */
function normalizeModes(tree: string): void {
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
