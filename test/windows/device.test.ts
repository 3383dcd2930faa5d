/** A reader of Windows as a matching device: the suite of all devices, and what the suite does not ask. */

import { describe, expect, onTestFinished, test } from 'vitest';
import type { EnrollStage, MatchingDevice } from '../../src/adapters/matching-device.ts';
import type { BiometricError } from '../../src/core/biometric-error.ts';
import { CODES } from '../../src/core/codes.ts';
import { WINBIO_FP_POOR_QUALITY } from '../../src/core/constants.ts';
import type { WinBioDevice } from '../../src/devices/winbio/winbio-device.ts';
import { WinBioDevices, type WinBioDevicesOptions } from '../../src/devices/winbio/winbio-devices.ts';
import { encodeFingerprintSample } from '../../src/formats/bir/fingerprint-sample.ts';
import { deviceSuite } from '../../src/testkit/suites/device/device-suite.ts';
import { FakeWinBio, NO_COMPILER } from './fake-winbio.ts';

const DATABASE = '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081';
const ACCOUNT = 'S-1-5-21-1-2-3-1001';
const { signal: NEVER } = new AbortController();
const fake = test.skipIf(NO_COMPILER);

const image = {
  widthPx: 300,
  heightPx: 400,
  resolutionPpi: 500,
  pixels: Uint8Array.from({ length: 120_000 }, (_, i) => i % 251),
};

describe.skipIf(NO_COMPILER)('a reader of Windows', () => {
  const suite = deviceSuite(async () => {
    const winbio = new FakeWinBio();
    winbio.captures(encodeFingerprintSample(image, { purpose: 2 }));
    const source = await WinBioDevices.start({ databaseId: DATABASE, library: winbio.path, picture: true });
    return {
      device: source.devices[0] as WinBioDevice,
      present: (finger) => winbio.touch(finger),
      presentRejected: (detail) => winbio.touchBadly(detail),
      fill: async () => winbio.settings({ templates: 0 }),
      unplug: () => winbio.plug(1, false),
      fault: () => winbio.fail(CODES.WINBIO_E_DEVICE_FAILURE.hresult),
      async close() {
        await source.close();
        expect([winbio.count('handles'), winbio.count('blocks')]).toEqual([0, 0]);
      },
    };
    // A private pool does not say what it holds, and nobody else reaches it.
  }, ['plant', 'list', 'count', 'clear', 'backup', 'feedback', 'touch']);
  test.each(suite.filter(({ skipped }) => skipped === undefined))('$title', async ({ run }) => await run());
});

describe.skipIf(NO_COMPILER)('a reader in the pool of the system', () => {
  const fingers = deviceSuite(async () => {
    const winbio = new FakeWinBio();
    const source = await WinBioDevices.start({ pool: 'system', account: ACCOUNT, library: winbio.path });
    return {
      device: source.devices[0] as WinBioDevice,
      present: (finger) => winbio.touch(finger),
      close: () => source.close(),
    };
  });
  // The suite enrolls each finger as the same one, and an account has one print of each.
  const asked = /^device-(1|2|4|13|17|41)\b/;
  test.each(fingers.filter(({ title }) => asked.test(title)))('$title', async ({ run }) => await run());
});

async function started(options: WinBioDevicesOptions, units?: readonly number[]) {
  const winbio = new FakeWinBio(units);
  const source = await WinBioDevices.start({ library: winbio.path, ...options });
  onTestFinished(() => source.close());
  return { winbio, source };
}

async function enroll(winbio: FakeWinBio, device: MatchingDevice, finger: number, subFactor: number) {
  const stages: EnrollStage[] = [];
  for (let i = 0; i < device.info.enrollStages; i++) winbio.touch(finger);
  const outcome = await device.enroll(
    { subFactor, label: 'x' },
    { signal: NEVER, onStage: (each) => stages.push(each) },
  );
  return { outcome, stages };
}

fake('in the pool of the system prints are of the account, one a finger, and are listed', async () => {
  const refused: BiometricError[] = [];
  const { winbio, source } = await started({
    pool: 'system',
    account: ACCOUNT,
    onRefused: (error) => refused.push(error),
  });
  const [device] = source.devices as [WinBioDevice];
  await device.open({ signal: NEVER });
  expect(refused.map(({ message }) => message)).toEqual([expect.stringContaining('Local System')]);
  const { outcome } = await enroll(winbio, device, 1, 2);
  expect(outcome).toMatchObject({ kind: 'enrolled', print: { id: `${ACCOUNT}/2` } });
  await enroll(winbio, device, 2, 7);
  expect((await device.list({ signal: NEVER })).map(({ id }) => id)).toEqual([`${ACCOUNT}/2`, `${ACCOUNT}/7`]);
  await expect(enroll(winbio, device, 3, 2)).rejects.toMatchObject({ code: 'WINBIO_E_DUPLICATE_ENROLLMENT' });
  expect((await enroll(winbio, device, 1, 3)).outcome).toEqual({ kind: 'duplicate' });
  expect(winbio.count('templates')).toBe(2);
});

fake('an enrollment that is aborted with its last touch leaves no print', async () => {
  const { winbio, source } = await started({ databaseId: DATABASE });
  const [device] = source.devices as [WinBioDevice];
  await device.open({ signal: NEVER });
  const controller = new AbortController();
  const onStage = (stage: EnrollStage) => {
    if (stage.kind === 'accepted' && stage.completed === 4) controller.abort('enough');
  };
  for (let i = 0; i < 4; i++) winbio.touch(1);
  const aborted = device.enroll({ subFactor: 2, label: 'x' }, { signal: controller.signal, onStage });
  await expect(aborted).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', cause: 'enough' });
  expect(winbio.count('templates')).toBe(0);
  winbio.touchBadly(WINBIO_FP_POOR_QUALITY);
  expect((await enroll(winbio, device, 1, 2)).stages).toHaveLength(5);
});

fake('readers come and go; one that was asked for is found by its path or description', async () => {
  const { winbio, source } = await started({ databaseId: DATABASE, unit: 'USB\\VID_F00D&PID_0001\\2' }, [1]);
  expect(source.fault).toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  expect(source.fault?.message).toContain('Fake fingerprint reader at USB\\VID_F00D&PID_0001\\1');
  const events: string[] = [];
  const next = { change: Promise.withResolvers<void>() };
  const note = (what: string, { info }: MatchingDevice) => {
    events.push(`${what} ${info.serialNumber}`);
    next.change.resolve();
  };
  using _watching = source.watch({ arrived: (device) => note('+', device), removed: (device) => note('-', device) });
  for (const present of [true, false, true]) {
    next.change = Promise.withResolvers();
    winbio.plug(2, present);
    await next.change.promise;
  }
  expect(events).toEqual(['+ 2', '- 2', '+ 2']);
  expect(source.fault).toBeUndefined();
  const [device] = source.devices as [WinBioDevice];
  await device.open({ signal: NEVER });
  const waiting = device.identify('all', { signal: NEVER });
  await winbio.until('waits', 1);
  winbio.plug(2, false);
  await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  const both = await started({ databaseId: DATABASE, unit: 'Fake fingerprint reader' }, [3, 4]);
  expect(both.source.devices).toHaveLength(2);
});

fake(
  'a service of Windows that does not run is said so and asked again; one that ends takes its readers along',
  async () => {
    const winbio = new FakeWinBio();
    winbio.fail(0x80070426, 'call');
    const faults: string[] = [];
    const onFault = ({ message }: BiometricError) => void faults.push(message);
    const source = await WinBioDevices.start({ library: winbio.path, databaseId: DATABASE, onFault });
    onTestFinished(() => source.close());
    expect(faults).toEqual([expect.stringContaining('Start-Service WbioSrvc')]);
    const arrival = async () => {
      const { promise, resolve } = Promise.withResolvers<MatchingDevice>();
      using _watching = source.watch({ arrived: resolve, removed: () => {} });
      return await promise;
    };
    const first = await arrival();
    await first.open({ signal: NEVER });
    winbio.fail(0x800706ba);
    await expect(first.identify('all', { signal: NEVER })).rejects.toMatchObject({
      code: 'WINBIO_E_SENSOR_UNAVAILABLE',
    });
    expect(first.status).toBe('removed');
    expect(await arrival()).not.toBe(first);
  },
);

fake('what Windows refuses when a reader is opened is told with its remedy, and may be tried again', async () => {
  const refused: BiometricError[] = [];
  const { winbio, source } = await started({ databaseId: DATABASE, onRefused: (error) => refused.push(error) });
  const [device] = source.devices as [WinBioDevice];
  winbio.fail(CODES.E_ACCESSDENIED.hresult);
  await expect(device.open({ signal: NEVER })).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  expect(refused[0]?.message).toContain('administrator');
  await device.open({ signal: NEVER });
  expect(device.status).toBe('ready');
});

fake('options that are none are refused', async () => {
  await expect(WinBioDevices.start({})).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  await expect(WinBioDevices.start({ pool: 'public' as 'private' })).rejects.toThrow("'system'");
  if (process.platform !== 'win32') {
    await expect(WinBioDevices.start({ pool: 'system' })).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  }
});
