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
  },
);
