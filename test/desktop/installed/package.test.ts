/** The Debian package in a fresh system: installed, started, asked by sudo, and taken away. */

import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/exports/whorl/index.ts';
import { DebianRoot, NO_DEBIAN_ROOT } from './debian-root.ts';

/** What the package needs, what it recommends, and what the test uses. libpam-systemd is a logind, which polkit asks for. */
const PACKAGES = ['adduser', 'dbus', 'libfprint-2-2', 'libpam-systemd', 'fprintd', 'libpam-fprintd', 'sudo'];
const CONFIGURATION = '/etc/whorl/whorl.config.json';
const SOCKET = '/run/whorl/whorl.sock';
const PASSWORD = 'a password of alice';

describe.skipIf(NO_DEBIAN_ROOT !== undefined)(
  `the Debian package${NO_DEBIAN_ROOT ? `: ${NO_DEBIAN_ROOT}` : ''}`,
  () => {
    const output = mkdtempSync(join(tmpdir(), 'whorl-deb-'));
    let deb = '';
    let root: DebianRoot;
    let before: ReadonlyMap<string, string>;

    beforeAll(async () => {
      [root, deb] = await Promise.all([DebianRoot.make(PACKAGES), built(output)]);
      await root.must('useradd', '--create-home', '--groups', 'sudo', 'alice');
      await root.run(['chpasswd'], { input: `alice:${PASSWORD}\n` });
      before = root.snapshot();
      copyFileSync(deb, root.path(`tmp/${basename(deb)}`));
    });
    afterAll(async () => {
      await root?.[Symbol.asyncDispose]();
      rmSync(output, { recursive: true, force: true });
    });

    test('is the same bytes when it is built again', async () => {
      const again = join(output, 'again');
      expect(readFileSync(await built(again)).equals(readFileSync(deb))).toBe(true);
    });
  },
);

/** Builds the package into `folder`; resolves to its path. */
async function built(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'debian', '--', '--output', folder]);
  return stdout.trim();
}
