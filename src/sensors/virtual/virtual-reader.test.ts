import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import type { CaptureOutcome } from '../../adapters/sensor-adapter.ts';
import { isBiometricError } from '../../core/biometric-error.ts';
import { decodeBir } from '../../formats/bir/bir.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { VIRTUAL_CONTROL_CAPTURE_COUNT, VIRTUAL_CONTROL_ECHO, VIRTUAL_CONTROL_STATUS } from './virtual-control.ts';
import { VirtualReader } from './virtual-reader.ts';

const never = new AbortController().signal;
const finger = sampleImage();

function capture(reader: VirtualReader, signal: AbortSignal = never): Promise<CaptureOutcome> {
  return reader.sensor!.capture({ purpose: 2 }, { signal });
}

/** `sample`, `rejected` or the code a capture ended with. */
function ending(outcome: Promise<CaptureOutcome>): Promise<string> {
  return outcome.then(
    ({ kind }) => kind,
    (error) => (isBiometricError(error) ? error.code : String(error)),
  );
}

test('a finger ends the running capture with its image and the purpose asked for', async () => {
  await using reader = new VirtualReader();
  const outcome = capture(reader);
  expect(reader.state).toBe('waiting');
  expect(reader.present(finger)).toBe(true);
  expect(reader.state).toBe('idle');
  const result = await outcome;
  expect(result.kind === 'sample' && decodeFingerprintSample(result.sample)).toEqual(finger);
  expect(result.kind === 'sample' && decodeBir(result.sample).header.purpose).toBe(2);
});

test('a finger that comes early is lost, or kept when asked for', async () => {
  await using reader = new VirtualReader();
  expect(reader.present(finger)).toBe(false);
  expect(await reader.touch(finger)).toBe('lost');
  await using keeping = new VirtualReader({ earlyTouch: 'kept' });
  expect(keeping.present(sampleImage(5, 5))).toBe(true);
  const second = keeping.touch(finger);
  expect(await ending(capture(keeping))).toBe('sample');
  const outcome = await capture(keeping);
  expect(outcome.kind === 'sample' && decodeFingerprintSample(outcome.sample)).toEqual(finger);
  expect(await second).toBe('captured');
});

test('a bad finger rejects the capture with its detail', async () => {
  await using reader = new VirtualReader();
  const outcome = capture(reader);
  expect(reader.presentRejected(9)).toBe(true);
  expect(await outcome).toEqual({ kind: 'rejected', detail: 9 });
});

test('an image can be made while the finger is there, and an abort then loses it', async () => {
  await using reader = new VirtualReader();
  const first = ending(capture(reader));
  const touched = reader.touch(async () => finger);
  expect(reader.state).toBe('reading');
  expect(reader.present(finger)).toBe(false);
  expect([await first, await touched]).toEqual(['sample', 'captured']);

  const controller = new AbortController();
  const second = ending(capture(reader, controller.signal));
  const lost = reader.touch(async () => finger);
  controller.abort();
  expect([await second, await lost, reader.state]).toEqual(['WINBIO_E_CANCELED', 'lost', 'idle']);

  const third = ending(capture(reader));
  const failed = reader.touch(() => Promise.reject(new TypeError('no image')));
  expect([await third, await failed, reader.state]).toEqual(['WINBIO_E_DEVICE_FAILURE', 'lost', 'idle']);
});

test('a hung capture ignores aborts until it is released', async () => {
  await using reader = new VirtualReader();
  const controller = new AbortController();
  reader.hang();
  const outcome = ending(capture(reader, controller.signal));
  controller.abort();
  expect([reader.state, reader.present(finger)]).toEqual(['hung', false]);
  reader.release();
  expect([await outcome, reader.state]).toEqual(['WINBIO_E_CANCELED', 'idle']);
});

test('a hang that was released in time does no harm', async () => {
  await using reader = new VirtualReader();
  const outcome = ending(capture(reader));
  reader.hang();
  reader.release();
  expect(reader.present(finger)).toBe(true);
  expect(await outcome).toBe('sample');
});

test('a reset ends a hang, but not one that ignores it', async () => {
  await using reader = new VirtualReader();
  const first = ending(capture(reader));
  reader.hang();
  await reader.sensor!.reset();
  expect(await first).toBe('WINBIO_E_CANCELED');
  const second = ending(capture(reader));
  reader.hang({ ignoresReset: true });
  await reader.sensor!.reset();
  expect(reader.state).toBe('dead');
  await reader.close();
  expect(await second).toBe('WINBIO_E_CANCELED');
});

test('a fault fails the running capture, or the next one, and no other', async () => {
  await using reader = new VirtualReader();
  const running = ending(capture(reader));
  reader.fault();
  expect(await running).toBe('WINBIO_E_DEVICE_FAILURE');
  reader.fault();
  expect(await ending(capture(reader))).toBe('WINBIO_E_DEVICE_FAILURE');
  const third = ending(capture(reader));
  reader.present(finger);
  expect(await third).toBe('sample');
});

test('unplugging ends the capture, and a new adapter comes with the old device path', async () => {
  await using reader = new VirtualReader({ plugged: false });
  const seen: string[] = [];
  const path = (sensor: { info: { deviceInstanceId: string } }) => sensor.info.deviceInstanceId;
  using subscription = reader.watch({
    arrived: (sensor) => seen.push(`+${path(sensor)}`),
    removed: (sensor) => seen.push(`-${path(sensor)}`),
  });
  expect(reader.present(finger)).toBe(false);
  reader.plug();
  const old = reader.sensor!;
  const outcome = ending(capture(reader));
  reader.replug();
  expect(await outcome).toBe('WINBIO_E_SENSOR_UNAVAILABLE');
  expect(reader.sensor).not.toBe(old);
  expect(await ending(old.capture({ purpose: 1 }, { signal: never }))).toBe('WINBIO_E_SENSOR_UNAVAILABLE');
  const id = 'WHORL\\VIRTUAL_READER\\1';
  expect(seen).toEqual([`+${id}`, `-${id}`, `+${id}`]);
  subscription[Symbol.dispose]();
  reader.unplug();
  expect(seen).toHaveLength(3);
});

test('who watches later hears of the sensor that is there', async () => {
  await using reader = new VirtualReader();
  const seen: unknown[] = [];
  using _first = reader.watch({ arrived: (sensor) => seen.push(sensor), removed: () => seen.push('removed') });
  expect(seen).toEqual([reader.sensor]);
  await reader.close();
  expect(seen[1]).toBe('removed');
  expect(() => reader.watch({ arrived() {}, removed() {} })).toThrow(/closed/);
});

test('sleep cancels the capture, and no capture begins until the platform wakes', async () => {
  await using reader = new VirtualReader();
  const outcome = ending(capture(reader));
  reader.sensor!.notifyPower('suspend');
  expect(await outcome).toBe('WINBIO_E_CANCELED');
  expect([await ending(capture(reader)), reader.present(finger)]).toEqual(['WINBIO_E_INVALID_DEVICE_STATE', false]);
  reader.sensor!.notifyPower('resume');
  const next = ending(capture(reader));
  reader.present(finger);
  expect(await next).toBe('sample');
});

test('vendor commands', async () => {
  await using reader = new VirtualReader();
  const control = (code: number, privileged: boolean, receiveBufferSize = 16) =>
    reader.sensor!.control({ code, privileged, sendBuffer: Uint8Array.of(1, 2), receiveBufferSize }, { signal: never });
  expect(await control(VIRTUAL_CONTROL_ECHO, false)).toEqual({ operationStatus: 0, received: Uint8Array.of(1, 2) });
  expect(await control(VIRTUAL_CONTROL_ECHO, true)).toMatchObject({ operationStatus: 1 });
  expect((await control(VIRTUAL_CONTROL_STATUS, false)).received).toEqual(Uint8Array.of(3, 0, 0, 0));
  const running = ending(capture(reader));
  expect((await control(VIRTUAL_CONTROL_STATUS, false)).received).toEqual(Uint8Array.of(4, 0, 0, 0));
  expect((await control(VIRTUAL_CONTROL_CAPTURE_COUNT, true)).received).toEqual(Uint8Array.of(1, 0, 0, 0));
  reader.present(finger);
  expect(await running).toBe('sample');
});

test('whatever happens, every capture and every touch ends, and the reader can capture again', async () => {
  const step = fc.constantFrom(
    'capture',
    'abort',
    'present',
    'late',
    'reject',
    'hang',
    'release',
    'fault',
    'reset',
    'suspend',
    'resume',
    'replug',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.constantFrom('lost', 'kept'), async (steps, earlyTouch) => {
      const reader = new VirtualReader({ earlyTouch });
      let controller = new AbortController();
      const endings: Promise<string>[] = [];
      const actions = {
        capture: () => {
          controller = new AbortController();
          endings.push(ending(capture(reader, controller.signal)));
        },
        abort: () => controller.abort(),
        present: () => endings.push(reader.touch(finger)),
        late: () => endings.push(reader.touch(() => Promise.resolve(finger))),
        reject: () => reader.presentRejected(7),
        hang: () => reader.hang(),
        release: () => reader.release(),
        fault: () => reader.fault(),
        reset: () => reader.sensor!.reset(),
        suspend: () => reader.sensor!.notifyPower('suspend'),
        resume: () => reader.sensor!.notifyPower('resume'),
        replug: () => reader.replug(),
      };
      for (const name of steps) await actions[name]();
      reader.replug();
      const last = ending(capture(reader));
      expect(reader.present(finger)).toBe(true);
      expect(await last).toBe('sample');
      await reader.close();
      for (const text of await Promise.all(endings)) expect(text).toMatch(/^(sample|rejected|captured|lost|WINBIO_E_)/);
    }),
    { numRuns: 500 },
  );
});
