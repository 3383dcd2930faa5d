/** The sensor and the storage of a reader that matches inside, through the suites of every sensor and storage. */

import { describe, expect, test } from 'vitest';
import type { SensorAdapter } from '../../adapters/sensor-adapter.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { MemoryStorageAdapter } from '../../storage/memory/memory-storage-adapter.ts';
import { sensorSuite } from '../../testkit/suites/sensor/sensor-suite.ts';
import { storageSuite } from '../../testkit/suites/storage/storage-suite.ts';
import { ScriptedDevice, type ScriptedDeviceOptions } from '../../testkit/world/scripted-device.ts';
import { decodeDeviceTemplate, encodeDeviceTemplate } from './device-template.ts';
import { onBoardUnit } from './on-board-unit.ts';

const DATABASE = 'C4E87A90-5B13-4D2F-8E66-39A0F7C1D52B';
const { signal } = new AbortController();

async function opened(options: ScriptedDeviceOptions = {}) {
  const device = new ScriptedDevice({ earlyTouch: 'kept', ...options });
  const unit = await onBoardUnit(device, { records: new MemoryStorageAdapter(), databaseIds: [DATABASE] });
  const { sensor } = unit;
  await sensor.onBoard?.prepare();
  return { device, sensor, onBoard: onBoardOf(sensor) };
}

function onBoardOf({ onBoard }: SensorAdapter) {
  if (onBoard === undefined) throw new TypeError('the sensor does not match inside');
  return onBoard;
}

describe.each([
  ['that hands out pictures', undefined],
  ['that only compares', ['identify', 'list', 'delete'] as const],
])('the sensor of a reader %s', (_what, capabilities) => {
  const suite = sensorSuite(
    async (fingers) => {
      const { device, sensor } = await opened(capabilities && { capabilities });
      for (let i = 0; i < fingers; i++) device.touch(i);
      return {
        sensor,
        presentRejected: (detail) => void device.touchBadly(detail),
        unplug: () => device.unplug(),
        close: () => sensor.close(),
      };
    },
    ['fault', 'echoCode', 'privilegedCode', 'plainCode'],
  );
  test.each(suite.filter(({ skipped }) => skipped === undefined))('$title', async ({ run }) => await run());
});

describe('the storage of a reader', () => {
  const suite = storageSuite(async () => {
    const { sensor, onBoard } = await opened();
    return {
      adapter: onBoard.storage,
      place: () => ({}),
      async close() {
        await onBoard.storage.close();
        await sensor.close();
      },
    };
  });
  test.each(suite.filter(({ skipped }) => skipped === undefined))('$title', async ({ run }) => await run());
});

test('a print is compared inside, and the sample names it to the engine', async () => {
  const { device, sensor, onBoard } = await opened();
  const { engine } = onBoard;
  const gallery = engine.createGallery();
  const known = device.plant(7);
  gallery.add(3 as RecordId, encodeDeviceTemplate({ device: device.info.deviceInstanceId, print: known }));
  device.plant(8);
  const found = async (finger: number) => {
    device.touch(finger);
    const outcome = await sensor.capture({ purpose: 2, against: { gallery } }, { signal });
    if (outcome.kind !== 'sample') throw new TypeError('no sample');
    const extracted = await engine.extract(outcome.sample, 2, { signal });
    if (extracted.kind !== 'features') throw new TypeError('no features');
    return (await engine.identify(extracted.features, gallery, { signal })).map(({ recordId }) => recordId);
  };
  expect(await found(7)).toEqual([3]);
  // A print of someone else matches nobody.
  expect(await found(8)).toEqual([]);
  await sensor.close();
});

test('a template names its device and its print, and other bytes are refused with a code', () => {
  const template = { device: 'SCRIPTED', print: { id: 'slot-1', handle: Uint8Array.of(1, 2), label: 'w-1' } };
  expect(decodeDeviceTemplate(encodeDeviceTemplate(template))).toEqual(template);
  const bytes = encodeDeviceTemplate(template);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeDeviceTemplate(bytes.subarray(0, length))).toThrow(
      expect.objectContaining({ code: 'WHORL_E_MALFORMED' }),
    );
  }
  const newer = bytes.slice();
  newer[4] = 2;
  expect(() => decodeDeviceTemplate(newer)).toThrow(expect.objectContaining({ code: 'WHORL_E_NEWER_FORMAT' }));
});
