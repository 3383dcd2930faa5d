import { describe, expect, test } from 'vitest';
import { HASTY_CLOCK } from '../../../test/support/hasty-clock.ts';
import type { Clock } from '../../core/clock.ts';
import { ZfmEmulator, type ZfmEmulatorOptions } from '../../testkit/serial/zfm-emulator.ts';
import { deviceSuite } from '../../testkit/suites/device/device-suite.ts';
import type { SerialDevice } from './serial-device.ts';
import { SerialDevices } from './serial-devices.ts';
import { slotRanges } from './slot-ranges.ts';

const { signal } = new AbortController();

async function started(options: ZfmEmulatorOptions = {}, clock?: Clock) {
  const emulator = new ZfmEmulator(options);
  const { model, password, address } = options;
  const source = await SerialDevices.start({ port: 'emulated', model, password, address, open: emulator.open, clock });
  // On a machine that stands still for a moment the module is found at the second look.
  const device = await new Promise<SerialDevice>((resolve) => {
    source.watch({ arrived: () => resolve(source.device as SerialDevice), removed: () => {} });
  });
  return { emulator, source, device };
}

describe('a module that matches inside', () => {
  const model = 'zfm-20';
  const suite = deviceSuite(async () => {
    const { emulator, source, device } = await started({ model, capacity: 20 });
    return {
      device,
      present: (finger) => emulator.touch(finger),
      presentRejected: () => emulator.touchBadly(0x06),
      plant: async (finger) => ({ id: `slot-${emulator.plant(finger)}`, handle: new Uint8Array() }),
      fill: async () => emulator.fill(),
      unplug: () => emulator.unplug(),
      fault: () => emulator.failNext(0x18),
      close: () => source.close(),
    };
  }, ['feedback']);
  test.each(suite.filter(({ skipped }) => skipped === undefined))('$title', async ({ run }) => await run());
});

test('the ring of light shows what the person is to do, also while it waits', async () => {
  const { emulator, source, device } = await started({ model: 'r503' });
  await device.open({ signal });
  const controller = new AbortController();
  const waiting = device.identify('all', { signal: controller.signal });
  for (const shown of ['waiting', 'good', 'bad', 'off'] as const) await device.feedback(shown, { signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  expect(emulator.shown).toEqual([1, 3, 2, 4]);
  await source.close();
});

test('password and address are given, and every byte of both counts', async () => {
  const { source, device } = await started({ password: 0x01020304, address: 0x0a0b0c0d });
  await device.open({ signal });
  expect(await device.count({ signal })).toBe(0);
  await source.close();
});

test('a touch of another finger in the middle is a merge failure, and leaves no print', async () => {
  const { emulator, source, device } = await started();
  await device.open({ signal });
  emulator.touch(1);
  emulator.touch(2);
  const outcome = await device.enroll({ subFactor: 2, label: 'x' }, { signal, onStage: () => {} });
  expect(outcome).toEqual({ kind: 'rejected', detail: 10 });
  expect(emulator.slots).toEqual([]);
  await source.close();
});

test('a template of other bytes is refused, and takes no slot', async () => {
  const { emulator, source, device } = await started();
  await device.open({ signal });
  const other = Uint8Array.from({ length: 700 }, (_, i) => i & 0xff);
  await expect(device.importTemplate(other, { subFactor: 2, label: 'x' }, { signal })).rejects.toMatchObject({
    code: 'WHORL_E_MALFORMED',
  });
  expect(emulator.slots).toEqual([]);
  await source.close();
});

test('a brown-out and wrong bytes are asked again, and nobody else is let in', async () => {
  const { emulator, source, device } = await started();
  await device.open({ signal });
  const slot = emulator.plant(3);
  Object.assign(emulator.faults, { noise: 0.3, split: true, wrongByte: 0.05 });
  for (const finger of [3, 4, 3, 5]) {
    emulator.failNext(0x01, 2);
    emulator.touch(finger);
    const outcome = await device.identify('all', { signal });
    expect(outcome.kind === 'match' && outcome.print.id).toBe(finger === 3 ? `slot-${slot}` : false);
  }
  await source.close();
});

test('a late answer is not taken for that of the next command', async () => {
  const { emulator, source, device } = await started({}, HASTY_CLOCK);
  await device.open({ signal });
  emulator.plant(3);
  emulator.touch(3);
  // Later than GetImage waits: it is asked again, and the late answer dropped.
  emulator.faults.lateMs = 230;
  const outcome = await device.identify('all', { signal });
  expect(outcome.kind).toBe('match');
  await source.close();
});

test('a search looks at what was asked for, and at no other slot in use', () => {
  const asked = new Set([0, 1, 4, 9, 70]);
  expect(slotRanges([0, 1, 4, 5, 9, 12], asked)).toEqual([
    { first: 0, count: 5 },
    { first: 9, count: 1 },
  ]);
  expect(slotRanges([], asked)).toEqual([]);
});
