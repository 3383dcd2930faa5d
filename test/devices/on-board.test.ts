/** Readers that match inside as units of the service, beside readers that hand out pictures. */

import { expect, test } from 'vitest';
import {
  WINBIO_CAPABILITY_DATABASE,
  WINBIO_CAPABILITY_MATCHING,
  WINBIO_DATABASE_TYPE_MASK,
  WINBIO_DATABASE_TYPE_ONCHIP,
  WINBIO_FP_TOO_SHORT,
} from '../../src/exports/fingerprint/adapters.ts';
import type { Enrollment, Finger, Session } from '../../src/exports/whorl/index.ts';
import { createHost, type Host, ScriptedDevice, type ScriptedDeviceOptions } from '../../src/exports/whorl/testkit.ts';
import {
  out,
  S_OK,
  WINBIO_E_CONFIGURATION_FAILURE,
  WINBIO_FLAG_ADVANCED,
  WINBIO_FLAG_BASIC,
  WINBIO_POOL_PRIVATE,
  WINBIO_POOL_SYSTEM,
  WINBIO_POOL_UNASSIGNED,
  WINBIO_TYPE_FINGERPRINT,
} from '../../src/exports/whorl/winbio.ts';

/** The readers' unit is the first, the device's the second. */
const UNIT = 2;

interface DeviceWorld extends AsyncDisposable {
  readonly host: Host;
  readonly device: ScriptedDevice;
  readonly session: Session;
  readonly service: ReturnType<Host['process']>['service'];
  readonly self: { readonly type: 'sid'; readonly sid: string };
  /** Touches the device once it waits, and lets the answers arrive. */
  touch(finger: number): Promise<void>;
  enroll(finger: number, as?: Finger): Promise<Enrollment>;
}

async function world(options: ScriptedDeviceOptions = {}, given = new ScriptedDevice(options)): Promise<DeviceWorld> {
  const host = await createHost({ readers: 1, devices: [given] });
  const { service, user } = host.process();
  const session = await service.openSession();
  const touch = async (finger: number) => {
    await host.settle();
    await given.waiting();
    given.touch(finger);
    await host.settle();
  };
  return {
    host,
    device: given,
    session,
    service,
    self: { type: 'sid', sid: user },
    touch,
    async enroll(finger, as = 'right-index') {
      const enrollment = await session.beginEnrollment({ unitId: UNIT, finger: as });
      for (;;) {
        const step = enrollment.capture();
        await touch(finger);
        if ((await step).kind === 'sufficient') return enrollment;
      }
    },
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

test('a finger is enrolled touch by touch, and then identified by touching either reader', async () => {
  await using w = await world();
  const enrollment = await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' });
  const steps = [];
  for (let i = 0; i < 3; i++) {
    const step = enrollment.capture();
    await w.touch(7);
    steps.push(await step);
  }
  expect(steps.map(({ percentComplete }) => percentComplete)).toEqual([33, 66, 100]);
  expect(await enrollment.commit()).toMatchObject({ kind: 'stored', identity: w.self });
  expect(w.device.prints).toHaveLength(1);

  const identified = w.session.identify();
  await w.touch(7);
  expect(await identified).toMatchObject({ kind: 'identified', unitId: UNIT, identity: w.self, subFactor: 2 });

  const unknown = w.session.identify();
  await w.host.touch(7);
  // A template of one reader is not compared with a sample of the other.
  expect(await unknown).toMatchObject({ kind: 'unknown-identity', unitId: 1 });
});

test('a finger is verified inside, also while others identify', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  const target = { identity: w.self, finger: 'right-index' } as const;
  const good = w.session.verify(target);
  await w.touch(7);
  expect(await good).toMatchObject({ kind: 'match', unitId: UNIT });
  expect(w.device.calls).toContain('verify');
  const bad = w.session.verify(target);
  await w.touch(8);
  expect(await bad).toMatchObject({ kind: 'non-match' });
  const nobody = w.session.verify({ ...target, finger: 'left-thumb' });
  await w.touch(7);
  expect(await nobody).toMatchObject({ kind: 'non-match' });
});

test('a capture that waited for another purpose does not answer the operation that follows', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  await using other = await w.service.openSession();
  const controller = new AbortController();
  const claim = { identity: w.self, finger: 'right-index' } as const;
  const verifying = w.session.verify(claim, controller).catch((thrown: unknown) => thrown);
  await w.host.settle();
  await w.device.waiting();
  const identifying = other.identify();
  await w.host.settle();
  controller.abort();
  expect(await verifying).toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await w.touch(7);
  expect(await identifying).toMatchObject({ kind: 'identified', identity: w.self });
});

test('a bad touch is told, and the enrollment goes on', async () => {
  await using w = await world();
  const enrollment = await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' });
  const step = enrollment.capture();
  await w.host.settle();
  await w.device.waiting();
  w.device.touchBadly(WINBIO_FP_TOO_SHORT);
  expect(await step).toMatchObject({ kind: 'rejected', detail: WINBIO_FP_TOO_SHORT });
  for (let i = 0; i < 2; i++) {
    const next = enrollment.capture();
    await w.touch(7);
    expect((await next).kind).toBe('more-needed');
  }
  const last = enrollment.capture();
  await w.touch(7);
  expect((await last).kind).toBe('sufficient');
});

test('a touch between two captures is kept for the next one', async () => {
  await using w = await world();
  const enrollment = await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' });
  const first = enrollment.capture();
  await w.touch(7);
  await first;
  await w.touch(7);
  expect(await enrollment.capture()).toMatchObject({ kind: 'more-needed', percentComplete: 66 });
});

test('a discarded enrollment leaves nothing on the device, before its last touch and after it', async () => {
  await using w = await world();
  const begun = await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' });
  const step = begun.capture();
  await w.touch(7);
  await step;
  await begun.discard();
  await w.host.settle();
  expect(w.device.prints).toEqual([]);
  const complete = await w.enroll(7);
  expect(w.device.prints).toHaveLength(1);
  await complete.discard();
  await w.host.settle();
  expect(w.device.prints).toEqual([]);
  await (await w.enroll(7)).commit();
  expect(w.device.prints).toHaveLength(1);
});

test.each([
  ['the device looks', undefined],
  ['the device only finds', ['identify', 'list', 'delete'] as const],
])('a finger that is enrolled already is a duplicate, whether %s', async (_what, capabilities) => {
  await using w = await world(capabilities && { capabilities });
  await (await w.enroll(7)).commit();
  const again = await w.session.beginEnrollment({ unitId: UNIT, finger: 'left-index' });
  const step = again.capture();
  await w.touch(7);
  expect((await step).kind).toBe('sufficient');
  expect(await again.commit()).toMatchObject({ kind: 'duplicate', identity: w.self, subFactor: 2 });
  await again.discard();
  await w.host.settle();
  expect(w.device.prints).toHaveLength(1);
  const known = w.session.identify();
  await w.touch(7);
  expect(await known).toMatchObject({ kind: 'identified' });
});

test('a finger on the device that no record knows is refused, and matches nobody', async () => {
  await using w = await world();
  w.device.plant(9);
  const enrollment = await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' });
  const refused = enrollment.capture().catch((thrown: unknown) => thrown);
  await w.touch(9);
  expect(await refused).toMatchObject({ code: 'WINBIO_E_DUPLICATE_TEMPLATE' });
  const unknown = w.session.identify();
  await w.touch(9);
  expect(await unknown).toMatchObject({ kind: 'unknown-identity' });
});

test('a full device refuses an enrollment with the code of a full database', async () => {
  await using w = await world({ capacity: 1 });
  w.device.plant(9);
  const enrollment = await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' });
  await expect(enrollment.capture()).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_FULL' });
});

test('enrollments are told and deleted, on the device too, while another operation waits for a finger', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  await (await w.enroll(8, 'left-thumb')).commit();
  await using other = await w.service.openSession();
  const identifying = other.identify();
  await w.host.settle();
  await w.device.waiting();
  expect(await w.session.enrollments(w.self, { unitId: UNIT })).toEqual([2, 6]);
  expect(await w.session.deleteTemplate({ identity: w.self, finger: 'right-index', unitId: UNIT })).toBe(true);
  expect(w.device.prints).toHaveLength(1);
  await w.touch(8);
  expect(await identifying).toMatchObject({ kind: 'identified', subFactor: 6 });
});

test('a record whose print vanished is not used, and a deletion that the device refuses keeps the record', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  w.device.failNext('delete');
  const target = { identity: w.self, finger: 'right-index', unitId: UNIT } as const;
  await expect(w.session.deleteTemplate(target)).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
  expect(await w.session.enrollments(w.self, { unitId: UNIT })).toEqual([2]);
  w.device.forget(w.device.prints[0]?.id ?? '');
  const gone = w.session.identify();
  await w.touch(7);
  expect(await gone).toMatchObject({ kind: 'unknown-identity' });
  expect(await w.session.deleteTemplate(target)).toBe(true);
});

test.each(['enroll', 'identify', 'verify'] as const)(
  'a device that is unplugged during %s ends what needs it',
  async (kind) => {
    const device = new ScriptedDevice();
    await using w = await world({}, device);
    if (kind === 'verify') await (await w.enroll(7)).commit();
    device.unplugDuring(kind);
    const enrollment =
      kind === 'enroll' ? await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' }) : undefined;
    const running =
      enrollment?.capture() ??
      (kind === 'identify' ? w.session.identify() : w.session.verify({ identity: w.self, finger: 'right-index' }));
    const ended = running.catch((thrown: unknown) => thrown);
    await w.host.settle();
    if (kind === 'enroll') expect(await ended).toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
    else {
      // The other reader serves what this one would have served.
      await w.host.touch(1);
      expect(await ended).toMatchObject({ unitId: 1 });
    }
    expect((await w.service.units()).map(({ unitId }) => unitId)).toEqual([1]);
  },
);

test('a device that fails is set up again, and works', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  w.device.failNext('identify', 'WINBIO_E_DEVICE_FAILURE', 3);
  for (let i = 0; i < 3; i++) {
    const failed = w.session.verify({ identity: w.self, finger: 'left-thumb' }).catch((thrown: unknown) => thrown);
    await w.host.settle();
    w.host.clock.advance(2000);
    await w.host.settle();
    await w.host.touch(1);
    await failed;
  }
  expect(w.device.calls).toContain('reset');
  const identified = w.session.identify();
  await w.touch(7);
  expect(await identified).toMatchObject({ kind: 'identified', unitId: UNIT });
});

test('its unit and its databases say that they are on board', async () => {
  await using w = await world();
  const unit = (await w.service.units()).find(({ unitId }) => unitId === UNIT);
  expect(unit).toMatchObject({ model: 'ScriptedDevice', serialNumber: '1' });
  expect((unit?.capabilities ?? 0) & WINBIO_CAPABILITY_MATCHING).not.toBe(0);
  expect((unit?.capabilities ?? 0) & WINBIO_CAPABILITY_DATABASE).not.toBe(0);
  const databases = await w.service.databases();
  const onChip = databases.filter(
    ({ attributes }) => (attributes & WINBIO_DATABASE_TYPE_MASK) === WINBIO_DATABASE_TYPE_ONCHIP,
  );
  expect(onChip).toHaveLength(2);
});

test('a reader that only verifies is told whom to expect, and says so where it cannot be', async () => {
  const device = new ScriptedDevice({ capabilities: ['verify', 'list', 'delete'] });
  await using host = await createHost({ readers: 0, devices: [device] });
  const { service, user } = host.process();
  await using session = await service.openSession();
  const enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let i = 0; i < 3; i++) {
    const step = enrollment.capture();
    await device.waiting();
    device.touch(7);
    await step;
  }
  await enrollment.commit();
  const identity = { type: 'sid', sid: user } as const;
  const verified = session.verify({ identity, finger: 'right-index' });
  await device.waiting();
  device.touch(7);
  expect(await verified).toMatchObject({ kind: 'match' });
  await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_UNSUPPORTED_PURPOSE' });
});

test('a private pool takes it in advanced mode, with records of its own', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  const databaseId = w.host.privateDatabaseId;
  {
    await using own = await w.service.openSession({ pool: 'private', unitIds: [UNIT], databaseId });
    const unknown = own.identify();
    await w.touch(7);
    expect(await unknown).toMatchObject({ kind: 'unknown-identity', unitId: UNIT });
    const enrollment = await own.beginEnrollment({ unitId: UNIT, finger: 'left-thumb' });
    for (let i = 0; i < 3; i++) {
      const step = enrollment.capture();
      await w.touch(8);
      await step;
    }
    expect(await enrollment.commit()).toMatchObject({ kind: 'stored', identity: { type: 'guid' } });
  }
  for (const [flag, hr] of [
    [WINBIO_FLAG_ADVANCED, S_OK],
    [WINBIO_FLAG_BASIC, WINBIO_E_CONFIGURATION_FAILURE],
  ] as const) {
    const { winbio } = w.host.process();
    const args = [WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_PRIVATE, flag, [UNIT], 1, databaseId] as const;
    const handle = out<number>();
    expect(await winbio.WinBioOpenSession(...args, handle)).toBe(hr);
    if (hr === S_OK) await winbio.WinBioCloseSession(handle.value ?? 0);
  }
});

test('the person sees what the reader wants and thinks', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  expect(w.device.shown).toContain('waiting');
  const identified = w.session.identify();
  await w.touch(7);
  await identified;
  expect(w.device.shown.slice(-2)).toEqual(['waiting', 'good']);
  const unknown = w.session.identify();
  await w.touch(8);
  await unknown;
  expect(w.device.shown.slice(-2)).toEqual(['waiting', 'bad']);
  const controller = new AbortController();
  const canceled = w.session.identify(controller).catch(() => {});
  await w.host.settle();
  await w.device.waiting();
  controller.abort();
  await canceled;
  await w.host.settle();
  expect(w.device.shown.at(-1)).toBe('off');
  expect(w.host.idle).toBe(true);
});

test.each(['E_ACCESSDENIED', 'WINBIO_E_DEVICE_BUSY'] as const)(
  'a device that cannot be opened (%s) is a unit in no pool, and the others serve',
  async (code) => {
    const device = new ScriptedDevice();
    device.failNext('open', code);
    await using w = await world({}, device);
    const pools = new Map((await w.service.units()).map(({ unitId, poolType }) => [unitId, poolType]));
    expect([pools.get(1), pools.get(UNIT)]).toEqual([WINBIO_POOL_SYSTEM, WINBIO_POOL_UNASSIGNED]);
    const unknown = w.session.identify();
    await w.host.touch(1);
    expect(await unknown).toMatchObject({ kind: 'unknown-identity', unitId: 1 });
  },
);

test('a device that dies in the middle of a deletion keeps the record', async () => {
  await using w = await world();
  await (await w.enroll(7)).commit();
  w.device.unplugDuring('delete');
  const target = { identity: w.self, finger: 'right-index', unitId: UNIT } as const;
  await expect(w.session.deleteTemplate(target)).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  expect(w.device.prints).toHaveLength(1);
});

test('sleep ends an enrollment and leaves nothing on the device', async () => {
  await using w = await world();
  const enrollment = await w.session.beginEnrollment({ unitId: UNIT, finger: 'right-index' });
  const first = enrollment.capture();
  await w.touch(7);
  await first;
  await w.host.suspend();
  await w.host.resume();
  const ended = await enrollment.capture().catch((thrown: unknown) => thrown);
  expect(ended).toMatchObject({ code: 'WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND' });
  expect(w.device.prints).toEqual([]);
  await (await w.enroll(7)).commit();
  expect(w.device.prints).toHaveLength(1);
});
