import { describe, expect, test } from 'vitest';
import * as w from '../../src/exports/whorl/winbio.ts';
import { isPending, openAsync, openSync } from '../support/sessions.ts';
import { INDEX, World } from '../support/world.ts';

const UNCLAIMED = w.WINBIO_EVENT_FP_UNCLAIMED;
const FINISH_MS = 5_000;

describe('cancel', () => {
  test('A-201: a canceled capture is aborted, ends, and only then the operation is done with', async () => {
    await using world = await World.create();
    const call = world.identifying();
    await world.host.settle();
    const [capture] = world.tap.of('sensor.capture');
    expect(capture?.settled).toBeUndefined();
    await world.winbio.WinBioCancel(world.handle);
    expect(await call).toBe(w.WINBIO_E_CANCELED);
    await world.host.settle();
    expect([capture?.settled === undefined, world.host.idle]).toEqual([false, true]);
    expect(capture?.arguments[1]).toMatchObject({ signal: { aborted: true } });
  });

  test('A-202: an operation that has not begun is canceled without asking an adapter', async () => {
    await using world = await World.create();
    const { handle, notices } = await openAsync(world.host, world.process);
    // The first captures; the others wait in the queue of their session.
    for (let i = 0; i < 3; i++) await world.winbio.WinBioIdentify(handle, null, null, null, null);
    await world.host.settle();
    const before = world.tap.calls.length;
    await world.winbio.WinBioCancel(handle);
    await world.host.settle();
    expect(notices.results.slice(0, 3).map(({ ApiStatus }) => ApiStatus)).toEqual(Array(3).fill(w.WINBIO_E_CANCELED));
    expect(world.tap.calls.length).toBe(before);
  });

  test('A-203: a cancel with nothing pending asks no adapter', async () => {
    await using world = await World.create();
    world.tap.clear();
    expect(await world.winbio.WinBioCancel(world.handle)).toBe(w.S_OK);
    await world.host.settle();
    expect(world.tap.names()).toEqual([]);
  });

  test('A-204: an abort does not wait for other work of the unit', async () => {
    await using world = await World.create();
    const call = world.identifying();
    await world.host.settle();
    world.tap.hold('sensor.control');
    const other = await openSync(world.host, world.process);
    await world.winbio.WinBioLockUnit(other, 1);
    const control = world.winbio.WinBioControlUnit;
    const busy = control(other, 1, 1, 77, null, 0, new Uint8Array(4), 4, w.out(), w.out());
    await world.winbio.WinBioCancel(world.handle);
    expect(await call).toBe(w.WINBIO_E_CANCELED);
    world.tap.release('sensor.control');
    await busy;
  });

  test('A-206: of two operations that wait for one capture, canceling one leaves the capture to the other', async () => {
    await using world = await World.create();
    const other = await openSync(world.host, world.process);
    const calls = [world.identifying(), world.identifying(other)] as const;
    await world.host.settle();
    await world.winbio.WinBioCancel(world.handle);
    expect(await calls[0]).toBe(w.WINBIO_E_CANCELED);
    expect(await isPending(world.host, calls[1])).toBe(true);
    const [capture, ...more] = world.tap.of('sensor.capture');
    expect([more.length, capture?.settled]).toEqual([0, undefined]);
    await world.host.touch(1);
    expect(await calls[1]).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-207: one sample is for one operation', async () => {
    await using world = await World.create();
    const other = await openSync(world.host, world.process);
    const calls = [world.identifying(), world.identifying(other)] as const;
    await world.host.touch(1);
    expect(await calls[0]).toBe(w.WINBIO_E_UNKNOWN_ID);
    expect(await isPending(world.host, calls[1])).toBe(true);
    expect(world.tap.names('engine.extract')).toHaveLength(1);
    await world.host.touch(2);
    expect(await calls[1]).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-208: the first unit that is touched answers; captures nobody needs any more are aborted', async () => {
    await using world = await World.create({ readers: 3 });
    const unit = w.out<number>();
    const call = world.winbio.WinBioIdentify(world.handle, unit, w.out(), w.out(), w.out());
    await world.host.settle();
    expect(world.tap.names('sensor.capture')).toHaveLength(3);
    await world.host.touch(1, 1);
    expect([await call, unit.value]).toEqual([w.WINBIO_E_UNKNOWN_ID, 2]);
    await world.host.settle();
    expect(world.tap.of('sensor.capture').every(({ settled }) => settled !== undefined)).toBe(true);
    expect([world.tap.names('engine.extract').length, world.host.idle]).toEqual([1, true]);
  });

  test('A-209: a sample that came before the cancel took effect is reported once, and to nobody else', async () => {
    await using world = await World.create();
    const { handle, notices } = await openAsync(world.host, world.process);
    await world.winbio.WinBioLocateSensor(handle, null);
    await world.host.settle();
    const waiting = await openSync(world.host, world.process);
    const second = world.identifying(waiting);
    await world.host.settle();
    const touched = world.host.reader(0).presentRejected(w.WINBIO_FP_TOO_FAST);
    const canceled = world.winbio.WinBioCancel(handle);
    expect(touched).toBe(true);
    await canceled;
    await world.host.settle();
    const located = notices.results.filter(({ Operation }) => Operation === w.WINBIO_OPERATION_LOCATE_SENSOR);
    expect(located.map(({ ApiStatus }) => ApiStatus)).toEqual([w.S_OK]);
    expect(await isPending(world.host, second)).toBe(true);
  });

  test('A-210: a capture that does not end after its abort is reset, then the unit has failed', async () => {
    await using world = await World.create({ readers: 2 });
    world.host.reader(0).hang();
    const call = world.identifying();
    await world.host.settle();
    await world.winbio.WinBioCancel(world.handle);
    expect(await call).toBe(w.WINBIO_E_CANCELED);
    expect(world.tap.names('sensor.reset')).toEqual([]);
    world.host.clock.advance(FINISH_MS);
    expect(world.tap.names('sensor.reset')).toHaveLength(1);
    world.host.clock.advance(FINISH_MS);
    await world.host.settle();
    expect((await world.identify(1, { reader: 1 })).hr).not.toBe(w.S_OK);
    expect((await world.property(w.WINBIO_PROPERTY_EXTENDED_UNIT_STATUS)).words[0]).toBe(w.WINBIO_SENSOR_FAILURE);
    world.host.reader(0).release();
  });

  test('A-241: while a capture waits, deletion, enumeration and properties of its unit do not', async () => {
    await using world = await World.create();
    await world.enroll(1);
    const waiting = await openSync(world.host, world.process);
    const call = world.identifying(waiting);
    await world.host.settle();
    const enumerate = world.winbio.WinBioEnumEnrollments;
    expect(await enumerate(world.handle, 1, world.self, w.out(), w.out())).toBe(w.S_OK);
    expect((await world.property(w.WINBIO_PROPERTY_SAMPLE_HINT)).hr).toBe(w.S_OK);
    expect(await world.delete()).toBe(w.S_OK);
    expect(await isPending(world.host, call)).toBe(true);
    const captures = world.tap.of('sensor.capture');
    expect(captures.at(-1)?.settled).toBeUndefined();
  });

  test('A-242: while a capture waits, the sensor is neither reset, nor closed, nor asked for another', async () => {
    await using world = await World.create();
    const call = world.identifying();
    await world.host.settle();
    world.tap.clear();
    const others = await Promise.all([1, 2].map(() => openSync(world.host, world.process)));
    const more = others.map((handle) => world.identifying(handle));
    await world.property(w.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO);
    await world.host.settle();
    expect(world.tap.names('sensor.')).toEqual([]);
    for (const handle of [world.handle, ...others]) await world.winbio.WinBioCancel(handle);
    expect(await Promise.all([call, ...more])).toEqual(Array(3).fill(w.WINBIO_E_CANCELED));
  });

  test('A-243: a lock that is granted ends the capture that ran for others first', async () => {
    await using world = await World.create();
    await world.winbio.WinBioRegisterEventMonitor(world.handle, UNCLAIMED, () => {});
    await world.host.settle();
    const [capture] = world.tap.of('sensor.capture');
    expect(capture?.settled).toBeUndefined();
    const owner = await openSync(world.host, world.process);
    expect(await world.winbio.WinBioLockUnit(owner, 1)).toBe(w.S_OK);
    expect(capture?.settled).toBeDefined();
    await world.host.settle();
    expect(world.tap.names('sensor.capture')).toHaveLength(1);
    await world.winbio.WinBioUnlockUnit(owner, 1);
    await world.host.settle();
    expect(world.tap.names('sensor.capture')).toHaveLength(2);
  });

  test('A-033: sleep and wake reach a sensor whose capture waits', async () => {
    await using world = await World.create();
    await world.winbio.WinBioRegisterEventMonitor(world.handle, UNCLAIMED, () => {});
    await world.host.settle();
    await world.host.suspend();
    await world.host.resume();
    expect(world.tap.of('sensor.notifyPower').map(({ arguments: [change] }) => change)).toEqual(['suspend', 'resume']);
  });

  test('A-233: sleep during an enrollment ends it', async () => {
    await using world = await World.create();
    await world.begin(INDEX);
    const call = world.winbio.WinBioEnrollCapture(world.handle, w.out());
    await world.host.suspend();
    expect(await call).toBe(w.WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND);
    expect(world.tap.names('enrollment.dispose')).toHaveLength(1);
  });

  test('A-234: sleep and wake reach every sensor, also when one fails at it', async () => {
    await using world = await World.create({ readers: 3 });
    world.tap.fail('sensor.notifyPower', new TypeError('not now'));
    await world.host.suspend();
    await world.host.resume();
    const told = world.tap.of('sensor.notifyPower').map(({ arguments: [change] }) => change);
    expect(told).toEqual([...Array(3).fill('suspend'), ...Array(3).fill('resume')]);
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });
});
