import { expect, test } from 'vitest';
import { crippled, failing } from '../../../../test/support/crippled.ts';
import { sampleImage } from '../../../../test/support/grey-images.ts';
import type { SensorAdapter } from '../../../adapters/sensor-adapter.ts';
import { VirtualReader } from '../../../sensors/virtual/virtual-reader.ts';
import { sensorSuite } from './sensor-suite.ts';

const lacks = ['echoCode', 'privilegedCode', 'plainCode'] as const;
const sensors: readonly [string, string, (sensor: SensorAdapter) => Partial<SensorAdapter>][] = [
  [
    'captures without a purpose',
    'A-045',
    (sensor) => ({
      capture: (request, options) => sensor.capture({ purpose: request.purpose || 2 }, options),
    }),
  ],
  [
    'forgets what a capture was for',
    'sensor-1',
    (sensor) => ({
      capture: ({ purpose }, options) =>
        sensor.capture({ purpose: purpose > 0 && purpose < 16 ? 4 : purpose }, options),
    }),
  ],
  [
    'knows every control code',
    'A-171',
    () => ({
      control: async () => ({ operationStatus: 0, received: new Uint8Array() }),
    }),
  ],
  [
    'hides the detail of a rejection',
    'A-052',
    (sensor) => ({
      capture: async (request, options) => {
        const outcome = await sensor.capture(request, options);
        return outcome.kind === 'rejected' ? { kind: 'rejected', detail: 0 } : outcome;
      },
    }),
  ],
  [
    'reports an abort as a failure',
    'A-056',
    (sensor) => ({
      capture: (request, options) =>
        sensor.capture(request, options).catch(() => {
          throw new TypeError('something went wrong');
        }),
    }),
  ],
];

test.each(sensors)('the sensor suite notices a sensor that %s', async (_what, id, breakIt) => {
  const suite = sensorSuite(async (fingers) => {
    const reader = new VirtualReader({ earlyTouch: 'kept' });
    for (let i = 0; i < fingers; i++) reader.present(sampleImage(20, 30));
    const { sensor } = reader;
    if (sensor === undefined) throw new TypeError('the reader has no sensor');
    return {
      sensor: crippled<SensorAdapter>(sensor, breakIt(sensor)),
      presentRejected: (detail) => reader.presentRejected(detail),
      fault: () => reader.fault(),
      unplug: () => reader.unplug(),
      close: () => reader.close(),
    };
  }, lacks);
  expect(await failing(suite)).toContain(id);
});
