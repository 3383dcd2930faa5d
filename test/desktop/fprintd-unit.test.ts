/** A service whose reader belongs to Debian's fprintd, over libfprint's virtual reader. */

import { expect, onTestFinished, test } from 'vitest';
import type { EnrollStage } from '../../src/adapters/matching-device.ts';
import { SYSTEM_CLOCK } from '../../src/core/clock.ts';
import { WINBIO_FP_TOO_SHORT } from '../../src/core/constants.ts';
import { FprintdDevice } from '../../src/devices/fprintd/fprintd-device.ts';
import { FprintdDevices } from '../../src/devices/fprintd/fprintd-devices.ts';
import { FPRINT_INTERFACES, FPRINT_PATHS } from '../../src/drivers/fprintd/fprint-interface.ts';
import { FprintdLink } from '../../src/drivers/fprintd/fprintd-link.ts';
import { openSystemBus } from '../../src/drivers/fprintd/system-bus.ts';
import { connect, type Session, sidIdentity, type WhorlService } from '../../src/exports/whorl/index.ts';
import { DesktopWorld } from './desktop-world.ts';
import { answerAsPolkit, NO_DESKTOP, PrivateBus } from './private-bus.ts';
import { RealFprintd, type VirtualReader } from './real-fprintd.ts';

/** Touches of an enrollment at a reader that can search: one more, to look for duplicates. */
const TOUCHES = 6;
const { signal: NEVER } = new AbortController();
const desktop = test.skipIf(NO_DESKTOP);

interface World {
  readonly bus: PrivateBus;
  readonly fprintd: RealFprintd;
  readonly service: WhorlService;
  readonly session: Session;
}

/** A bus with a polkit, an fprintd and a service with its reader. */
async function world(reader?: VirtualReader): Promise<World> {
  const stack = new AsyncDisposableStack();
  onTestFinished(() => stack.disposeAsync());
  const bus = stack.use(await PrivateBus.start({ polkit: true }));
  const fprintd = stack.use(await RealFprintd.start(bus, reader));
  const readers = [{ kind: 'fprintd', name: 'desk', bus: bus.address }] as const;
  const service = stack.use(await connect({ embedded: { state: 'memory', readers, engineThreads: 1 } }));
  return { bus, fprintd, service, session: stack.use(await service.openSession()) };
}

const self = async ({ service }: World) => sidIdentity((await service.administration.whoAmI()).sid);

/** Enrolls a finger with these touches, and commits. */
async function enrolled({ fprintd, session }: World, finger: 'right-index' | 'left-index', touches: readonly string[]) {
  const enrollment = await session.beginEnrollment({ finger });
  fprintd.present(...touches);
  const steps: unknown[] = [];
  for await (const step of enrollment) steps.push(step);
  return { steps, committed: await enrollment.commit() };
}

const scans = (id: string) => Array.from({ length: TOUCHES }, () => `SCAN ${id}`);

/** What a stranger on the bus may do: tell every client of a result that fprintd did not find. */
async function sayToAll(bus: PrivateBus, result: string): Promise<void> {
  await using stranger = await openSystemBus(bus.address);
  const from = { path: `${FPRINT_PATHS.devices}/0`, interface: FPRINT_INTERFACES.device };
  for (const destination of (await stranger.listNames()).filter((name) => name.startsWith(':'))) {
    const said = { type: 4, ...from, member: 'VerifyStatus', signature: 'sb', body: [result, true] };
    stranger.connection.message({ ...said, destination, serial: stranger.serial++ });
  }
  // It has been delivered when the bus answers what was sent after it.
  await stranger.getId();
}

/** The units until there are as many. */
async function untilUnits(service: WhorlService, count: number): Promise<void> {
  const controller = new AbortController();
  const changes = service.unitChanges({ signal: controller.signal })[Symbol.asyncIterator]();
  let next = changes.next();
  while ((await service.units()).length !== count) {
    await next;
    next = changes.next();
  }
  controller.abort();
  await next.catch(() => undefined);
}

desktop(
  'enrolls in stages with a bad touch, verifies and heeds no stranger, lists, refuses a duplicate, and deletes',
  async () => {
    const w = await world();
    const { fprintd, session, service } = w;
    expect(await service.units()).toMatchObject([{ name: 'desk', model: expect.stringContaining('Virtual device') }]);
    const [first = '', ...others] = scans('right');
    const { steps, committed } = await enrolled(w, 'right-index', [first, 'RETRY 1', ...others]);
    expect(steps).toHaveLength(TOUCHES + 1);
    expect(steps[1]).toMatchObject({ kind: 'rejected', detail: WINBIO_FP_TOO_SHORT });
    expect(committed).toMatchObject({ kind: 'stored' });

    const identity = await self(w);
    expect(await session.enrollments(identity)).toEqual([2]);
    fprintd.present('SCAN right');
    expect(await session.verify({ identity, finger: 'right-index' })).toMatchObject({ kind: 'match' });
    const verifying = session.verify({ identity, finger: 'right-index' });
    await fprintd.awaited();
    await sayToAll(w.bus, 'verify-match');
    fprintd.present('SCAN left');
    expect(await verifying).toMatchObject({ kind: 'non-match' });

    await expect(enrolled(w, 'left-index', ['SCAN right'])).rejects.toMatchObject({
      code: 'WINBIO_E_DUPLICATE_TEMPLATE',
    });
    // It is refused at once: no finger is waited for.
    await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_UNSUPPORTED_PURPOSE' });

    expect(await session.deleteTemplate({ identity, finger: 'right-index' })).toBe(true);
    expect(await session.enrollments(identity)).toEqual([]);
  },
);

desktop('a wait that is canceled ends once, and leaves the reader to others', async () => {
  const w = await world();
  const { fprintd, session } = w;
  await enrolled(w, 'right-index', scans('right'));
  const identity = await self(w);
  const controller = new AbortController();
  let endings = 0;
  const verifying = session.verify({ identity, finger: 'right-index' }, controller).finally(() => endings++);
  await fprintd.awaited();
  controller.abort();
  await expect(verifying).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await fprintd.rested();
  const claimed = async (): Promise<void> => {
    // Releasing follows the rest; what tells of it is that others get the reader.
    await fprintd.call<void>('Claim', 'somebody').catch(async (thrown: { dbusName?: string }) => {
      if (thrown.dbusName !== 'net.reactivated.Fprint.Error.AlreadyInUse') throw thrown;
      await claimed();
    });
  };
  await claimed();

  await expect(session.verify({ identity, finger: 'right-index' })).rejects.toMatchObject({
    code: 'WINBIO_E_DEVICE_BUSY',
  });
  await fprintd.call('Release');
  fprintd.present('SCAN right');
  expect(await session.verify({ identity, finger: 'right-index' })).toMatchObject({ kind: 'match' });
  expect(endings).toBe(1);
});

desktop('a reader that is pulled out and an fprintd that is killed end what waits; both come back', async () => {
  // One that keeps its prints at fprintd: the other forgets them with the process.
  const w = await world('FP_VIRTUAL_DEVICE');
  const { fprintd, session, service } = w;
  await enrolled(w, 'right-index', scans('right').slice(1));
  const identity = await self(w);
  const verify = () => session.verify({ identity, finger: 'right-index' });

  const unplugged = verify().catch((thrown: unknown) => thrown);
  // The driver notices when it next talks to the reader.
  fprintd.present('UNPLUG', 'SCAN nothing');
  expect(await unplugged).toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  await untilUnits(service, 0);
  // libfprint makes a virtual reader once: another fprintd finds it again.
  await fprintd.kill();
  await fprintd.begin();
  await untilUnits(service, 1);
  fprintd.present('SCAN right');
  expect(await verify()).toMatchObject({ kind: 'match' });

  const killed = verify().catch((thrown: unknown) => thrown);
  await fprintd.awaited();
  await fprintd.kill();
  expect(await killed).toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  await untilUnits(service, 0);
  await fprintd.begin();
  await untilUnits(service, 1);
  fprintd.present('SCAN right');
  expect(await verify()).toMatchObject({ kind: 'match' });
});

desktop('an fprintd that has ended because nobody needed it is started again by the bus', async () => {
  await using bus = await PrivateBus.start({ polkit: true });
  await using fprintd = await RealFprintd.activated(bus, 'FP_VIRTUAL_DEVICE');
  const link = await FprintdLink.find({ bus: bus.address });
  await using device = new FprintdDevice(link);
  await device.open({ signal: NEVER });
  fprintd.present(...scans('right').slice(1));
  const enrollment = await device.enroll({ subFactor: 2, label: 'x' }, { signal: NEVER, onStage: () => {} });
  if (enrollment.kind !== 'enrolled') throw new TypeError('not enrolled');
  await fprintd.kill();
  fprintd.present('SCAN right');
  expect(await device.verify(enrollment.print, { signal: NEVER })).toEqual({ kind: 'match' });
  expect(device.status).toBe('ready');
});

desktop('an enrollment that is aborted with its last touch leaves no print', async () => {
  await using bus = await PrivateBus.start({ polkit: true });
  await using fprintd = await RealFprintd.start(bus);
  await using source = await FprintdDevices.start({ bus: bus.address });
  const device = source.device as FprintdDevice;
  await device.open({ signal: NEVER });
  const controller = new AbortController();
  const onStage = (stage: EnrollStage) => {
    if (stage.kind === 'accepted' && stage.completed === TOUCHES) controller.abort('enough');
  };
  fprintd.present(...scans('right'));
  const aborted = device.enroll({ subFactor: 2, label: 'x' }, { signal: controller.signal, onStage });
  await expect(aborted).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', cause: 'enough' });
  // A print that is left would be a duplicate now.
  fprintd.present(...scans('right'));
  const again = await device.enroll({ subFactor: 245, label: 'x' }, { signal: NEVER, onStage: () => {} });
  expect(again).toMatchObject({
    kind: 'enrolled',
    print: { id: expect.stringMatching(/^w-\w{20}\/right-index-finger$/) },
  });
});

desktop('a driver that fails is a failure, and one that fails after minutes of waiting has to rest', async () => {
  await using bus = await PrivateBus.start({ polkit: true });
  await using fprintd = await RealFprintd.start(bus, 'FP_VIRTUAL_DEVICE');
  let laterMs = 0;
  const clock = { ...SYSTEM_CLOCK, nowMs: () => SYSTEM_CLOCK.nowMs() + laterMs };
  await using source = await FprintdDevices.start({ bus: bus.address, clock });
  const device = source.device as FprintdDevice;
  await device.open({ signal: NEVER });
  const enroll = () => device.enroll({ subFactor: 2, label: 'x' }, { signal: NEVER, onStage: () => {} });
  fprintd.present('ERROR 0');
  await expect(enroll()).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
  const waiting = enroll();
  await fprintd.awaited();
  laterMs = 180_000;
  fprintd.present('ERROR 0');
  await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_BUSY' });
  expect(device.status).toBe('ready');
});

desktop('without the permission of polkit, and without fprintd, there is no reader, and it is said why', async () => {
  await using bus = await PrivateBus.start();
  const faults: string[] = [];
  const onFault = ({ code, message }: { code: string; message: string }) => void faults.push(`${code} ${message}`);
  await using absent = await FprintdDevices.start({ bus: bus.address, onFault });
  expect(absent.fault).toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  let allowed = false;
  await using _polkit = await answerAsPolkit(bus.address, () => allowed);
  await using _fprintd = await RealFprintd.start(bus);
  await using refused = await FprintdDevices.start({ bus: bus.address, onFault });
  expect(refused.fault).toMatchObject({ code: 'E_ACCESSDENIED' });
  expect(refused.fault?.message).toContain('net.reactivated.fprint.device.setusername');
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  using _watching = refused.watch({ arrived: () => resolve(), removed: () => {} });
  allowed = true;
  await arrived;
  expect(refused.fault).toBeUndefined();
  allowed = false;
  await refused.device?.open({ signal: NEVER });
  const print = { id: 'w-00112233445566778899/left-thumb', handle: new Uint8Array() };
  await expect(refused.device?.verify(print, { signal: NEVER })).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  allowed = true;
  await expect(refused.device?.verify(print, { signal: NEVER })).rejects.toMatchObject({
    code: 'WINBIO_E_DATABASE_NO_SUCH_RECORD',
  });
  expect(faults[0]).toContain('apt-get install fprintd');
});

desktop("a service that stands in fprintd's place is no reader of itself", async () => {
  await using own = await DesktopWorld.start();
  await using source = await FprintdDevices.start({ bus: own.bus.address });
  expect(source.fault).toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
});

desktop(
  'a name or path chooses the reader, and one that fprintd does not have is named with those it has',
  async () => {
    await using bus = await PrivateBus.start({ polkit: true });
    await using _fprintd = await RealFprintd.start(bus, 'FP_VIRTUAL_DEVICE');
    await using byPath = await FprintdDevices.start({ bus: bus.address, device: '/net/reactivated/Fprint/Device/0' });
    const { info } = byPath.device ?? {};
    expect(info).toMatchObject({
      driver: 'fprintd',
      enrollStages: 5,
      capabilities: ['verify', 'delete', 'touch'],
    });
    await using other = await FprintdDevices.start({ bus: bus.address, device: 'another' });
    expect(other.fault?.message).toContain(String(info?.model));
  },
);
