import { describe, expect, test } from 'vitest';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openArguments, openAsync, openSync } from '../support/sessions.ts';

const FINGERPRINT = w.WINBIO_TYPE_FINGERPRINT;

async function poolsOf(process: HostProcess): Promise<number[] | undefined> {
  const units = w.out<w.WINBIO_UNIT_SCHEMA[] | null>();
  await process.winbio.WinBioEnumBiometricUnits(w.WINBIO_TYPE_ANY, units, w.out());
  return units.value?.map(({ PoolType }) => PoolType);
}

describe('synchronous open', () => {
  test('C-121: without a handle holder is E_POINTER', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    expect(await winbio.WinBioOpenSession(...openArguments(host), null)).toBe(w.E_POINTER);
    // Pointers before arguments (D-15).
    expect(await winbio.WinBioOpenSession(0, 0, 99, null, 5, null, undefined)).toBe(w.E_POINTER);
  });

  test('C-122: incompatible arguments are E_INVALIDARG, the handle is set to zero', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    const handle: w.Out<number> = { value: 4711 };
    const hr = await winbio.WinBioOpenSession(FINGERPRINT, w.WINBIO_POOL_SYSTEM, 0, [1], 1, null, handle);
    expect([hr, handle.value]).toEqual([w.E_INVALIDARG, 0]);
  });

  test('C-123: the same pool, flag, unit and database rules as the asynchronous open', async () => {
    await using host = await createHost({ readers: 2 });
    const { winbio } = host.process({ administrator: true });
    const db = host.privateDatabaseId;
    const [SYSTEM, PRIVATE] = [w.WINBIO_POOL_SYSTEM, w.WINBIO_POOL_PRIVATE];
    const cases: [Parameters<typeof winbio.WinBioOpenSession>, number][] = [
      [[0, SYSTEM, 0, null, 0, null, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, 3, 0, null, 0, null, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, SYSTEM, w.WINBIO_FLAG_BASIC, null, 0, null, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, SYSTEM, 4, null, 0, null, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, SYSTEM, 0, null, 0, w.WINBIO_DB_ONCHIP, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, SYSTEM, 0, null, 0, db, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, PRIVATE, 0, [1, 1], 2, db, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, PRIVATE, 0, [1], 1, w.WINBIO_DB_DEFAULT, w.out()], w.E_INVALIDARG],
      [[FINGERPRINT, PRIVATE, 0, [9], 1, db, w.out()], w.WINBIO_E_INVALID_UNIT],
      [[FINGERPRINT, PRIVATE, 0, [1], 1, host.foreignDatabaseId, w.out()], w.WINBIO_E_CONFIGURATION_FAILURE],
      [[w.WINBIO_TYPE_IRIS, SYSTEM, 0, null, 0, null, w.out()], w.WINBIO_E_UNSUPPORTED_FACTOR],
      [[FINGERPRINT, SYSTEM, w.WINBIO_FLAG_RAW, null, 0, null, w.out()], w.S_OK],
    ];
    for (const [args, hr] of cases)
      expect([args.slice(0, 5), await winbio.WinBioOpenSession(...args)]).toEqual([args.slice(0, 5), hr]);
  });

  test('C-124: many sessions may be open on the system pool at once', async () => {
    await using host = await createHost();
    const processes = [host.process(), host.process(), host.process()];
    const handles = [];
    for (let i = 0; i < 30; i++) handles.push(await openSync(host, processes[i % 3] as HostProcess));
    expect(new Set(handles).size).toBe(30);
  });

  test('C-125: PRIVATE with BASIC takes the unit out of the system pool until close', async () => {
    await using host = await createHost({ readers: 2 });
    const process = host.process();
    const handle = await openSync(host, process, { flags: w.WINBIO_FLAG_BASIC, privateUnits: [1] });
    expect(await poolsOf(process)).toEqual([w.WINBIO_POOL_PRIVATE, w.WINBIO_POOL_SYSTEM]);
    // A finger on it reaches the owner alone, not the system pool.
    const system = await openAsync(host, process);
    await process.winbio.WinBioLocateSensor(system.handle, null);
    const locate = process.winbio.WinBioLocateSensor(handle, w.out());
    await host.touch(1, 0);
    expect([await locate, system.notices.results.length]).toEqual([w.S_OK, 0]);
    await process.winbio.WinBioCloseSession(handle);
    expect(await poolsOf(process)).toEqual([w.WINBIO_POOL_SYSTEM, w.WINBIO_POOL_SYSTEM]);
  });

  test('C-126: a unit in a private pool is unavailable to a second private open', async () => {
    await using host = await createHost({ readers: 2 });
    const process = host.process({ administrator: true });
    await openSync(host, process, { privateUnits: [1] });
    const handle: w.Out<number> = { value: 4711 };
    const hr = await process.winbio.WinBioOpenSession(...openArguments(host, { privateUnits: [1] }), handle);
    expect([hr, handle.value]).toEqual([w.WINBIO_E_SENSOR_UNAVAILABLE, 0]);
  });

  test('C-126: so is one that a lock or an enrollment uses', async () => {
    await using host = await createHost({ readers: 3 });
    const process = host.process({ administrator: true });
    const { winbio } = process;
    await winbio.WinBioLockUnit(await openSync(host, process), 1);
    await winbio.WinBioEnrollBegin(await openSync(host, process), 2, 2);
    for (const unit of [1, 2]) {
      const hr = await winbio.WinBioOpenSession(...openArguments(host, { privateUnits: [unit] }), w.out());
      expect(hr).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
    }
    // Waiting for any unit of the pool does not use one.
    await winbio.WinBioIdentify((await openAsync(host, process)).handle, null, null, null, null);
    await host.settle();
    expect(await winbio.WinBioOpenSession(...openArguments(host, { privateUnits: [3] }), w.out())).toBe(w.S_OK);
  });

  test('C-127: only a privileged caller may take the last unit out of the system pool', async () => {
    await using host = await createHost({ readers: 2 });
    const ordinary = host.process();
    const administrator = host.process({ administrator: true });
    const open = ({ winbio }: HostProcess, units: number[]) =>
      winbio.WinBioOpenSession(...openArguments(host, { privateUnits: units }), w.out());
    expect(await open(ordinary, [1, 2])).toBe(w.E_ACCESSDENIED);
    expect(await open(ordinary, [1])).toBe(w.S_OK);
    expect(await open(ordinary, [2])).toBe(w.E_ACCESSDENIED);
    expect(await open(administrator, [2])).toBe(w.S_OK);
  });

  test('C-128: opening the system pool with no unit attached succeeds', async () => {
    await using host = await createHost({ readers: 1 });
    host.reader(0).unplug();
    const process = host.process();
    const handle = await openSync(host, process);
    const locate = () => process.winbio.WinBioLocateSensor(handle, w.out());
    expect(await locate()).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
    // Units may arrive later.
    host.reader(0).plug();
    await host.settle();
    const later = locate();
    await host.touch(1);
    expect(await later).toBe(w.S_OK);
  });
});
