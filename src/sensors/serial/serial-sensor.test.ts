import { describe, expect, test } from 'vitest';
import { HASTY_CLOCK } from '../../../test/support/hasty-clock.ts';
import type { Clock } from '../../core/clock.ts';
import type { OpenSerialLine, SerialLineObserver } from '../../drivers/serial/serial-line.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { ZfmEmulator, type ZfmEmulatorOptions } from '../../testkit/serial/zfm-emulator.ts';
import { sensorSuite } from '../../testkit/suites/sensor/sensor-suite.ts';
import type { SerialSensorAdapter } from './serial-sensor-adapter.ts';
import { SerialSensors } from './serial-sensors.ts';

const { signal } = new AbortController();

async function started(options: ZfmEmulatorOptions = {}, clock?: Clock) {
  const emulator = new ZfmEmulator(options);
  const source = await SerialSensors.start({ port: 'emulated', model: options.model, open: emulator.open, clock });
  // On a machine that stands still for a moment the module is found at the second look.
  const sensor = await new Promise<SerialSensorAdapter>((resolve) => {
    source.watch({ arrived: () => resolve(source.sensor as SerialSensorAdapter), removed: () => {} });
  });
  return { emulator, source, sensor };
}

describe('the sensor of a r503', () => {
  const model = 'r503';
  const suite = sensorSuite(
    async (fingers) => {
      const { emulator, source, sensor } = await started({ model });
      for (let i = 0; i < fingers; i++) emulator.touch(i);
      return {
        sensor,
        presentRejected: () => emulator.touchBadly(),
        fault: () => emulator.failNext(0x18),
        unplug: () => emulator.unplug(),
        close: () => source.close(),
      };
    },
    ['echoCode', 'privilegedCode', 'plainCode'],
  );
  test.each(suite.filter(({ skipped }) => skipped === undefined))('$title', async ({ run }) => await run());
});

test('the picture is that of the glass, at the resolution of the model, and its progress is told', async () => {
  const { emulator, source, sensor } = await started();
  emulator.touch(4);
  const shares: (number | undefined)[] = [sensor.progress];
  const watching = setInterval(() => shares.push(sensor.progress), 1);
  const outcome = await sensor.capture({ purpose: 2 }, { signal });
  clearInterval(watching);
  if (outcome.kind !== 'sample') throw new TypeError('no sample');
  expect(decodeFingerprintSample(outcome.sample)).toMatchObject({ widthPx: 256, heightPx: 288, resolutionPpi: 500 });
  expect(sensor.progress).toBeUndefined();
  expect(shares.some((share) => share !== undefined && share > 0 && share < 1)).toBe(true);
  await source.close();
});

test.each([
  [921_600, 921_600],
  [115_200, 115_200],
  [57_600, 57_600],
])('a module that takes up to %i baud is spoken to at that rate, and left at its own', async (highest, rate) => {
  const { emulator, source, sensor } = await started({ highestBaudRate: highest });
  expect(emulator.baudRate).toBe(rate);
  emulator.touch(1);
  expect((await sensor.capture({ purpose: 2 }, { signal })).kind).toBe('sample');
  await source.close();
  expect(emulator.baudRate).toBe(57_600);
});

test('a finger that stays is not captured twice', async () => {
  const { emulator, source, sensor } = await started();
  emulator.touch(1);
  emulator.touch(2);
  for (let i = 0; i < 2; i++) await sensor.capture({ purpose: 2 }, { signal });
  expect(emulator.fingersWaiting).toBe(0);
  const looks = emulator.calls.filter((name) => name === 'GetImage').length;
  expect(looks).toBeGreaterThanOrEqual(3);
  await source.close();
});

test.each([
  ['noise', { noise: 0.5 }],
  ['pieces', { split: true }],
  ['wrong bytes', { wrongByte: 0.002 }],
])('a picture comes whole through %s', async (_what, faults) => {
  const { emulator, source, sensor } = await started();
  Object.assign(emulator.faults, faults);
  emulator.touch(4);
  const outcome = await sensor.capture({ purpose: 2 }, { signal });
  Object.assign(emulator.faults, { noise: 0, split: false, wrongByte: 0 });
  const quiet = await started();
  quiet.emulator.touch(4);
  expect(outcome).toEqual(await quiet.sensor.capture({ purpose: 2 }, { signal }));
  await Promise.all([source.close(), quiet.source.close()]);
});

test('a cable that is pulled at any byte ends the capture, and the sensor comes again with the cable', async () => {
  const { emulator, source } = await started({}, HASTY_CLOCK);
  for (const bytes of [0, 5, 11, 12, 13, 200, 20_000]) {
    const sensor = source.sensor;
    if (sensor === undefined) throw source.fault;
    const back = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    using _ = source.watch({ arrived: (other) => other !== sensor && back.resolve(), removed: () => gone.resolve() });
    emulator.touch(1);
    const capture = sensor.capture({ purpose: 2 }, { signal });
    emulator.faults.pullAfterBytes = bytes;
    await expect(capture).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
    await gone.promise;
    emulator.plug();
    await back.promise;
  }
  await source.close();
});

test('a printer that answers something is no module, and the service is told so', async () => {
  const printer: OpenSerialLine = async (path, baudRate) => {
    let observer: SerialLineObserver | undefined;
    return {
      path,
      baudRate,
      observe: (each) => {
        observer = each;
        return { [Symbol.dispose]: () => {} };
      },
      write: async () => observer?.data(Uint8Array.of(0x12, 0xef, 0x01, 0x0d, 0x0a)),
      setBaudRate: async () => {},
      close: async () => {},
    };
  };
  await using source = await SerialSensors.start({ port: 'LPT', open: printer, clock: HASTY_CLOCK });
  expect(source.fault).toMatchObject({
    code: 'WINBIO_E_SENSOR_UNAVAILABLE',
    message: expect.stringMatching(
      /LPT: what answers is no fingerprint module .*check port, dialect, baud and address/,
    ),
  });
});

test('a silent port, a wrong password and something else on the port are faults with a remedy', async () => {
  const faultOf = async (emulator: ZfmEmulator) => {
    const told: string[] = [];
    const onFault = (error: Error) => told.push(error.message);
    await using source = await SerialSensors.start({
      port: 'COM7',
      baud: 57_600,
      open: emulator.open,
      onFault,
      clock: HASTY_CLOCK,
    });
    expect(source.sensor).toBeUndefined();
    expect(source.fault?.code).toBe('WINBIO_E_SENSOR_UNAVAILABLE');
    expect(told).toHaveLength(1);
    return told[0];
  };
  const silent = new ZfmEmulator();
  silent.faults.silent = true;
  expect(await faultOf(silent)).toMatch(/COM7: nothing answers .* check power and wiring/);
  expect(await faultOf(new ZfmEmulator({ password: 5 }))).toMatch(/the password is another one; set password/);
  expect(await faultOf(new ZfmEmulator({ address: 5 }))).toMatch(
    /what answers is no fingerprint module|nothing answers/,
  );
});
