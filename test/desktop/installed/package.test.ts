/** The Debian package in a fresh system: installed, started, asked by sudo, and taken away. */

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type SyntheticFinger } from '../../../src/exports/whorl/index.ts';
import { DebianRoot, type Ended, NO_DEBIAN_ROOT } from './debian-root.ts';

/** What the package needs, what it recommends, and what the test uses. libpam-systemd is a logind, which polkit asks for. */
const PACKAGES = ['adduser', 'dbus', 'libfprint-2-2', 'libpam-systemd', 'fprintd', 'libpam-fprintd', 'sudo'];
const CONFIGURATION = '/etc/whorl/whorl.config.json';
const UNIT = '/usr/lib/systemd/system/whorl.service';
const ACTIVATION = '/usr/share/dbus-1/system-services/net.reactivated.Fprint.service';
/** The process of the service, as start-stop-daemon finds it. */
const SERVICE = ['--user', 'whorl', '--exec', '/usr/lib/whorl/bin/node'];
const PASSWORD = 'a password of alice';
const OWN_FINGER: SyntheticFinger = { person: 1, finger: 'right-index' };
const STRANGER: SyntheticFinger = { person: 2, finger: 'right-index' };

describe.skipIf(NO_DEBIAN_ROOT !== undefined)(
  `the Debian package${NO_DEBIAN_ROOT ? `: ${NO_DEBIAN_ROOT}` : ''}`,
  () => {
    const output = mkdtempSync(join(tmpdir(), 'whorl-deb-'));
    let deb: string;
    let root: DebianRoot;
    let before: ReadonlyMap<string, string>;

    beforeAll(async () => {
      [root, deb] = await Promise.all([DebianRoot.make(PACKAGES), built(output)]);
      await root.must('useradd', '--create-home', '--groups', 'sudo', 'alice');
      await root.run(['chpasswd'], { input: `alice:${PASSWORD}\n` });
      // sudo looks its own machine up, and leaves a note at the first success.
      writeFileSync(root.path('etc/hosts'), `127.0.0.1 localhost ${hostname()}\n`);
      expect((await sudo({ password: PASSWORD })).output).toContain('uid=0');
      before = root.snapshot();
      copyFileSync(deb, root.path(`tmp/${basename(deb)}`));
      await root.must('dbus-uuidgen', '--ensure');
      await root.must('install', '-d', '/run/dbus');
    });
    afterAll(async () => {
      await root?.[Symbol.asyncDispose]();
      rmSync(output, { recursive: true, force: true });
    });

    test('is the same bytes when it is built again', async () => {
      expect(readFileSync(await built(join(output, 'again'))).equals(readFileSync(deb))).toBe(true);
    });

    test('installs: an account, a folder that it alone reads, a unit that systemd takes and starts', async () => {
      await root.must('dpkg', '-i', `/tmp/${basename(deb)}`);
      expect(await root.must('stat', '-c', '%U %a', '/var/lib/whorl')).toBe('whorl 700');
      expect(await root.must('systemctl', 'is-enabled', 'whorl')).toBe('enabled');
      expect((await root.run(['systemd-analyze', 'verify', '--man=no', 'whorl.service'])).output).toBe('');
      expect(await root.must('whorl', 'config', 'check', CONFIGURATION)).toContain(CONFIGURATION);
      expect(readFileSync(root.path(ACTIVATION), 'utf8')).toContain('User=whorl');
      // Nobody asked for it yet.
      expect(readFileSync(root.path('/etc/pam.d/common-auth'), 'utf8')).not.toContain('pam_fprintd');
    });

    test('is installed over itself, and keeps what the administrator wrote', async () => {
      const written = JSON.parse(readFileSync(root.path(CONFIGURATION), 'utf8')) as object;
      const changed = { ...written, readers: [{ kind: 'virtual', name: 'desk' }], engineThreads: 1 };
      writeFileSync(root.path(CONFIGURATION), JSON.stringify(changed));
      await root.must('dpkg', '-i', `/tmp/${basename(deb)}`);
      expect(JSON.parse(readFileSync(root.path(CONFIGURATION), 'utf8'))).toEqual(changed);
    });

    test('is started by the message bus, and fprintd-enroll enrolls a finger', async () => {
      await root.must('dbus-daemon', '--system', '--fork');
      // The first question starts the service, under its own account.
      expect((await root.run(['fprintd-list', 'alice'])).output).toContain('no fingers enrolled');
      expect(await isServing()).toBe(true);

      const enrolling = ['fprintd-enroll', '--finger', 'right-index-finger', 'alice'];
      // polkit is asked, and of those who do not sit at the machine it lets only root enroll.
      expect((await root.run(enrolling, { as: 'alice' })).output).toContain('PermissionDenied');
      await using _touching = keepTouching(root, OWN_FINGER);
      const enrolled = await root.run(enrolling);
      expect(enrolled.output).toContain('enroll-completed');
    });

    test('sudo takes the finger once the administrator says so', async () => {
      await root.must('pam-auth-update', '--enable', 'whorl');
      expect(await sudo({ finger: OWN_FINGER })).toMatchObject({ code: 0 });
    });

    test('sudo asks for the password after another finger', async () => {
      expect(await sudo({ finger: STRANGER })).toMatchObject({ code: 1 });
      const asked = await sudo({ finger: STRANGER, password: PASSWORD });
      expect(asked).toMatchObject({ code: 0 });
      expect(asked.output).toContain('Failed to match');
    });

    test('runs in the way of the unit', async () => {
      await stopService();
      const unit = readFileSync(root.path(UNIT), 'utf8');
      const command = /^ExecStart=(.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
      const home = /^Environment=(WHORL_HOME=.*)$/m.exec(unit)?.[1] ?? '';
      const service = root.start(['env', home, ...command], 'whorl');
      const ended = once(service, 'exit');
      await using reached = await connect({ address: root.path('/run/whorl/whorl.sock'), waitMs: 60_000 });
      expect(await reached.administration.status()).toBeDefined();
      expect(await sudo({ finger: OWN_FINGER })).toMatchObject({ code: 0 });
      service.kill();
      await ended;
    });

    test('sudo takes the password where the service does not start', async () => {
      await stopService();
      const good = readFileSync(root.path(CONFIGURATION), 'utf8');
      writeFileSync(root.path(CONFIGURATION), '{');
      expect(await sudo({ password: PASSWORD })).toMatchObject({ code: 0 });
      writeFileSync(root.path(CONFIGURATION), good);
    });

    test('goes, with what it says, and leaves the system as it was', async () => {
      await root.run(['fprintd-list', 'alice']);
      expect(await isServing()).toBe(true);
      const purged = await root.must('apt-get', 'purge', '--yes', 'whorl');
      expect(purged).toContain('/var/lib/whorl are deleted');
      expect(existsSync(root.path('/run/whorl'))).toBe(false);
      expect((await root.run(['dpkg-divert', '--list', '*Fprint*'])).output).toBe('');
      expect(differences(before, root.snapshot())).toEqual([]);
      expect((await sudo({ password: PASSWORD })).output).toContain('uid=0');
    });

    /** `sudo id` of alice, who is asked anew. */
    async function sudo({ finger, password }: { finger?: SyntheticFinger; password?: string }): Promise<Ended> {
      await using _touching = finger && keepTouching(root, finger);
      const input = password === undefined ? '' : `${password}\n`;
      return await root.run(['sudo', '-k', '-S', 'id'], { as: 'alice', input });
    }

    /** Whether a process of the service runs, under its account. */
    async function isServing(): Promise<boolean> {
      return (await root.run(['start-stop-daemon', '--status', ...SERVICE])).code === 0;
    }

    async function stopService(): Promise<void> {
      await root.must('start-stop-daemon', '--stop', '--oknodo', ...SERVICE, '--retry', '30');
    }
  },
);

/** Puts a finger on the virtual reader, again and again, until it is disposed of: what waits for a finger gets one. */
function keepTouching(root: DebianRoot, finger: SyntheticFinger): AsyncDisposable {
  let isOver = false;
  const touching = (async () => {
    await using service = await connect({ address: root.path('/run/whorl/whorl.sock') });
    const reader = service.virtualReader('desk');
    for (let impression = 0; !isOver; )
      if ((await reader.touch({ ...finger, impression })) === 'captured') impression++;
  })();
  return {
    async [Symbol.asyncDispose]() {
      isOver = true;
      await touching;
    },
  };
}

/** Paths that are there on one side only, or differ. */
function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${before.get(path) ?? 'nothing'} -> ${after.get(path) ?? 'nothing'}`);
}

/** Builds the package into `folder`; resolves to its path. */
async function built(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'debian', '--', '--output', folder]);
  return stdout.trim();
}
