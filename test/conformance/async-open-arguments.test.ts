import { describe, expect, test } from 'vitest';
import { createHost, type Host, type HostProcess, type ProcessOptions } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { notices } from '../support/notices.ts';

/** The thirteen arguments by name; by default all are correct. */
interface Open {
  Factor?: number;
  PoolType?: number;
  Flags?: number;
  UnitArray?: readonly number[] | null;
  UnitCount?: number;
  DatabaseId?: w.DatabaseIdArgument;
  NotificationMethod?: number;
  TargetWindow?: w.HWND;
  MessageCode?: number;
  CallbackRoutine?: w.PWINBIO_ASYNC_COMPLETION_CALLBACK | null;
  AsynchronousOpen?: unknown;
  SessionHandle?: w.Out<number> | null;
}

async function open(process: HostProcess, change: Open = {}) {
  const collected = notices();
  const holder = { value: 4711 } as w.Out<number>;
  const a = {
    Factor: w.WINBIO_TYPE_FINGERPRINT,
    PoolType: w.WINBIO_POOL_SYSTEM,
    Flags: w.WINBIO_FLAG_DEFAULT,
    UnitArray: null,
    UnitCount: 0,
    DatabaseId: w.WINBIO_DB_DEFAULT as w.DatabaseIdArgument,
    NotificationMethod: w.WINBIO_ASYNC_NOTIFY_CALLBACK,
    TargetWindow: null,
    MessageCode: 0,
    CallbackRoutine: collected.callback,
    AsynchronousOpen: false,
    SessionHandle: holder,
    ...change,
  };
  const hr = await process.winbio.WinBioAsyncOpenSession(
    a.Factor,
    a.PoolType,
    a.Flags,
    a.UnitArray,
    a.UnitCount,
    a.DatabaseId,
    a.NotificationMethod,
    a.TargetWindow,
    a.MessageCode,
    a.CallbackRoutine,
    undefined,
    a.AsynchronousOpen as boolean,
    a.SessionHandle,
  );
  return { hr, handle: holder.value, results: collected.results };
}

async function world(options: ProcessOptions = {}): Promise<{ host: Host; process: HostProcess }> {
  const host = await createHost({ readers: 2 });
  return { host, process: host.process(options) };
}

function privatePool(host: Host, change: Open = {}): Open {
  return {
    PoolType: w.WINBIO_POOL_PRIVATE,
    UnitArray: [1],
    UnitCount: 1,
    DatabaseId: host.privateDatabaseId,
    ...change,
  };
}

describe('asynchronous open: arguments', () => {
  test('C-001: thirteen parameters in the documented order', async () => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    expect(process.winbio.WinBioAsyncOpenSession).toHaveLength(13);
    const collected = notices();
    const handle = w.out<number>();
    const hr = await process.winbio.WinBioAsyncOpenSession(
      w.WINBIO_TYPE_FINGERPRINT,
      w.WINBIO_POOL_PRIVATE,
      w.WINBIO_FLAG_BASIC | w.WINBIO_FLAG_RAW,
      [2],
      1,
      host.privateDatabaseId,
      w.WINBIO_ASYNC_NOTIFY_CALLBACK,
      null,
      0,
      collected.callback,
      'user data',
      false,
      handle,
    );
    expect(hr).toBe(w.S_OK);
    await process.winbio.WinBioCloseSession(handle.value ?? 0);
    expect(await collected.at(0)).toMatchObject({ UserData: 'user data', SessionHandle: handle.value });
  });

  test('C-002: CALLBACK without CallbackRoutine', async () => {
    const { host, process } = await world();
    await using _ = host;
    for (const CallbackRoutine of [null, undefined as unknown as null]) {
      const { hr, handle, results } = await open(process, { CallbackRoutine });
      await host.settle();
      expect([hr, handle, results.length]).toEqual([w.E_POINTER, 0, 0]);
    }
  });

  const message = (change: Open = {}): Open => ({
    NotificationMethod: w.WINBIO_ASYNC_NOTIFY_MESSAGE,
    TargetWindow: w.createMessageWindow(),
    MessageCode: w.WM_APP,
    ...change,
  });

  test.each([
    ['C-003: MESSAGE with TargetWindow null', { TargetWindow: null }],
    ['C-004: MESSAGE with HWND_BROADCAST', { TargetWindow: w.HWND_BROADCAST }],
    ['C-005: MESSAGE with MessageCode 0', { MessageCode: 0 }],
    ['C-007: MESSAGE with MessageCode 0x7FFF', { MessageCode: 0x7fff }],
    ['C-007: MESSAGE with MessageCode 0xC000', { MessageCode: 0xc000 }],
  ] as [string, Open][])('%s is E_INVALIDARG', async (_title, change) => {
    const { host, process } = await world();
    await using _ = host;
    const { hr, handle } = await open(process, message(change));
    expect([hr, handle]).toEqual([w.E_INVALIDARG, 0]);
  });

  test.each([0x8000, 0xbfff])('C-006: MESSAGE accepts MessageCode %d', async (MessageCode) => {
    const { host, process } = await world();
    await using _ = host;
    expect((await open(process, message({ MessageCode }))).hr).toBe(w.S_OK);
  });

  test('C-008: with CALLBACK, TargetWindow and MessageCode are ignored', async () => {
    const { host, process } = await world();
    await using _ = host;
    for (const TargetWindow of [null, w.HWND_BROADCAST] as const) {
      for (const MessageCode of [0, 0x10000])
        expect((await open(process, { TargetWindow, MessageCode })).hr).toBe(w.S_OK);
    }
  });

  test('C-009: with MESSAGE, CallbackRoutine is ignored', async () => {
    const { host, process } = await world();
    await using _ = host;
    const uncalled = () => expect.unreachable();
    for (const CallbackRoutine of [null, uncalled]) {
      expect((await open(process, message({ CallbackRoutine, AsynchronousOpen: true }))).hr).toBe(w.S_OK);
    }
    await host.settle();
  });

  test.each([0, 3, 4, -1, Number.NaN])('C-010: NotificationMethod %d is E_INVALIDARG', async (NotificationMethod) => {
    const { host, process } = await world();
    await using _ = host;
    const { hr, handle } = await open(process, { NotificationMethod });
    expect([hr, handle]).toEqual([w.E_INVALIDARG, 0]);
  });

  test('C-011: AsynchronousOpen FALSE without SessionHandle holder', async () => {
    const { host, process } = await world();
    await using _ = host;
    expect((await open(process, { SessionHandle: null })).hr).toBe(w.E_POINTER);
  });

  test.each([null, undefined])('C-012: AsynchronousOpen %s', async (AsynchronousOpen) => {
    const { host, process } = await world();
    await using _ = host;
    expect((await open(process, { AsynchronousOpen })).hr).toBe(w.E_POINTER);
  });

  test('C-013: AsynchronousOpen TRUE without SessionHandle holder is accepted', async () => {
    const { host, process } = await world();
    await using _ = host;
    const { hr, results } = await open(process, { AsynchronousOpen: true, SessionHandle: null });
    await host.settle();
    expect([hr, results[0]?.ApiStatus]).toEqual([w.S_OK, w.S_OK]);
  });

  test.each([w.WINBIO_FLAG_BASIC, w.WINBIO_FLAG_ADVANCED])(
    'C-014: SYSTEM with configuration flag %d',
    async (Flags) => {
      const { host, process } = await world();
      await using _ = host;
      const { hr, handle } = await open(process, { Flags });
      expect([hr, handle]).toEqual([w.E_INVALIDARG, 0]);
    },
  );

  test('C-015: BASIC and ADVANCED together', async () => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    const Flags = w.WINBIO_FLAG_BASIC | w.WINBIO_FLAG_ADVANCED;
    expect((await open(process, privatePool(host, { Flags }))).hr).toBe(w.E_INVALIDARG);
    expect((await open(process, { Flags })).hr).toBe(w.E_INVALIDARG);
  });

  test('C-016: every access flag combines with every configuration flag legal for the pool', async () => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    const { winbio } = process;
    for (const access of [0, w.WINBIO_FLAG_RAW, w.WINBIO_FLAG_MAINTENANCE, 3]) {
      expect((await open(process, { Flags: access })).hr).toBe(w.S_OK);
      for (const configuration of [w.WINBIO_FLAG_DEFAULT, w.WINBIO_FLAG_BASIC]) {
        const { hr, handle, results } = await open(process, privatePool(host, { Flags: configuration | access }));
        expect(hr).toBe(w.S_OK);
        await winbio.WinBioCloseSession(handle ?? 0);
        await host.settle();
        expect(results.at(-1)?.Operation).toBe(w.WINBIO_OPERATION_CLOSE);
      }
      // A legal argument, but the units of this world have no such configuration.
      const advanced = await open(process, privatePool(host, { Flags: w.WINBIO_FLAG_ADVANCED | access }));
      expect(advanced.hr).toBe(w.WINBIO_E_CONFIGURATION_FAILURE);
    }
  });

  test('C-017: SYSTEM with flags = RAW alone is accepted', async () => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    expect((await open(process, { Flags: w.WINBIO_FLAG_RAW })).hr).toBe(w.S_OK);
  });

  test.each([4, 0x8000, 0x40000, 0x80000000, -1, 1.5])('C-018: undefined flag bits %d', async (Flags) => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    expect((await open(process, { Flags })).hr).toBe(w.E_INVALIDARG);
    expect((await open(process, privatePool(host, { Flags }))).hr).toBe(w.E_INVALIDARG);
  });

  test('C-019: SYSTEM with a unit array or a unit count', async () => {
    const { host, process } = await world();
    await using _ = host;
    expect((await open(process, { UnitArray: [1], UnitCount: 1 })).hr).toBe(w.E_INVALIDARG);
    expect((await open(process, { UnitArray: [] })).hr).toBe(w.E_INVALIDARG);
    expect((await open(process, { UnitCount: 1 })).hr).toBe(w.E_INVALIDARG);
  });

  test.each([
    ['null', { UnitArray: null, UnitCount: 1 }],
    ['empty', { UnitArray: [], UnitCount: 0 }],
    ['shorter than its count', { UnitArray: [1], UnitCount: 2 }],
    ['longer than its count', { UnitArray: [1, 2], UnitCount: 1 }],
    ['with duplicates', { UnitArray: [1, 1], UnitCount: 2 }],
  ] as [string, Open][])('C-020: PRIVATE with a unit list that is %s', async (_title, change) => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    expect((await open(process, privatePool(host, change))).hr).toBe(w.E_INVALIDARG);
  });

  test.each([0, 99])('C-021: PRIVATE with the invalid unit number %d', async (unit) => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    const { hr, handle } = await open(process, privatePool(host, { UnitArray: [1, unit], UnitCount: 2 }));
    expect([hr, handle]).toEqual([w.WINBIO_E_INVALID_UNIT, 0]);
  });

  test('C-022: PRIVATE with an unavailable sensor', async () => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    expect((await open(process, privatePool(host))).hr).toBe(w.S_OK);
    const second = await open(process, privatePool(host, { UnitArray: [1, 2], UnitCount: 2 }));
    expect([second.hr, second.handle]).toEqual([w.WINBIO_E_SENSOR_UNAVAILABLE, 0]);
    // Unit 2 was given back.
    expect((await open(process, privatePool(host, { UnitArray: [2] }))).hr).toBe(w.S_OK);
  });

  test('C-023: PRIVATE with WINBIO_DB_DEFAULT', async () => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    expect((await open(process, privatePool(host, { DatabaseId: w.WINBIO_DB_DEFAULT }))).hr).toBe(w.E_INVALIDARG);
  });

  test.each([
    ['BOOTSTRAP', w.WINBIO_DB_BOOTSTRAP],
    ['ONCHIP', w.WINBIO_DB_ONCHIP],
    ['no database', null],
    ['a text that is no GUID', 'templates'],
  ] as [string, w.DatabaseIdArgument][])('C-024: PRIVATE with %s', async (_title, DatabaseId) => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    expect((await open(process, privatePool(host, { DatabaseId }))).hr).toBe(w.E_INVALIDARG);
  });

  test('C-025: PRIVATE with a GUID that is not an installed database', async () => {
    const { host, process } = await world({ administrator: true });
    await using _ = host;
    const DatabaseId = '00000000-0000-0000-0000-000000000001';
    const { hr, handle } = await open(process, privatePool(host, { DatabaseId }));
    expect([hr, handle]).toEqual([w.WINBIO_E_DATABASE_CANT_FIND, 0]);
    // Installed, but no unit has a configuration for it (V25).
    const foreign = await open(process, privatePool(host, { DatabaseId: host.foreignDatabaseId }));
    expect(foreign.hr).toBe(w.WINBIO_E_CONFIGURATION_FAILURE);
  });

  test.each([
    ['C-026: SYSTEM with WINBIO_DB_DEFAULT', w.WINBIO_DB_DEFAULT],
    ['C-027: SYSTEM with DatabaseId null', null],
  ] as [string, w.DatabaseIdArgument][])('%s is accepted', async (_title, DatabaseId) => {
    const { host, process } = await world();
    await using _ = host;
    expect((await open(process, { DatabaseId })).hr).toBe(w.S_OK);
  });

  test('C-028: SYSTEM with BOOTSTRAP, ONCHIP or a GUID', async () => {
    const { host, process } = await world();
    await using _ = host;
    for (const DatabaseId of [w.WINBIO_DB_BOOTSTRAP, w.WINBIO_DB_ONCHIP, host.privateDatabaseId] as const) {
      expect((await open(process, { DatabaseId })).hr).toBe(w.E_INVALIDARG);
    }
  });

  test('C-029: SYSTEM from a remote desktop session fails, PRIVATE does not', async () => {
    const { host, process } = await world({ administrator: true, remote: true });
    await using _ = host;
    expect((await open(process)).hr).toBe(w.WINBIO_E_NOT_ACTIVE_CONSOLE);
    expect((await open(process, privatePool(host))).hr).toBe(w.S_OK);
  });

  test.each([w.WINBIO_FLAG_RAW, w.WINBIO_FLAG_MAINTENANCE])(
    'C-030: access flag %d without permission',
    async (Flags) => {
      const { host, process } = await world();
      await using _ = host;
      const { hr, handle } = await open(process, { Flags });
      expect([hr, handle]).toEqual([w.E_ACCESSDENIED, 0]);
      expect((await open(process, privatePool(host, { Flags }))).hr).toBe(w.E_ACCESSDENIED);
    },
  );

  test('C-031: policy disables the framework', async () => {
    const { host, process } = await world();
    await using _ = host;
    host.policy = { ...host.policy, enabled: { value: false, source: w.WINBIO_SETTING_SOURCE_POLICY } };
    const { hr, handle } = await open(process);
    expect([hr, handle]).toEqual([w.WINBIO_E_DISABLED, 0]);
  });

  test('C-032: no memory for the session', async () => {
    const host = await createHost();
    await using _ = host;
    const process = host.process({ handleLimit: 1 });
    expect((await open(process)).hr).toBe(w.S_OK);
    for (const AsynchronousOpen of [false, true]) {
      const { hr, handle, results } = await open(process, { AsynchronousOpen });
      await host.settle();
      expect([hr, handle, results.length]).toEqual([w.E_OUTOFMEMORY, 0, 0]);
    }
  });

  test('C-032: a service that has no room left says so too', async () => {
    const host = await createHost({ limits: { handlesPerConnection: 1 } });
    await using _ = host;
    const process = host.process();
    expect((await open(process)).hr).toBe(w.S_OK);
    expect((await open(process)).hr).toBe(w.E_OUTOFMEMORY);
  });

  test.each([0, 0x01000000, 0x20000000, w.WINBIO_TYPE_FINGERPRINT + 0x10000000, -8, 8.5])(
    'C-033: Factor %d is E_INVALIDARG',
    async (Factor) => {
      const { host, process } = await world();
      await using _ = host;
      expect((await open(process, { Factor })).hr).toBe(w.E_INVALIDARG);
    },
  );

  test('C-033: a valid factor that is not served', async () => {
    const { host, process } = await world();
    await using _ = host;
    expect((await open(process, { Factor: w.WINBIO_TYPE_VOICE })).hr).toBe(w.WINBIO_E_UNSUPPORTED_FACTOR);
  });

  test.each([0, 3, 4, -1])('C-034: PoolType %d is E_INVALIDARG', async (PoolType) => {
    const { host, process } = await world();
    await using _ = host;
    expect((await open(process, { PoolType })).hr).toBe(w.E_INVALIDARG);
  });

  test('C-035: PRIVATE with a factor other than fingerprint fails', async () => {
    const host = await createHost({ readers: 2, factors: [w.WINBIO_TYPE_FACIAL_FEATURES] });
    await using _ = host;
    const process = host.process({ administrator: true });
    const { hr, handle } = await open(process, privatePool(host, { Factor: w.WINBIO_TYPE_FACIAL_FEATURES }));
    expect([hr, handle]).toEqual([w.WINBIO_E_UNSUPPORTED_POOL_TYPE, 0]);
  });
});
