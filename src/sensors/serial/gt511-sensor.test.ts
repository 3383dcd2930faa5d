import { expect, test } from 'vitest';
import { HASTY_CLOCK } from '../../../test/support/hasty-clock.ts';
import { encodeGt511Command } from '../../drivers/serial/gt511/frame.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { Gt511Emulator } from '../../testkit/serial/gt511-emulator.ts';
import { sensorSuite } from '../../testkit/suites/sensor/sensor-suite.ts';
import type { SerialSensorAdapter } from './serial-sensor-adapter.ts';
import { SerialSensors } from './serial-sensors.ts';

const { signal } = new AbortController();

async function started() {
  const emulator = new Gt511Emulator();
  const source = await SerialSensors.start({
    port: 'emulated',
    dialect: 'gt-511',
    open: emulator.open,
    clock: HASTY_CLOCK,
  });
  // On a machine that stands still for a moment the module is found at the second look.
  const sensor = await new Promise<SerialSensorAdapter>((resolve) => {
    source.watch({ arrived: () => resolve(source.sensor as SerialSensorAdapter), removed: () => {} });
  });
  return { emulator, source, sensor };
}

const suite = sensorSuite(
  async (fingers) => {
    const { emulator, source, sensor } = await started();
    for (let i = 0; i < fingers; i++) emulator.touch(i);
    return {
      sensor,
      presentRejected: () => emulator.touchBadly(),
      fault: () => emulator.failNext(0x100f, 2),
      unplug: () => emulator.unplug(),
      close: () => source.close(),
    };
  },
  ['echoCode', 'privilegedCode', 'plainCode'],
);
test.each(suite.filter(({ skipped }) => skipped === undefined))('$title', async ({ run }) => await run());

test('commands are those of the datasheet', () => {
  expect(Buffer.from(encodeGt511Command(0x01, 1)).toString('hex')).toBe('55aa01000100000001000201');
});

test('its picture comes at the faster rate, through pieces and damage, and the rate is given back', async () => {
  const { emulator, source, sensor } = await started();
  expect(emulator.baudRate).toBe(115_200);
  Object.assign(emulator.faults, { split: true, noise: 0.2 });
  emulator.touch(4);
  const capture = sensor.capture({ purpose: 2 }, { signal });
  const outcome = await capture;
  if (outcome.kind !== 'sample') throw new TypeError('no sample');
  expect(decodeFingerprintSample(outcome.sample)).toMatchObject({ widthPx: 258, heightPx: 202, resolutionPpi: 450 });
  Object.assign(emulator.faults, { split: false, noise: 0 });
  await source.close();
  expect(emulator.baudRate).toBe(9600);
  expect(emulator.lit).toBe(false);
});
