/** A reader of Debian's fprintd as a matching device: the suite of all devices, over libfprint's virtual reader. */

import { describe, test } from 'vitest';
import { FprintdDevice } from '../../../src/devices/fprintd/fprintd-device.ts';
import { FprintdLink } from '../../../src/drivers/fprintd/fprintd-link.ts';
import { deviceSuite } from '../../../src/testkit/suites/device/device-suite.ts';
import { NO_DESKTOP, PrivateBus } from '../private-bus.ts';
import { RealFprintd } from '../real-fprintd.ts';

describe.skipIf(NO_DESKTOP)('a reader of fprintd', () => {
  const suite = deviceSuite(async () => {
    const bus = await PrivateBus.start({ polkit: true });
    const fprintd = await RealFprintd.start(bus);
    const device = new FprintdDevice(await FprintdLink.find({ bus: bus.address }));
    return {
      device,
      present: (finger) => fprintd.present('FINGER 1', `SCAN finger-${finger}`, 'FINGER 0'),
      presentRejected: () => fprintd.present('RETRY 0'),
      // The driver notices that the reader is gone when it next talks to it.
      unplug: () => fprintd.present('UNPLUG', 'SCAN nothing'),
      async close() {
        await device.close();
        await fprintd[Symbol.asyncDispose]();
        await bus[Symbol.asyncDispose]();
      },
    };
    // Not asked of fprintd, which tells no names, hands out nothing and compares with one name at a time.
  }, ['duplicates', 'plant', 'fill', 'fault', 'identify', 'picture', 'list', 'count', 'clear', 'backup', 'feedback']);
  test.each(suite.filter(({ skipped }) => skipped === undefined))('$title', async ({ run }) => await run());
});
