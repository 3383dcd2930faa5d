/** A module on a port, from the shop to the first identified finger, with the commands of a person. */

import { expect, test } from 'vitest';
import { ZfmEmulator } from '../../../src/testkit/serial/zfm-emulator.ts';
import { isFull } from '../full.ts';
import { type AtModule, NO_PORTS, serviceAt } from './whorl-at-module.ts';

/** Asks until the answer is as it should become; the time of the test is the limit. */
async function until(at: AtModule, wanted: RegExp): Promise<void> {
  while (!wanted.test((await at.whorl('units')).stdout));
}

test.skipIf(NO_PORTS)(
  `a module in either mode: enroll, identify, a wrong finger, unplugged and back${NO_PORTS ? `: ${NO_PORTS}` : ''}`,
  async () => {
    // The engine's half is the same as for every sensor: it takes its time in `npm run test:readers`.
    for (const mode of !isFull ? (['module'] as const) : (['module', 'image'] as const)) {
      const emulator = new ZfmEmulator();
      await using at = await serviceAt(emulator, { mode }, mode === 'image');
      if (mode === 'module') {
        // The service is there before the module, and says what is missing.
        const { stdout } = await at.whorl('status');
        expect(stdout).toMatch(/module: there is no such port; plug the module in/);
        await at.plug();
      }
      await until(at, /clock/);
      const enrolled = await at.touching(1, 'enroll', '--finger', 'right-index');
      expect([enrolled.code, enrolled.stdout]).toEqual([0, expect.stringContaining('is enrolled')]);
      expect(emulator.slots).toHaveLength(mode === 'module' ? 1 : 0);
      expect((await at.touching(1, 'identify')).stdout).toMatch(/right-index/);
      expect((await at.touching(2, 'identify')).code).toBe(3);
      await at.unplug();
      await until(at, /^(?!.*clock)/s);
      await at.plug();
      await until(at, /clock/);
      expect((await at.touching(1, 'identify')).stdout).toMatch(/right-index/);
    }
  },
);
