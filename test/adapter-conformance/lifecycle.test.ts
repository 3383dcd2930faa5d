import { describe, expect, test } from 'vitest';
import { BiometricError } from '../../src/exports/fingerprint/adapters.ts';
import { AdapterTap, createHost, ScriptedEngine } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { isPending, openFramework, openSync } from '../support/sessions.ts';
import { INDEX, World } from '../support/world.ts';

const RAW = { flags: w.WINBIO_FLAG_RAW, who: { administrator: true } } as const;

/** Pool of each unit, by number. */
async function pools(host: Awaited<ReturnType<typeof createHost>>): Promise<[number, number][]> {
  const { winbio } = host.process({ focus: false });
  const schemas = w.out<w.WINBIO_UNIT_SCHEMA[] | null>();
  expect(await winbio.WinBioEnumBiometricUnits(w.WINBIO_TYPE_ANY, schemas, w.out())).toBe(w.S_OK);
  return (schemas.value ?? []).map(({ UnitId, PoolType }) => [UnitId, PoolType]);
}

describe('what a service makes of results', () => {
  test('A-008: what an adapter does not have is E_NOTIMPL', async () => {
    await using world = await World.create(RAW);
    const flags = w.WINBIO_DATA_FLAG_PROCESSED;
    const sample = world.winbio.WinBioCaptureSample(world.handle, 0, flags, w.out(), w.out(), w.out(), w.out());
    expect(await sample).toBe(w.E_NOTIMPL);
  });

  test('A-010: the code of an adapter reaches the client unchanged', async () => {
    await using world = await World.create();
    for (const code of ['E_OUTOFMEMORY', 'WINBIO_E_DATABASE_READ_ERROR', 'WINBIO_E_INVALID_DEVICE_STATE'] as const) {
      world.tap.fail('engine.extract', code);
      expect((await world.identify(1)).hr).toBe(new BiometricError(code).hresult);
    }
    world.tap.fail('sensor.capture', 'WINBIO_E_DATA_COLLECTION_IN_PROGRESS');
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_DATA_COLLECTION_IN_PROGRESS);
  });

  test('A-013: without calibration, and with one that declines, a service does the same', async () => {
    const seen: string[][] = [];
    const declining = { calibration: { select: () => undefined, advise: () => Promise.reject(new TypeError()) } };
    for (const overrides of [{}, { engine: declining }]) {
      await using world = await World.create({ overrides });
      world.tap.clear();
      expect((await world.identify(1)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
      seen.push(world.tap.names());
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  test('A-015: one engine and one storage serve two units at once without mixing them', async () => {
    await using world = await World.create({ readers: 3 });
    const own = await openSync(world.host, world.process, { privateUnits: [2] });
    await world.begin(INDEX, 1);
    await world.begin(INDEX, 2, own);
    for (let i = 0; i < 3; i++) {
      await world.capture(1);
      await world.capture(2, { handle: own, reader: 1 });
    }
    const [system, owned] = [await world.commit(), await world.commit(own)];
    expect([system.hr, owned.hr]).toEqual([w.S_OK, w.S_OK]);
    expect((await world.identify(1)).identity).toEqual(system.identity);
    expect((await world.identify(2)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
    expect((await world.identify(2, { handle: own, reader: 1 })).identity).toEqual(owned.identity);
    expect((await world.identify(1, { handle: own, reader: 1 })).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });
});

describe('lifecycle', () => {
  test('A-016: each unit has its own sensor, and ends alone', async () => {
    await using world = await World.create({ readers: 2 });
    const call = world.identifying();
    await world.host.settle();
    expect(new Set(world.tap.of('sensor.capture').map(({ device }) => device)).size).toBe(2);
    world.host.reader(0).unplug();
    expect(await isPending(world.host, call)).toBe(true);
    await world.host.touch(1, 1);
    expect(await call).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-022: the database is open before the engine prepares for it, and both before the sensor captures', async () => {
    await using world = await World.create();
    await world.identify(1);
    const first = (name: string) => world.tap.names().indexOf(name);
    expect(first('storage.open')).toBeLessThan(first('engine.createGallery'));
    expect(first('engine.createGallery')).toBeLessThan(first('sensor.capture'));
    const [open] = world.tap.of('storage.open');
    expect(world.tap.of('engine.createGallery')[0]?.after).toBeGreaterThanOrEqual(open?.settled ?? Infinity);
  });

  test('A-023: at the end captures stop first, then engine memory goes, then the database closes', async () => {
    const world = await World.create();
    void world.identifying().catch(() => undefined);
    await world.host.settle();
    const [capture] = world.tap.of('sensor.capture');
    await world[Symbol.asyncDispose]();
    const names = world.tap.names('gallery.dispose', 'database.close', 'engine.close', 'storage.close');
    expect(names).toEqual(['gallery.dispose', 'database.close', 'engine.close', 'storage.close']);
    const [gone] = world.tap.of('gallery.dispose');
    expect(gone?.after).toBeGreaterThanOrEqual(capture?.settled ?? Infinity);
  });

  test('A-028: engines learn the account policy at each configuration, and may refuse it', async () => {
    const told: unknown[] = [];
    const setAccountPolicy = (policies: unknown) => {
      told.push(policies);
      throw new BiometricError('E_NOTIMPL');
    };
    await using world = await World.create({ readers: 2, overrides: { engine: { setAccountPolicy } } });
    expect(told).toEqual([[{ antiSpoof: w.WINBIO_ANTI_SPOOF_ENABLE }], [{ antiSpoof: w.WINBIO_ANTI_SPOOF_ENABLE }]]);
    await openSync(world.host, world.process, { privateUnits: [2] });
    expect(told).toHaveLength(3);
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-029: an engine that cannot prepare leaves its unit unconfigured', async () => {
    const tap = new AdapterTap();
    tap.fail('engine.createGallery', 'WINBIO_E_DEVICE_FAILURE');
    await using host = await createHost({ tap });
    expect(await pools(host)).toEqual([[1, w.WINBIO_POOL_UNASSIGNED]]);
  });

  test('A-030: a configuration that fails half-way closes the database it had opened', async () => {
    const tap = new AdapterTap();
    tap.fail('engine.createGallery', 'WINBIO_E_DEVICE_FAILURE');
    await using _ = await createHost({ tap });
    expect(tap.names('storage.open', 'database.close')).toEqual(['storage.open', 'database.close']);
  });

  test('A-031: a unit whose configuration fails is in the unassigned pool, and says why', async () => {
    const tap = new AdapterTap();
    tap.fail('storage.open', 'WINBIO_E_DATABASE_LOCKED');
    await using host = await createHost({ tap });
    expect(await pools(host)).toEqual([[1, w.WINBIO_POOL_UNASSIGNED]]);
    const process = host.process();
    const [state, handle] = [w.out<Uint8Array | null>(), await openSync(host, process)];
    const { WINBIO_PROPERTY_TYPE_UNIT: UNIT, WINBIO_PROPERTY_FP_BU_STATE: STATE } = w;
    await process.winbio.WinBioGetProperty(handle, UNIT, STATE, 0, null, 0, state, w.out());
    const bytes = state.value ?? new Uint8Array();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(view.getInt32(4, true) >>> 0).toBe(w.WINBIO_E_DATABASE_LOCKED >>> 0);
  });

  test('A-032: captures of a unit, and the work on their samples, never overlap', async () => {
    await using world = await World.create();
    const others = await Promise.all([1, 2, 3].map(() => openSync(world.host, world.process)));
    const calls = others.map((handle) => world.identifying(handle));
    for (const finger of [1, 2, 3]) await world.host.touch(finger);
    expect(await Promise.all(calls)).toEqual([1, 2, 3].map(() => w.WINBIO_E_UNKNOWN_ID));
    const work = world.tap.calls.filter(({ name }) => name === 'sensor.capture' || name === 'engine.extract');
    expect(work.length).toBeGreaterThanOrEqual(6);
    for (const [i, call] of work.entries()) {
      const before = work[i - 1];
      if (before !== undefined) expect(call.after).toBeGreaterThanOrEqual(before.settled ?? Infinity);
    }
  });

  test('A-038: a unit that moves to another pool is configured anew and keeps its number', async () => {
    await using world = await World.create({ readers: 2 });
    world.tap.clear();
    const own = await openSync(world.host, world.process, { privateUnits: [2] });
    expect(world.tap.of('storage.open').map(({ arguments: [of] }) => of)).toMatchObject([
      { databaseId: world.host.privateDatabaseId },
    ]);
    expect(await pools(world.host)).toEqual([
      [1, w.WINBIO_POOL_SYSTEM],
      [2, w.WINBIO_POOL_PRIVATE],
    ]);
    await world.winbio.WinBioCloseSession(own);
    expect(await pools(world.host)).toEqual([
      [1, w.WINBIO_POOL_SYSTEM],
      [2, w.WINBIO_POOL_SYSTEM],
    ]);
    expect(world.tap.names('sensor.close')).toEqual([]);
  });

  test('A-040: a gallery is filled once, after its database was opened', async () => {
    await using world = await World.create({ readers: 2 });
    expect(world.tap.names('storage.open', 'engine.createGallery', 'database.query')).toEqual([
      'storage.open',
      'engine.createGallery',
      'database.query',
    ]);
  });

  test('A-122: the account policy begins with the default, then come the accounts that have their own', async () => {
    const told: unknown[] = [];
    const engine = { setAccountPolicy: (policies: unknown) => void told.push(policies) };
    await using world = await World.create({ overrides: { engine }, who: { administrator: true } });
    await world.antiSpoof(world.self, w.WINBIO_ANTI_SPOOF_DISABLE);
    expect(told.at(-1)).toEqual([
      { antiSpoof: w.WINBIO_ANTI_SPOOF_ENABLE },
      { sid: world.process.user, antiSpoof: w.WINBIO_ANTI_SPOOF_DISABLE },
    ]);
  });

  test('A-240: an adapter that throws whatever it likes hurts its own unit only', async () => {
    await using world = await World.create({ readers: 2 });
    const call = world.identifying();
    await world.host.settle();
    world.tap.fail('engine.extract', new TypeError('a mistake of the author'));
    await world.host.touch(1, 0);
    expect(w.FAILED(await call)).toBe(true);
    expect((await world.identify(1, { reader: 1 })).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
    expect((await world.identify(1, { reader: 0 })).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-240: not even one that throws where it should reject', async () => {
    const capture = () => {
      throw new TypeError('a mistake of the author');
    };
    await using world = await World.create({ overrides: { sensor: { capture } } });
    expect(w.FAILED(await world.identifying())).toBe(true);
    expect(w.FAILED(await world.identifying())).toBe(true);
    expect(world.host.idle).toBe(true);
  });

  test('A-235: a unit that is removed during a capture is gone for everybody, and says so', async () => {
    await using world = await World.create({ readers: 2 });
    const framework = await openFramework(world.process);
    await world.winbio.WinBioAsyncMonitorFrameworkChanges(framework.handle, w.WINBIO_FRAMEWORK_CHANGE_UNIT);
    const call = world.winbio.WinBioEnrollBegin(world.handle, INDEX, 1);
    expect(await call).toBe(w.S_OK);
    const capture = world.winbio.WinBioEnrollCapture(world.handle, w.out());
    await world.host.settle();
    world.host.reader(0).unplug();
    // D-47 decides the code.
    expect(await capture).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
    await world.host.settle();
    expect(world.tap.of('enrollment.dispose')).toHaveLength(1);
    expect(framework.notices.results.map(({ Operation, UnitId }) => [Operation, UnitId])).toContainEqual([
      w.WINBIO_OPERATION_UNIT_REMOVAL,
      1,
    ]);
    expect(await world.begin(INDEX, 1)).toBe(w.WINBIO_E_INVALID_UNIT);
  });
});

test('A-006: a service calls nothing an adapter does not have', async () => {
  const bare = new ScriptedEngine();
  const optional = ['identifyAll', 'indexVector', 'setAccountPolicy', 'calibration'] as const;
  for (const name of optional) expect(name in bare && bare[name as keyof typeof bare] !== undefined).toBe(false);
  await using world = await World.create();
  await world.enroll(1);
  expect((await world.identify(1)).hr).toBe(w.S_OK);
  expect(world.tap.names('engine.').filter((name) => optional.some((other) => name.endsWith(other)))).toEqual([]);
});
