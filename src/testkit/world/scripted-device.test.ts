import { test } from 'vitest';
import { deviceSuite } from '../suites/device/device-suite.ts';
import { ScriptedDevice } from './scripted-device.ts';

const suite = deviceSuite(async () => {
  const device = new ScriptedDevice({ earlyTouch: 'kept' });
  return {
    device,
    present: (finger) => void device.touch(finger),
    presentRejected: (detail) => void device.touchBadly(detail),
    plant: async (finger) => device.plant(finger),
    fill: async () => {
      for (let i = 0; i < (device.info.capacity ?? 0); i++) device.plant(100 + i);
    },
    unplug: () => device.unplug(),
    fault: () => device.failNext('enroll'),
    close: () => device.close(),
  };
});

test.each(suite)('$title', async ({ run }) => await run());
