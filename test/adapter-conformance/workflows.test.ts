import { describe, expect, test } from 'vitest';
import * as w from '../../src/exports/whorl/winbio.ts';
import { isPending, openSync } from '../support/sessions.ts';
import { ANYBODY, INDEX, sid, THUMB, World } from '../support/world.ts';

const WORK = ['sensor.', 'engine.', 'enrollment.', 'gallery.', 'database.'];
const RAW = { flags: w.WINBIO_FLAG_RAW, who: { administrator: true } } as const;

function raw({ winbio, handle }: World) {
  return winbio.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, w.out(), w.out(), w.out(), w.out());
}

describe('enrollment', () => {
  test('A-175: begin makes one empty template for the sub-factor, and asks nothing else', async () => {
    await using world = await World.create();
    world.tap.clear();
    expect(await world.begin(THUMB)).toBe(w.S_OK);
    expect(world.tap.calls).toMatchObject([{ name: 'engine.createEnrollment', arguments: [THUMB] }]);
  });

  test('A-176: a capture asks the sensor, then extraction, then the template', async () => {
    await using world = await World.create();
    await world.begin();
    world.tap.clear();
    await world.capture(1);
    expect(world.tap.names(...WORK)).toEqual(['sensor.capture', 'engine.extract', 'enrollment.add']);
    const [capture, extract, add] = world.tap.calls;
    expect(capture?.arguments[0]).toEqual({ purpose: w.WINBIO_PURPOSE_ENROLL });
    expect(extract?.after).toBeGreaterThanOrEqual(capture?.settled ?? Infinity);
    expect(extract?.result).toEqual({ kind: 'features', features: add?.arguments[0] });
  });

  test('A-177: a bad capture keeps the enrollment, and its detail reaches the client', async () => {
    await using world = await World.create();
    await world.begin();
    expect(await world.captureBadly(w.WINBIO_FP_TOO_FAST)).toEqual({
      hr: w.WINBIO_E_BAD_CAPTURE,
      detail: w.WINBIO_FP_TOO_FAST,
    });
    expect(world.tap.names('enrollment.')).toEqual([]);
    for (const hr of [w.WINBIO_I_MORE_DATA, w.WINBIO_I_MORE_DATA, w.S_OK]) expect((await world.capture(1)).hr).toBe(hr);
  });

  test('A-178: any other failure of a capture ends the enrollment', async () => {
    for (const name of ['sensor.capture', 'engine.extract', 'enrollment.add'] as const) {
      await using world = await World.create();
      await world.begin();
      world.tap.fail(name, 'WINBIO_E_DEVICE_FAILURE');
      expect((await world.capture(1)).hr).toBe(w.WINBIO_E_DEVICE_FAILURE);
      expect(world.tap.names('enrollment.dispose')).toHaveLength(1);
      expect((await world.commit()).hr).toBe(w.WINBIO_E_INVALID_OPERATION);
    }
  });

  test('A-179: a capture that the client cancels keeps the enrollment', async () => {
    await using world = await World.create();
    await world.begin();
    await world.capture(1);
    const call = world.winbio.WinBioEnrollCapture(world.handle, w.out());
    await world.host.settle();
    await world.winbio.WinBioCancel(world.handle);
    expect(await call).toBe(w.WINBIO_E_CANCELED);
    expect((await world.capture(1)).hr).toBe(w.WINBIO_I_MORE_DATA);
    expect((await world.capture(1)).hr).toBe(w.S_OK);
  });

  test('A-180: a commit looks for a duplicate before it stores', async () => {
    await using world = await World.create();
    await world.enroll(2, { subFactor: THUMB });
    await world.complete(1);
    world.tap.clear();
    await world.commit();
    const names = world.tap.names('engine.findDuplicates', 'database.add');
    expect(names).toEqual(['engine.findDuplicates', 'database.add']);
  });

  test('A-181: in the system pool the finger of somebody else, or another one of the same, is not stored', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.complete(1, { subFactor: THUMB });
    expect((await world.commit()).hr).toBe(w.WINBIO_E_DUPLICATE_TEMPLATE);
    await world.discard();
    const other = world.host.process({ user: 'S-1-5-21-9-9-9-9' });
    const handle = await openSync(world.host, other);
    await other.winbio.WinBioEnrollBegin(handle, INDEX, 1);
    for (let i = 0; i < 3; i++) {
      const capture = other.winbio.WinBioEnrollCapture(handle, w.out());
      await world.host.touch(1);
      await capture;
    }
    expect(await other.winbio.WinBioEnrollCommit(handle, w.out(), w.out())).toBe(w.WINBIO_E_DUPLICATE_TEMPLATE);
    expect(world.tap.names('database.add')).toHaveLength(1);
  });

  test('A-182: the same finger of the same person again is no new template, and nothing is stored', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.complete(1);
    expect(await world.commit()).toEqual({ hr: w.S_OK, identity: world.self, isNew: false });
    expect(world.tap.names('database.add')).toHaveLength(1);
    expect(world.tap.names('enrollment.dispose')).toHaveLength(2);
  });

  test('A-183: in a private pool a known finger is no new template: it has the identity it had', async () => {
    await using world = await World.create({ readers: 2, privateUnits: [2] });
    const first = await world.enroll(1, { unit: 2 });
    await world.complete(1, { unit: 2, subFactor: THUMB });
    expect(await world.commit()).toEqual({ hr: w.S_OK, identity: first.identity, isNew: false });
    expect(world.tap.names('database.add')).toHaveLength(1);
  });

  test('A-184: a place that another finger has is DUPLICATE_ENROLLMENT, and the enrollment stays', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.complete(2);
    expect((await world.commit()).hr).toBe(w.WINBIO_E_DUPLICATE_ENROLLMENT);
    expect((await world.commit()).hr).toBe(w.WINBIO_E_DUPLICATE_ENROLLMENT);
    expect(await world.discard()).toBe(w.S_OK);
    expect((await world.identify(1)).hr).toBe(w.S_OK);
  });

  test('A-185: a commit that fails leaves the template alone', async () => {
    await using world = await World.create();
    await world.complete(1);
    world.tap.fail('database.add', 'WINBIO_E_DATABASE_WRITE_ERROR');
    expect((await world.commit()).hr).toBe(w.WINBIO_E_DATABASE_WRITE_ERROR);
    expect(world.tap.names('enrollment.dispose')).toEqual([]);
    expect((await world.commit()).hr).toBe(w.S_OK);
  });

  test('A-186: after a commit and after a deletion the gallery is told', async () => {
    await using world = await World.create();
    await world.enroll(1);
    const [added] = world.tap.of('gallery.add');
    const [stored] = world.tap.of('database.add');
    expect(added?.arguments[0]).toBe(stored?.result);
    expect(added?.after).toBeGreaterThanOrEqual(stored?.settled ?? Infinity);
    expect(await world.delete()).toBe(w.S_OK);
    expect(world.tap.of('gallery.remove').map(({ arguments: [id] }) => id)).toEqual([stored?.result]);
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-187: the mark that something was enrolled is set at the first commit and never taken back', async () => {
    await using world = await World.create();
    await world.complete(1);
    expect(world.host.enrollmentMarks).toBe(0);
    await world.commit();
    expect(world.host.enrollmentMarks).toBe(1);
    await world.delete();
    expect(world.host.enrollmentMarks).toBe(1);
  });

  test('A-188: discard ends the template and asks nothing else', async () => {
    await using world = await World.create();
    await world.complete(1);
    world.tap.clear();
    expect(await world.discard()).toBe(w.S_OK);
    expect(world.tap.names()).toEqual(['enrollment.dispose']);
  });

  test('A-189: select is accepted for fingerprints, and no adapter hears of it', async () => {
    await using world = await World.create();
    await world.begin();
    world.tap.clear();
    expect(await world.winbio.WinBioEnrollSelect(world.handle, 5n)).toBe(w.S_OK);
    expect(world.tap.names()).toEqual([]);
  });

  test('A-198: a unit has one enrollment', async () => {
    await using world = await World.create();
    const other = await openSync(world.host, world.process);
    expect(await world.begin()).toBe(w.S_OK);
    expect(await world.begin(THUMB, 1, other)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
    expect(world.tap.names('engine.createEnrollment')).toHaveLength(1);
  });
});

describe('matching and templates', () => {
  test('A-191: an identification captures, extracts, searches', async () => {
    await using world = await World.create();
    await world.enroll(1);
    world.tap.clear();
    await world.identify(1);
    expect(world.tap.names(...WORK)).toEqual(['sensor.capture', 'engine.extract', 'engine.identify']);
    expect(world.tap.of('sensor.capture')[0]?.arguments[0]).toEqual({ purpose: w.WINBIO_PURPOSE_IDENTIFY });
  });

  test('A-192: a verification captures, extracts, reads the records of the claim, compares', async () => {
    await using world = await World.create();
    await world.enroll(1);
    world.tap.clear();
    await world.verify(1);
    const order = ['sensor.capture', 'engine.extract', 'database.query', 'engine.verify'];
    expect(world.tap.names(...WORK)).toEqual(order);
    expect(world.tap.of('database.query')[0]?.arguments[0]).toMatchObject({ subFactor: INDEX });
  });

  test('A-193: enrollments are listed once each; of somebody without any, UNKNOWN_ID', async () => {
    await using world = await World.create();
    const list = async (identity: w.WINBIO_IDENTITY) => {
      const fingers = w.out<Uint8Array | null>();
      const hr = await world.winbio.WinBioEnumEnrollments(world.handle, 1, identity, fingers, w.out());
      return [hr, ...(fingers.value ?? [])];
    };
    expect(await list(world.self)).toEqual([w.WINBIO_E_UNKNOWN_ID]);
    await world.enroll(1);
    await world.enroll(2, { subFactor: THUMB });
    expect(await list(world.self)).toEqual([w.S_OK, ...[INDEX, THUMB].sort((a, b) => a - b)]);
  });

  test('A-194: only an administrator deletes for everybody; nobody else reaches the database', async () => {
    await using world = await World.create();
    await world.enroll(1);
    expect(await world.delete(ANYBODY)).toBe(w.E_ACCESSDENIED);
    expect(world.tap.names('database.delete')).toEqual([]);
  });

  test('A-195: a unit that enrolls deletes nothing', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.begin(THUMB);
    expect(await world.delete()).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
    expect(world.tap.names('database.delete')).toEqual([]);
  });

  test('A-142: deleting what is not there says so', async () => {
    await using world = await World.create();
    expect(await world.delete()).toBe(w.WINBIO_E_DATABASE_NO_SUCH_RECORD);
    expect(await world.delete(sid(world.process.user), THUMB)).toBe(w.WINBIO_E_DATABASE_NO_SUCH_RECORD);
  });

  test('A-196: samples are for sessions with RAW, and from no secure sensor', async () => {
    await using world = await World.create({ who: { administrator: true } });
    expect(await raw(world)).toBe(w.E_ACCESSDENIED);
    await using secure = await World.create({ ...RAW, capabilities: w.WINBIO_CAPABILITY_SECURE_SENSOR });
    expect(await raw(secure)).toBe(w.WINBIO_E_INVALID_OPERATION);
    expect([...world.tap.names('sensor.capture'), ...secure.tap.names('sensor.capture')]).toEqual([]);
  });

  test('A-197: a sample for the client never reaches the engine', async () => {
    await using world = await World.create(RAW);
    world.tap.clear();
    const call = raw(world);
    await world.host.touch(1);
    expect(await call).toBe(w.S_OK);
    expect(world.tap.names(...WORK)).toEqual(['sensor.capture']);
  });

  test('A-199: in a private pool an identification during an enrollment does not harm the template', async () => {
    await using world = await World.create({ readers: 2, privateUnits: [2] });
    await world.begin(INDEX, 2);
    await world.capture(1, { reader: 1 });
    expect((await world.identify(5, { reader: 1 })).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
    expect(world.tap.names('enrollment.')).toEqual(['enrollment.add']);
    for (const _ of [1, 2]) await world.capture(1, { reader: 1 });
    expect((await world.commit()).hr).toBe(w.S_OK);
    expect((await world.identify(1, { reader: 1 })).hr).toBe(w.S_OK);
  });

  test('A-200: a bad capture locates a sensor as well as a good one', async () => {
    await using world = await World.create({ readers: 2 });
    const unit = w.out<number>();
    const call = world.winbio.WinBioLocateSensor(world.handle, unit);
    expect(await isPending(world.host, call)).toBe(true);
    await world.host.touchBadly(w.WINBIO_FP_TOO_SHORT, 1);
    expect([await call, unit.value]).toEqual([w.S_OK, 2]);
  });
});
