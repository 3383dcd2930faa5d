import { expect, test } from 'vitest';
import { crippled, failing } from '../../../../test/support/crippled.ts';
import type { MatchingDevice } from '../../../adapters/matching-device.ts';
import { ScriptedDevice } from '../../world/scripted-device.ts';
import { deviceSuite } from './device-suite.ts';

const devices: readonly [string, string, (device: MatchingDevice) => Partial<MatchingDevice>][] = [
  [
    'tells each touch twice',
    'device-10',
    (device) => ({
      enroll: (print, { signal, onStage }) =>
        device.enroll(print, {
          signal,
          onStage: (stage) => {
            onStage(stage);
            onStage(stage);
          },
        }),
    }),
  ],
  [
    'matches prints that were not asked for',
    'device-22',
    (device) => ({ identify: (_, options) => device.identify('all', options) }),
  ],
  [
    'answers at once where there is nothing to compare',
    'device-23',
    (device) => ({
      identify: async (prints, options) =>
        prints.length === 0 ? { kind: 'no-match' } : await device.identify(prints, options),
    }),
  ],
  [
    'hides prints of others',
    'device-31',
    (device) => ({ list: async (options) => (await device.list(options)).filter(({ label }) => label !== undefined) }),
  ],
  ['keeps what it was told to delete', 'device-32', () => ({ delete: async () => {} })],
  [
    'reports an abort as a failure',
    'device-40',
    (device) => ({
      enroll: (print, options) =>
        device.enroll(print, options).catch(() => {
          throw new TypeError('something went wrong');
        }),
    }),
  ],
];

test.each(devices)('the device suite notices a device that %s', async (_what, id, breakIt) => {
  const suite = deviceSuite(async () => {
    const device = new ScriptedDevice({ earlyTouch: 'kept' });
    return {
      device: crippled<MatchingDevice>(device, breakIt(device)),
      present: (finger) => void device.touch(finger),
      presentRejected: (detail) => void device.touchBadly(detail),
      plant: async (finger) => device.plant(finger),
      unplug: () => device.unplug(),
      close: () => device.close(),
    };
  }, ['fill', 'fault']);
  expect(await failing(suite)).toContain(id);
});
