/** The unmodified pam_fprintd at our service, by PAM services of the test's own. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DBusError, DBusInterface } from 'dbus-native';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WINBIO_FP_POOR_QUALITY } from '../../src/core/constants.ts';
import { DesktopWorld, type Program } from './desktop-world.ts';
import { NO_DESKTOP } from './private-bus.ts';

const MATRIX = '/usr/lib/x86_64-linux-gnu/pam_wrapper/pam_matrix.so';
const NO_PAM = NO_DESKTOP ?? (existsSync(MATRIX) ? undefined : 'apt-get install libpam-wrapper');
const ANNA = { person: 1, finger: 'right-index' } as const;
const STRANGER = { person: 2, finger: 'right-index' } as const;

/** PAM services, by name. */
const SERVICES: Readonly<Record<string, string>> = {
  finger: 'auth required pam_fprintd.so max-tries=2 timeout=10',
  'finger-or-password': `auth sufficient pam_fprintd.so max-tries=1 timeout=10\nauth required ${MATRIX} passdb=PASSWORDS`,
  password: `auth required ${MATRIX} passdb=PASSWORDS`,
  other: 'auth required pam_deny.so',
};

describe.skipIf(NO_PAM !== undefined)(`pam_fprintd at our service (needs: ${NO_PAM ?? 'nothing'})`, () => {
  let world: DesktopWorld;
  let device: DBusInterface;
  beforeAll(async () => {
    world = await DesktopWorld.start();
    device = await world.device(await world.client());
    await world.enroll(device, 'right-index-finger', ANNA, 'root');
    const folder = join(world.bus.folder, 'pam');
    mkdirSync(folder);
    const passwords = join(world.bus.folder, 'passwords');
    const everyone = Object.keys(SERVICES).map((service) => `root:secret:${service}`);
    writeFileSync(passwords, `${everyone.join('\n')}\n`);
    for (const [name, lines] of Object.entries(SERVICES)) {
      writeFileSync(join(folder, name), `${lines.replace('PASSWORDS', passwords)}\naccount required pam_permit.so\n`);
    }
  });
  afterAll(async () => await world[Symbol.asyncDispose]());

  /** Authenticates as a user by one of the services. */
  const authenticate = (service: string, user = 'root'): Program =>
    world.run('pamtester', [service, user, 'authenticate'], {
      LD_PRELOAD: 'libpam_wrapper.so',
      PAM_WRAPPER: '1',
      PAM_WRAPPER_SERVICE_DIR: join(world.bus.folder, 'pam'),
    });

  test('lets in with the finger, twice in a row: the module leaves without letting go', async () => {
    for (const impression of [20, 21]) {
      const login = authenticate('finger');
      await world.fingerNeeded(device);
      await world.touch({ ...ANNA, impression });
      expect(await login.ended, login.output).toBe(0);
      expect(login.output).toContain('successfully authenticated');
    }
  });

  test('gives another try after a finger that does not match', async () => {
    const login = authenticate('finger');
    await world.fingerNeeded(device);
    await world.touch(STRANGER);
    await world.fingerNeeded(device);
    await world.touch({ ...ANNA, impression: 22 });
    expect(await login.ended, login.output).toBe(0);
    expect(login.output).toContain('Failed to match fingerprint');
  });

  test('asks again for a touch that was too bad, which costs no try', async () => {
    const login = authenticate('finger');
    await world.fingerNeeded(device);
    await world.service.virtualReader().presentRejected(WINBIO_FP_POOR_QUALITY);
    await world.fingerNeeded(device);
    await world.touch({ ...ANNA, impression: 23 });
    expect(await login.ended, login.output).toBe(0);
    expect(login.output).not.toContain('Failed to match fingerprint');
  });

  test('does not let in with fingers that do not match', async () => {
    const login = authenticate('finger');
    for (const impression of [1, 2]) {
      await world.fingerNeeded(device);
      await world.touch({ ...STRANGER, impression });
    }
    expect(await login.ended).not.toBe(0);
  });

  test('does not ask for the finger of a user who has none, or whom nobody knows', async () => {
    for (const user of ['daemon', 'nobody-of-this-name']) {
      const login = authenticate('finger', user);
      expect(await login.ended, login.output).not.toBe(0);
      expect(login.output).not.toContain('Place your finger');
    }
  });

  test('the password lets in where the finger does not', async () => {
    const login = authenticate('finger-or-password');
    await world.fingerNeeded(device);
    await world.touch(STRANGER);
    login.child.stdin?.end('secret\n');
    expect(await login.ended, login.output).toBe(0);
  });

  test('the password comes first while a finger is awaited: what waits is ended, and the next one works', async () => {
    const finger = authenticate('finger');
    await world.fingerNeeded(device);
    const password = authenticate('password');
    password.child.stdin?.end('secret\n');
    expect(await password.ended, password.output).toBe(0);
    // As a login screen does with the conversation that it does not need any more.
    finger.child.kill('SIGTERM');
    await finger.ended;
    const next = authenticate('finger');
    await world.fingerNeeded(device);
    await world.touch({ ...ANNA, impression: 24 });
    expect(await next.ended, next.output).toBe(0);
  });

  test('a client that is killed in the middle of a verification leaves a reader that the next one can claim', async () => {
    const killed = world.run('fprintd-verify', ['root']);
    await killed.printed('Verifying: right-index-finger');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const list = await world.client();
    const other = await world.device(list);
    for (;;) {
      const refused = await other.Claim('root').catch((thrown: DBusError) => thrown.dbusName);
      if (refused === undefined) break;
      expect(refused).toBe('net.reactivated.Fprint.Error.AlreadyInUse');
      await wait(10);
    }
    await other.Release();
  });

  test('without a service the password is asked for', async () => {
    await world.daemon[Symbol.asyncDispose]();
    const login = authenticate('finger-or-password');
    login.child.stdin?.end('secret\n');
    expect(await login.ended, login.output).toBe(0);
    const finger = authenticate('finger');
    expect(await finger.ended).not.toBe(0);
  });
});
