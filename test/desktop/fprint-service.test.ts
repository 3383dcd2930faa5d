/** A service in the place of fprintd, from its start to its end; `checklist.ts` says which of fprintd's tests each stands for. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { FPRINT_INTERFACES, FPRINT_NAME, FPRINT_PATHS } from '../../src/drivers/fprintd/fprint-interface.ts';
import { PRIVATE_DATABASE_ID, SYSTEM_DATABASE_ID } from '../../src/exports/whorl/index.ts';
import { DesktopWorld, refusal, Statuses } from './desktop-world.ts';
import { NO_DESKTOP, PrivateBus } from './private-bus.ts';

const ANNA = { person: 1, finger: 'right-index' } as const;
const ANNAS_THUMB = { person: 1, finger: 'left-thumb' } as const;
const BEN = { person: 2, finger: 'right-index' } as const;

describe.skipIf(NO_DESKTOP !== undefined)('the service in the place of fprintd', () => {
  test('without a reader there is none, and no first one', async () => {
    await using world = await DesktopWorld.start({ readers: [] });
    const bus = await world.client();
    const manager = (await bus.proxy(FPRINT_NAME, FPRINT_PATHS.manager)).$as(FPRINT_INTERFACES.manager);
    expect(await manager.GetDevices()).toEqual([]);
    expect(await refusal(manager.GetDefaultDevice())).toBe('NoSuchDevice');
  });

  test('a reader that fails ends what runs', async () => {
    await using world = await DesktopWorld.start();
    const device = await world.device(await world.client());
    const statuses = new Statuses();
    await device.$subscribe('EnrollStatus', statuses.take);
    await device.Claim('');
    await device.EnrollStart('left-thumb');
    await world.fingerNeeded(device);
    await world.service.virtualReader().fault();
    expect(await statuses.next()).toEqual(['enroll-unknown-error', true]);
    await device.EnrollStop();
    await device.Release();
  });

  test.skipIf(process.getuid?.() !== 0)('without polkit accounts may what the rules of access say', async () => {
    await using world = await DesktopWorld.start({ access: { users: ['daemon', 'bin'], enroll: ['bin'] } });
    const device = await world.device(await world.client());
    await world.enroll(device, 'right-index-finger', ANNA);
    world.bus.open();
    const as = async (uid: number, ...command: readonly string[]) => {
      const run = world.run('setpriv', [`--reuid=${uid}`, '--clear-groups', ...command]);
      await run.ended;
      return run.output;
    };
    expect(await as(65534, 'fprintd-list', 'nobody')).toContain('PermissionDenied');
    expect(await as(1, 'fprintd-list', 'daemon')).toContain('no fingers enrolled');
    for (const program of ['fprintd-list', 'fprintd-verify', 'fprintd-delete'])
      expect(await as(1, program, 'root'), program).toContain('PermissionDenied');
    expect(await as(1, 'fprintd-enroll')).toContain('PermissionDenied');
    const enrolling = world.run('setpriv', ['--reuid=2', '--clear-groups', 'fprintd-enroll', '-f', 'left-thumb']);
    await enrolling.printed('Enrolling left-thumb finger.');
    for (let impression = 0; !enrolling.output.includes('enroll-completed'); impression += 1) {
      await world.touch({ ...ANNAS_THUMB, impression });
      await enrolling.printed('Enroll result:', impression + 1);
    }
    expect(await device.ListEnrolledFingers('bin')).toEqual(['left-thumb']);
  });

  test('a reader that stands in for none is not offered', async () => {
    await using world = await DesktopWorld.start({ readers: 'auto' });
    const bus = await world.client();
    const manager = (await bus.proxy(FPRINT_NAME, FPRINT_PATHS.manager)).$as(FPRINT_INTERFACES.manager);
    expect(await world.service.units()).not.toEqual([]);
    expect(await manager.GetDevices()).toEqual([]);
  });

  test('an account that failed too often is not compared for a while', async () => {
    await using world = await DesktopWorld.start({ policy: { attempts: { perAccount: 2 } } });
    const device = await world.device(await world.client());
    await world.enroll(device, 'right-index-finger', ANNA);
    const statuses = new Statuses();
    await device.$subscribe('VerifyStatus', statuses.take);
    await device.Claim('');
    for (const result of ['verify-no-match', 'verify-no-match', 'verify-unknown-error']) {
      await device.VerifyStart('any');
      if (result === 'verify-no-match') await world.touch(BEN);
      expect(await statuses.next()).toEqual([result, true]);
      await device.VerifyStop();
    }
  });

  test('readers at doors are offered only when they are named', async () => {
    const readers = [
      { kind: 'virtual', name: 'door' },
      { kind: 'virtual', name: 'desk' },
    ] as const;
    await using world = await DesktopWorld.start({ readers });
    const bus = await world.client();
    const manager = (await bus.proxy(FPRINT_NAME, FPRINT_PATHS.manager)).$as(FPRINT_INTERFACES.manager);
    expect(await manager.GetDevices()).toHaveLength(2);
    await world.service.places.change('door', { use: 'door' });
    await world.service.virtualReader('desk').unplug();
    await world.service.virtualReader('desk').plug();
    while ((await manager.GetDevices()).length !== 1) await wait(5);
  });

  /** A service whose templates lie where a file decides what can be changed, and the file. */
  async function stubborn(bus: PrivateBus) {
    const file = join(bus.folder, 'stubborn');
    const storage = { module: join(import.meta.dirname, 'stubborn-storage.ts'), options: { file } };
    const databases = [
      { id: SYSTEM_DATABASE_ID, pool: 'system', storage },
      { id: PRIVATE_DATABASE_ID, pool: 'private' },
    ] as const;
    const world = await DesktopWorld.start({ state: { directory: join(bus.folder, 'state') }, databases });
    return { file, world };
  }

  test('a storage that fails is told, and nothing is lost', async () => {
    await using bus = await PrivateBus.start();
    await using stack = new AsyncDisposableStack();
    const { file, world } = await stubborn(bus);
    stack.use(world);
    const device = await world.device(await world.client());
    await world.enroll(device, 'right-index-finger', ANNA);
    writeFileSync(file, '');
    expect(await refusal(device.DeleteEnrolledFingers(''))).toBe('PrintsNotDeleted');
    await device.Claim('');
    expect(await refusal(device.DeleteEnrolledFingers2())).toBe('PrintsNotDeleted');
    expect(await refusal(device.DeleteEnrolledFinger('right-index-finger'))).toBe('PrintsNotDeleted');
    expect(await device.ListEnrolledFingers('')).toEqual(['right-index-finger']);
    await device.Release();
    await expect(world.enroll(device, 'left-thumb', BEN)).rejects.toThrow('enroll-failed');
    rmSync(file);
    await device.DeleteEnrolledFingers('');
    await world.enroll(device, 'left-thumb', BEN);
  });

  test('letting go waits for a deletion', async () => {
    await using bus = await PrivateBus.start();
    await using stack = new AsyncDisposableStack();
    const { file, world } = await stubborn(bus);
    stack.use(world);
    const device = await world.device(await world.client());
    await world.enroll(device, 'right-index-finger', ANNA);
    writeFileSync(file, 'wait');
    await device.Claim('');
    const order: string[] = [];
    const deleted = device.DeleteEnrolledFinger('right-index-finger').then(() => order.push('deleted'));
    while ((await refusal(device.EnrollStop())) !== 'AlreadyInUse') await wait(1);
    const released = device.Release().then(() => order.push('released'));
    rmSync(file);
    await Promise.all([deleted, released]);
    expect(order).toEqual(['deleted', 'released']);
  });

  test('a reader that matches inside enrolls, verifies, and says when it does not delete', async () => {
    await using bus = await PrivateBus.start();
    const module = join(import.meta.dirname, '../devices/self-touching-device.ts');
    const options = { touches: [7, 7, 7, 7, 8], failingDeletions: 2 };
    await using world = await DesktopWorld.start({
      state: { directory: join(bus.folder, 'state') },
      readers: [{ kind: 'module', name: 'desk', module, options, isolate: false }],
    });
    const device = await world.device(await world.client());
    await using statuses = Object.assign(new Statuses(), { [Symbol.asyncDispose]: async () => {} });
    for (const signal of ['EnrollStatus', 'VerifyStatus']) await device.$subscribe(signal, statuses.take);
    await device.Claim('');
    await device.EnrollStart('right-index-finger');
    expect(await statuses.next()).toEqual(['enroll-stage-passed', false]);
    expect(await statuses.next()).toEqual(['enroll-stage-passed', false]);
    expect(await statuses.next()).toEqual(['enroll-completed', true]);
    await device.EnrollStop();
    for (const result of ['verify-match', 'verify-no-match']) {
      await device.VerifyStart('any');
      expect(await statuses.next()).toEqual([result, true]);
      await device.VerifyStop();
    }
    expect(await refusal(device.DeleteEnrolledFingers2())).toBe('PrintsNotDeletedFromDevice');
    expect(await refusal(device.DeleteEnrolledFinger('right-index-finger'))).toBe('PrintsNotDeletedFromDevice');
    expect(await device.ListEnrolledFingers('')).toEqual(['right-index-finger']);
    await device.DeleteEnrolledFingers2();
  });

  test('a bus that is started again finds the service again', async () => {
    await using world = await DesktopWorld.start();
    const device = await world.device(await world.client());
    await device.Claim('');
    await world.bus.kill();
    await world.bus.startAgain();
    const bus = await world.client();
    while (!(await bus.listNames()).includes(FPRINT_NAME)) await wait(20);
    const again = await world.device(bus);
    await again.Claim('');
    await again.Release();
  });

  test('a name that another program owns, and a bus that is not there, are refused with a remedy', async () => {
    await using world = await DesktopWorld.start();
    const second = DesktopWorld.serve(world.bus.address, join(world.bus.folder, 'second.sock'));
    await expect(second).rejects.toThrow(/another program owns net.reactivated.Fprint; stop it/);
    const third = DesktopWorld.serve('unix:path=/nowhere', join(world.bus.folder, 'third.sock'));
    await expect(third).rejects.toThrow(/no message bus answers at unix:path=\/nowhere/);
  });
});
