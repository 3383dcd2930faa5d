import { describe, expect, test } from 'vitest';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { notices } from '../support/notices.ts';
import { openFramework } from '../support/sessions.ts';

const { WINBIO_TYPE_ANY: ANY, WINBIO_FRAMEWORK_CHANGE_UNIT: UNIT } = w;
const operations = (results: readonly w.WINBIO_ASYNC_RESULT[]) =>
  results.map(({ Operation, ApiStatus, UnitId }) => [Operation, ApiStatus, UnitId]);
const disabled = { enabled: { value: false, source: w.WINBIO_SETTING_SOURCE_POLICY } };

function open(
  { winbio }: HostProcess,
  change: Partial<{
    method: number;
    window: w.HWND;
    code: number;
    callback: unknown;
    later: unknown;
    holder: unknown;
  }> = {},
) {
  const collected = notices();
  const holder: w.Out<number> = { value: 4711 };
  const a = { method: 1, window: null, code: 0, callback: collected.callback, later: false, holder, ...change };
  const call = winbio.WinBioAsyncOpenFramework(
    a.method,
    a.window,
    a.code,
    a.callback as typeof collected.callback,
    'mine',
    a.later as boolean,
    a.holder as typeof holder,
  );
  return { call, holder, notices: collected };
}

describe('framework', () => {
  test('C-129: the open follows the notification rules of the session open', async () => {
    await using host = await createHost();
    const process = host.process();
    const cases: [Parameters<typeof open>[1], number][] = [
      [{ callback: null }, w.E_POINTER],
      [{ holder: null }, w.E_POINTER],
      [{ later: undefined }, w.E_POINTER],
      [{ later: true, holder: null }, w.S_OK],
      [{ method: 0 }, w.E_INVALIDARG],
      [{ method: 3 }, w.E_INVALIDARG],
      [{ method: 2, window: null, code: w.WM_APP }, w.E_INVALIDARG],
      [{ method: 2, window: w.HWND_BROADCAST, code: w.WM_APP }, w.E_INVALIDARG],
      [{ method: 2, window: w.createMessageWindow(), code: 0 }, w.E_INVALIDARG],
      [{ method: 2, window: w.createMessageWindow(), code: 0xc000 }, w.E_INVALIDARG],
      [{ method: 2, window: w.createMessageWindow(), code: w.WM_APP, callback: null }, w.S_OK],
    ];
    for (const [change, hr] of cases) expect([change, await open(process, change).call]).toEqual([change, hr]);
  });

  test('C-130: AsynchronousOpen TRUE: S_OK, handle null, first notice OPEN_FRAMEWORK with the handle', async () => {
    await using host = await createHost();
    const process = host.process();
    const { call, holder, notices: collected } = open(process, { later: true });
    expect([await call, holder.value]).toEqual([w.S_OK, 0]);
    const opened = await collected.at(0);
    expect(opened).toMatchObject({
      Operation: w.WINBIO_OPERATION_OPEN_FRAMEWORK,
      ApiStatus: w.S_OK,
      SequenceNumber: 1,
      UserData: 'mine',
    });
    expect(await process.winbio.WinBioAsyncEnumDatabases(opened.SessionHandle, ANY)).toBe(w.S_OK);
  });

  test('C-131: AsynchronousOpen FALSE: handle non-zero, no OPEN_FRAMEWORK notice', async () => {
    await using host = await createHost();
    const { call, holder, notices: collected } = open(host.process());
    expect(await call).toBe(w.S_OK);
    await host.settle();
    expect([holder.value === 0, collected.results.length]).toEqual([false, 0]);
  });

  test('C-132: each async enumeration sends exactly one notice', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openFramework(process);
    await process.winbio.WinBioAsyncEnumBiometricUnits(handle, ANY);
    await process.winbio.WinBioAsyncEnumDatabases(handle, ANY);
    await process.winbio.WinBioAsyncEnumServiceProviders(handle, ANY);
    await host.settle();
    expect(operations(collected.results)).toEqual([
      [w.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS, w.S_OK, 0],
      [w.WINBIO_OPERATION_ENUM_DATABASES, w.S_OK, 0],
      [w.WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS, w.S_OK, 0],
    ]);
  });

  test('C-133: async enumeration with invalid factor bits is E_INVALIDARG, no notice', async () => {
    await using host = await createHost();
    const { winbio, ...process } = host.process();
    const { handle, notices: collected } = await openFramework({ winbio, ...process });
    for (const factor of [0, 0x01000000, w.WINBIO_TYPE_FINGERPRINT + 0x20000000]) {
      expect(await winbio.WinBioAsyncEnumBiometricUnits(handle, factor)).toBe(w.E_INVALIDARG);
      expect(await winbio.WinBioAsyncEnumDatabases(handle, factor)).toBe(w.E_INVALIDARG);
      expect(await winbio.WinBioAsyncEnumServiceProviders(handle, factor)).toBe(w.E_INVALIDARG);
    }
    await host.settle();
    expect(collected.results).toHaveLength(0);
  });

  test('C-134: the payloads', async () => {
    await using host = await createHost({ readers: 2 });
    const process = host.process();
    const { handle, notices: collected } = await openFramework(process);
    await process.winbio.WinBioAsyncEnumBiometricUnits(handle, ANY);
    await process.winbio.WinBioAsyncEnumDatabases(handle, ANY);
    await process.winbio.WinBioAsyncEnumServiceProviders(handle, ANY);
    await collected.at(2);
    expect(collected.results.map(({ Parameters }) => Parameters)).toMatchObject([
      {
        EnumBiometricUnits: {
          UnitCount: 2,
          UnitSchemaArray: [
            { UnitId: 1, PoolType: w.WINBIO_POOL_SYSTEM, BiometricFactor: w.WINBIO_TYPE_FINGERPRINT },
            { UnitId: 2, SensorSubType: w.WINBIO_FP_SENSOR_SUBTYPE_TOUCH, FirmwareVersion: { MajorVersion: 1 } },
          ],
        },
      },
      {
        EnumDatabases: {
          StorageCount: 3,
          StorageSchemaArray: [{ BiometricFactor: 8 }, { DatabaseId: host.privateDatabaseId }, {}],
        },
      },
      { EnumServiceProviders: { BspCount: 1, BspSchemaArray: [{ BiometricFactor: 8, Vendor: 'Whorl' }] } },
    ]);
  });

  test('C-135: async unit enumeration under disabling policy is notified WINBIO_E_DISABLED', async () => {
    await using host = await createHost();
    const process = host.process();
    host.policy = { ...host.policy, ...disabled };
    const { handle, notices: collected } = await openFramework(process);
    expect(await process.winbio.WinBioAsyncEnumBiometricUnits(handle, ANY)).toBe(w.S_OK);
    expect(await collected.at(0)).toMatchObject({
      ApiStatus: w.WINBIO_E_DISABLED,
      Parameters: { EnumBiometricUnits: { UnitCount: 0, UnitSchemaArray: null } },
    });
  });

  test('C-136: enumeration on a handle marked for closure is SESSION_HANDLE_CLOSED', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openFramework(process);
    await process.winbio.WinBioCloseFramework(handle);
    expect(await process.winbio.WinBioAsyncEnumBiometricUnits(handle, ANY)).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    expect(await process.winbio.WinBioAsyncEnumDatabases(handle, ANY)).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    expect(await process.winbio.WinBioAsyncEnumServiceProviders(handle, ANY)).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    await collected.at(0);
    expect(await process.winbio.WinBioAsyncEnumDatabases(handle, ANY)).toBe(w.E_HANDLE);
  });

  test('C-137: sync enumerations: missing out-parameter E_POINTER; array null and count 0 on failure', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    for (const enumerate of [
      winbio.WinBioEnumBiometricUnits,
      winbio.WinBioEnumDatabases,
      winbio.WinBioEnumServiceProviders,
    ]) {
      const array: w.Out<never> = { value: 'old' as never };
      const count: w.Out<number> = { value: 4711 };
      expect(await enumerate(ANY, null, count)).toBe(w.E_POINTER);
      expect(await enumerate(ANY, array, null)).toBe(w.E_POINTER);
      expect(await enumerate(0, null, null)).toBe(w.E_POINTER);
      expect(await enumerate(0x02000000, array, count)).toBe(w.E_INVALIDARG);
      expect([array.value, count.value]).toEqual([null, 0]);
    }
  });

  test('C-138: a valid factor with no unit or provider: S_OK, null array, count 0', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    for (const enumerate of [
      winbio.WinBioEnumBiometricUnits,
      winbio.WinBioEnumDatabases,
      winbio.WinBioEnumServiceProviders,
    ]) {
      const [array, count] = [w.out<never>(), w.out<number>()];
      expect(await enumerate(w.WINBIO_TYPE_VOICE, array, count)).toBe(w.S_OK);
      expect([array.value, count.value]).toEqual([null, 0]);
    }
    expect(winbio.liveBlocks()).toBe(0);
  });

  test('C-139: sync unit enumeration under disabling policy is WINBIO_E_DISABLED', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    host.policy = { ...host.policy, ...disabled };
    const count = w.out<number>();
    expect([await winbio.WinBioEnumBiometricUnits(ANY, w.out(), count), count.value]).toEqual([w.WINBIO_E_DISABLED, 0]);
    expect(await winbio.WinBioEnumDatabases(ANY, w.out(), w.out())).toBe(w.S_OK);
  });

  test('C-140: ChangeTypes with invalid bits, or 0', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle } = await openFramework(process);
    for (const changes of [0, 4, 0x80000000, -1]) {
      expect(await process.winbio.WinBioAsyncMonitorFrameworkChanges(handle, changes)).toBe(w.E_INVALIDARG);
    }
    const both = UNIT | w.WINBIO_FRAMEWORK_CHANGE_UNIT_STATUS;
    expect(await process.winbio.WinBioAsyncMonitorFrameworkChanges(handle, both)).toBe(w.S_OK);
  });

  const monitored = async (process: HostProcess, settle: () => Promise<void>) => {
    const framework = await openFramework(process);
    expect(await process.winbio.WinBioAsyncMonitorFrameworkChanges(framework.handle, UNIT)).toBe(w.S_OK);
    await settle();
    return framework;
  };

  test('C-141: attached is UNIT_ARRIVAL, detached UNIT_REMOVAL, the unit in UnitId', async () => {
    await using host = await createHost({ readers: 2 });
    const { notices: collected } = await monitored(host.process(), () => host.settle());
    host.reader(1).unplug();
    await host.settle();
    host.reader(1).plug();
    await host.settle();
    expect(operations(collected.results)).toEqual([
      [w.WINBIO_OPERATION_UNIT_REMOVAL, w.S_OK, 2],
      [w.WINBIO_OPERATION_UNIT_ARRIVAL, w.S_OK, 3],
    ]);
  });

  test('C-142: the monitor keeps notifying until cancel or close', async () => {
    await using host = await createHost();
    const process = host.process();
    const framework = await monitored(process, () => host.settle());
    for (let i = 0; i < 5; i++) {
      host.reader(0).replug();
      await host.settle();
    }
    expect(framework.notices.results).toHaveLength(10);
    expect(new Set(framework.notices.results.map(({ SequenceNumber }) => SequenceNumber))).toEqual(new Set([2]));
    await process.winbio.WinBioCloseFramework(framework.handle);
    await host.settle();
    host.reader(0).replug();
    await host.settle();
    expect(framework.notices.results).toHaveLength(12);
  });

  test('C-143: its end is marked by one notice with Operation NONE and CANCELED', async () => {
    await using host = await createHost();
    const process = host.process();
    for (const end of [process.winbio.WinBioCancel, process.winbio.WinBioCloseFramework]) {
      const { handle, notices: collected } = await monitored(process, () => host.settle());
      await end(handle);
      await host.settle();
      expect(collected.results[0]).toMatchObject({
        Operation: w.WINBIO_OPERATION_NONE,
        ApiStatus: w.WINBIO_E_CANCELED,
        SequenceNumber: 2,
      });
      expect(collected.results).toHaveLength(2);
    }
  });

  test('C-144: a second change monitor on the same handle is EVENT_MONITOR_ACTIVE, notified', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await monitored(process, () => host.settle());
    expect(await process.winbio.WinBioAsyncMonitorFrameworkChanges(handle, UNIT)).toBe(w.S_OK);
    expect((await collected.at(0)).ApiStatus).toBe(w.WINBIO_E_EVENT_MONITOR_ACTIVE);
    // Another handle may monitor on its own; each gets its own notices.
    const second = await monitored(process, () => host.settle());
    host.reader(0).replug();
    await host.settle();
    expect([collected.results.length, second.notices.results.length]).toEqual([3, 2]);
  });

  test('C-145: no initial arrival notices for units already present', async () => {
    await using host = await createHost({ readers: 3 });
    const { notices: collected } = await monitored(host.process(), () => host.settle());
    expect(collected.results).toHaveLength(0);
  });

  test('C-146: close never blocks; CLOSE_FRAMEWORK is the last notice', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await monitored(process, () => host.settle());
    await process.winbio.WinBioAsyncEnumDatabases(handle, ANY);
    expect(await process.winbio.WinBioCloseFramework(handle)).toBe(w.S_OK);
    await host.settle();
    expect(collected.results.at(-1)?.Operation).toBe(w.WINBIO_OPERATION_CLOSE_FRAMEWORK);
    const numbers = collected.results.map(({ SequenceNumber }) => SequenceNumber);
    expect(numbers.at(-1)).toBe(Math.max(...numbers));
  });
});
