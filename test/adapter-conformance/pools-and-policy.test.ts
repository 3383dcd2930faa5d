import { describe, expect, test } from 'vitest';
import type { LogFields, Logger } from '../../src/core/logger.ts';
import { VirtualReader } from '../../src/exports/whorl/sensors/virtual.ts';
import { MemoryStorageAdapter } from '../../src/exports/whorl/storage/memory.ts';
import { AdapterTap, createHost, type HostOptions, ScriptedEngine } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { Service } from '../../src/service/service.ts';
import { openArguments, openFramework, openSync } from '../support/sessions.ts';
import { sid, World } from '../support/world.ts';

const OTHER = 'S-1-5-21-9-9-9-9';
const UNCLAIMED = w.WINBIO_EVENT_FP_UNCLAIMED;

async function tryOpen(options: HostOptions, who: object, choice: Parameters<typeof openArguments>[1] = {}) {
  await using host = await createHost(options);
  const { winbio } = host.process(who);
  return await winbio.WinBioOpenSession(...openArguments(host, choice), w.out());
}

describe('pools', () => {
  test('A-218: a remote session does not get the system pool', async () => {
    expect(await tryOpen({}, { remote: true })).toBe(w.WINBIO_E_NOT_ACTIVE_CONSOLE);
    expect(await tryOpen({ readers: 2 }, { remote: true }, { privateUnits: [2] })).toBe(w.S_OK);
  });

  test('A-219: a private pool takes its units out of the system pool, and gives them back configured', async () => {
    await using world = await World.create({ readers: 2 });
    await world.enroll(1);
    const own = await openSync(world.host, world.process, { privateUnits: [2] });
    expect((await world.identify(1, { handle: own, reader: 1 })).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
    const call = world.identifying();
    await world.host.touch(1, 1);
    await world.winbio.WinBioCancel(world.handle);
    expect(await call).toBe(w.WINBIO_E_CANCELED);
    await world.winbio.WinBioCloseSession(own);
    expect((await world.identify(1, { reader: 1 })).hr).toBe(w.S_OK);
  });

  test('A-220: only a privileged caller takes the last unit of the system pool', async () => {
    expect(await tryOpen({}, {}, { privateUnits: [1] })).toBe(w.E_ACCESSDENIED);
    expect(await tryOpen({ readers: 2 }, {}, { privateUnits: [1] })).toBe(w.S_OK);
    expect(await tryOpen({}, { administrator: true }, { privateUnits: [1] })).toBe(w.S_OK);
  });

  test('A-221: a private pool is for fingerprints', async () => {
    await using host = await createHost({ camera: true });
    const { winbio } = host.process();
    const [, pool, flags, , , database] = openArguments(host, { privateUnits: [2] });
    const face = w.WINBIO_TYPE_FACIAL_FEATURES;
    const hr = await winbio.WinBioOpenSession(face, pool, flags, [2], 1, database, w.out());
    expect(hr).toBe(w.WINBIO_E_UNSUPPORTED_POOL_TYPE);
  });

  test('A-222: the system pool knows accounts, a private pool GUIDs made by the service', async () => {
    await using world = await World.create({ readers: 2 });
    expect((await world.enroll(1)).identity).toEqual(world.self);
    const own = await openSync(world.host, world.process, { privateUnits: [2] });
    const guids = [];
    for (const finger of [1, 2]) guids.push((await world.enroll(finger, { handle: own, unit: 2 })).identity);
    expect(guids.map((identity) => identity?.Type)).toEqual([w.WINBIO_ID_TYPE_GUID, w.WINBIO_ID_TYPE_GUID]);
    expect(guids[0]).not.toEqual(guids[1]);
  });

  test('A-223: a device whose configurations share a database is not configured', async () => {
    const tap = new AdapterTap();
    const databaseId = 'B0000000-0000-4000-8000-000000000001';
    const templateFormat = '11111111-2222-3333-4444-555555555555';
    const errors: LogFields[] = [];
    const say = () => {};
    const logger: Logger = { debug: say, info: say, warn: say, error: (_, fields = {}) => void errors.push(fields) };
    const storage = tap.storage(new MemoryStorageAdapter());
    await using _ = await Service.start({
      engines: [new ScriptedEngine()],
      providers: [],
      databases: [{ descriptor: { databaseId, factor: 8, templateFormat }, storage, autoCreate: true }],
      sources: new Map([['virtual', new VirtualReader()]]),
      configure: () => ({
        systemDatabaseId: databaseId,
        privateDatabaseIds: [databaseId.toLowerCase()],
        sensorMode: w.WINBIO_SENSOR_BASIC_MODE,
      }),
      logger,
    });
    expect(errors).toEqual([{ unitId: 1, code: 'WINBIO_E_CONFIGURATION_FAILURE' }]);
    expect(tap.names('storage.open')).toEqual([]);
  });
});

describe('policy, events, properties', () => {
  test('A-227: a service that is disabled opens no session', async () => {
    await using host = await createHost();
    host.policy = { ...host.policy, enabled: { value: false, source: w.WINBIO_SETTING_SOURCE_POLICY } };
    const { winbio } = host.process();
    expect(await winbio.WinBioOpenSession(...openArguments(host), w.out())).toBe(w.WINBIO_E_DISABLED);
  });

  test('A-228: an administrator beats the account, the account the default, and REMOVE takes it back', async () => {
    const told: unknown[] = [];
    const engine = { setAccountPolicy: (policies: unknown) => void told.push(policies) };
    await using world = await World.create({ overrides: { engine } });
    const {
      WINBIO_ANTI_SPOOF_ENABLE: ENABLE,
      WINBIO_ANTI_SPOOF_DISABLE: DISABLE,
      WINBIO_ANTI_SPOOF_REMOVE: REMOVE,
    } = w;
    const own = { sid: world.process.user };
    expect(await world.antiSpoof(world.self, DISABLE)).toBe(w.S_OK);
    expect(told.at(-1)).toEqual([{ antiSpoof: ENABLE }, { ...own, antiSpoof: DISABLE }]);
    const administrator = world.host.process({ administrator: true, user: OTHER });
    const handle = await openSync(world.host, administrator);
    const set = (action: number) => {
      const { WINBIO_PROPERTY_TYPE_ACCOUNT: type, WINBIO_PROPERTY_ANTI_SPOOF_POLICY: id } = w;
      const value = Uint8Array.of(action, 0, 0, 0, 0, 0, 0, 0);
      return administrator.winbio.WinBioSetProperty(handle, type, id, 0, world.self, 0, value, 8);
    };
    expect(await set(ENABLE)).toBe(w.S_OK);
    expect(told.at(-1)).toEqual([{ antiSpoof: ENABLE }, { ...own, antiSpoof: ENABLE }]);
    expect(await world.antiSpoof(world.self, DISABLE)).toBe(w.E_ACCESSDENIED);
    expect(await set(REMOVE)).toBe(w.S_OK);
    expect(told.at(-1)).toEqual([{ antiSpoof: ENABLE }, { ...own, antiSpoof: DISABLE }]);
    expect(await world.antiSpoof(world.self, REMOVE)).toBe(w.S_OK);
    expect(told.at(-1)).toEqual([{ antiSpoof: ENABLE }]);
  });

  test('A-229: whoever is not privileged sets nothing for others', async () => {
    const told: unknown[] = [];
    const engine = { setAccountPolicy: (policies: unknown) => void told.push(policies) };
    await using world = await World.create({ overrides: { engine } });
    const before = told.length;
    for (const identity of [sid(OTHER), w.toWinbioIdentity({ type: 'wildcard' })]) {
      expect(await world.antiSpoof(identity, w.WINBIO_ANTI_SPOOF_DISABLE)).toBe(w.E_ACCESSDENIED);
    }
    expect(told).toHaveLength(before);
  });

  test('A-230: units that come and go reach the monitors of the framework until they are canceled', async () => {
    await using world = await World.create({ readers: 2 });
    const { handle, notices } = await openFramework(world.process);
    await world.winbio.WinBioAsyncMonitorFrameworkChanges(handle, w.WINBIO_FRAMEWORK_CHANGE_UNIT);
    await world.host.settle();
    world.host.reader(1).replug();
    await world.host.settle();
    const changes = () => notices.results.map(({ Operation, UnitId }) => [Operation, UnitId]);
    expect(changes()).toEqual([
      [w.WINBIO_OPERATION_UNIT_REMOVAL, 2],
      [w.WINBIO_OPERATION_UNIT_ARRIVAL, 3],
    ]);
    await world.winbio.WinBioCancel(handle);
    await world.host.settle();
    const after = changes().length;
    world.host.reader(1).unplug();
    await world.host.settle();
    expect(changes()).toHaveLength(after);
  });

  test('A-231: with an event monitor idle units capture again and again, whoever has the focus', async () => {
    await using world = await World.create({ readers: 2 });
    const events: unknown[] = [];
    await world.winbio.WinBioRegisterEventMonitor(world.handle, UNCLAIMED, (_c, _s, event) => void events.push(event));
    world.host.dropFocus();
    for (const reader of [0, 1, 0]) await world.host.touch(1, reader);
    expect(events).toHaveLength(3);
    expect(world.tap.names('sensor.capture')).toHaveLength(5);
  });

  test('A-238: properties of a unit are what its adapters say of themselves', async () => {
    await using world = await World.create();
    const sensor = await world.property(w.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO);
    const engine = await world.property(w.WINBIO_PROPERTY_EXTENDED_ENGINE_INFO);
    const storage = await world.property(w.WINBIO_PROPERTY_EXTENDED_STORAGE_INFO);
    expect([sensor.hr, engine.hr, storage.hr]).toEqual([w.S_OK, w.S_OK, w.S_OK]);
    for (const { words } of [sensor, engine, storage]) expect(words[1]).toBe(w.WINBIO_TYPE_FINGERPRINT);
    await using secure = await World.create({ capabilities: w.WINBIO_CAPABILITY_INDICATOR });
    const other = await secure.property(w.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO);
    expect((other.words[0] ?? 0) ^ (sensor.words[0] ?? 0)).toBe(w.WINBIO_CAPABILITY_INDICATOR);
    await using patient = await World.create({ sampleHint: 11 });
    const requirements = await patient.property(w.WINBIO_PROPERTY_EXTENDED_ENGINE_INFO);
    expect(requirements.words).toContain(11);
    expect(engine.words).not.toContain(11);
  });

  test('A-239: nothing biometric is in the log, whatever happens', async () => {
    const lines: string[] = [];
    const write = (message: string, fields: LogFields = {}) => void lines.push(JSON.stringify([message, fields]));
    const logger: Logger = { debug: write, info: write, warn: write, error: write };
    const secret = 'template or sample or hash';
    const noisy = { setAccountPolicy: () => Promise.reject(new TypeError(secret)) as never };
    await using world = await World.create({ logger, overrides: { engine: noisy } });
    await world.enroll(1);
    for (const name of ['sensor.capture', 'engine.extract', 'engine.identify', 'database.query'] as const) {
      world.tap.fail(name, new TypeError(`${secret} ${'ff'.repeat(40)}`));
      await world.identify(1);
      await world.verify(1);
    }
    world.tap.fail('storage.open', new TypeError(secret));
    const admin = world.host.process({ administrator: true });
    await admin.winbio.WinBioOpenSession(...openArguments(world.host, { privateUnits: [1] }), w.out());
    world.tap.fail('sensor.notifyPower', new TypeError(secret));
    await world.host.suspend();
    expect(lines.length).toBeGreaterThan(0);
    const captured = world.tap.of('engine.extract').map(({ arguments: [sample] }) => sample as Uint8Array);
    expect(captured.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).not.toContain(secret);
      expect(line.length).toBeLessThan(300);
      for (const [, fields] of [JSON.parse(line) as [string, LogFields]]) {
        for (const value of Object.values(fields)) expect(typeof value).not.toBe('object');
      }
    }
  });
});
