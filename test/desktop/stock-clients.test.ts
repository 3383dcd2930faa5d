import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { DesktopWorld } from './desktop-world.ts';
import { NO_DESKTOP } from './private-bus.ts';

const ANNA = { person: 1, finger: 'right-index' } as const;
const STRANGER = { person: 2, finger: 'right-index' } as const;

describe.skipIf(NO_DESKTOP !== undefined)(
  `fprintd's own programs at our service (needs: ${NO_DESKTOP ?? 'nothing'})`,
  () => {
    test('enroll, list, verify and delete', async () => {
      await using world = await DesktopWorld.start();
      const none = world.run('fprintd-list', ['root']);
      await none.ended;
      expect(none.output).toContain('User root has no fingers enrolled');

      const enroll = world.run('fprintd-enroll', ['-f', 'right-index-finger', 'root']);
      await enroll.printed('Enrolling right-index-finger finger.');
      for (let impression = 0; !enroll.output.includes('enroll-completed'); impression += 1) {
        await world.touch({ ...ANNA, impression });
        await enroll.printed('Enroll result:', impression + 1);
      }
      expect(await enroll.ended, enroll.output).toBe(0);
      expect(enroll.output).toContain('enroll-stage-passed');

      const list = world.run('fprintd-list', ['root']);
      await list.ended;
      expect(list.output).toContain('right-index-finger');

      const verify = world.run('fprintd-verify', ['root']);
      await verify.printed('Verifying: right-index-finger');
      await world.touch({ ...ANNA, impression: 20 });
      expect(await verify.ended, verify.output).toBe(0);
      expect(verify.output).toContain('verify-match (done)');

      const other = world.run('fprintd-verify', ['root']);
      await other.printed('Verifying: right-index-finger');
      await world.touch(STRANGER);
      expect(await other.ended).not.toBe(0);
      expect(other.output).toContain('verify-no-match (done)');

      const deleted = world.run('fprintd-delete', ['root']);
      expect(await deleted.ended, deleted.output).toBe(0);
      expect(deleted.output).toContain('deleted on');
      const again = world.run('fprintd-delete', ['root']);
      await again.ended;
      expect(again.output).toContain('No fingerprints to delete');
    });

    test('one finger, and those of several users, are deleted by name', async () => {
      await using world = await DesktopWorld.start();
      const device = await world.device(await world.client());
      await world.enroll(device, 'right-index-finger', ANNA, 'root');
      await world.enroll(device, 'left-thumb', { person: 1, finger: 'left-thumb' }, 'root');
      await world.enroll(device, 'left-index-finger', STRANGER, 'daemon');
      const one = world.run('fprintd-delete', ['root', '-f', 'left-thumb']);
      expect(await one.ended, one.output).toBe(0);
      expect(one.output).toContain('Fingerprint left-thumb of user root deleted');
      expect(await device.ListEnrolledFingers('root')).toEqual(['right-index-finger']);
      const rest = world.run('fprintd-delete', [
        'root',
        '-f',
        'right-index-finger',
        'daemon',
        '-f',
        'left-index-finger',
      ]);
      expect(await rest.ended, rest.output).toBe(0);
      for (const user of ['root', 'daemon']) await expect(device.ListEnrolledFingers(user)).rejects.toThrow();
    });

    test('refusals and a reader that goes are said by the programs', async () => {
      await using world = await DesktopWorld.start();
      const device = await world.device(await world.client());
      await world.enroll(device, 'right-index-finger', ANNA, 'root');
      await device.Claim('root');
      for (const program of ['fprintd-delete', 'fprintd-enroll', 'fprintd-verify']) {
        const refused = world.run(program, ['root']);
        expect(await refused.ended, program).not.toBe(0);
        expect(refused.output).toContain('AlreadyInUse');
      }
      await device.Release();
      const odd = world.run('fprintd-enroll', ['-f', 'eleventh-hand-finger', 'root']);
      expect(await odd.ended).not.toBe(0);
      expect(odd.output).toContain("Invalid finger name 'eleventh-hand-finger'");
      for (const [program, result] of [
        ['fprintd-verify', 'Verify result: verify-disconnected (done)'],
        ['fprintd-enroll', 'Enroll result: enroll-disconnected'],
      ] as const) {
        const running = world.run(program, ['-f', 'right-index-finger', 'root']);
        await world.fingerNeeded(device);
        await world.service.virtualReader().unplug();
        expect(await running.ended, running.output).not.toBe(0);
        expect(running.output).toContain(result);
        await world.service.virtualReader().plug();
        while ((await device.Claim('root').then(undefined, String)) !== undefined) await wait(5);
        await device.Release();
      }
    });
  },
);
