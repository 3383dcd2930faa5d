/** A reader that matches inside, unplugged and plugged again. */

import { expect, test } from 'vitest';
import type { MatchingDeviceSource, MatchingDeviceSourceObserver } from '../../src/exports/fingerprint/adapters.ts';
import { deviceDatabaseId, encodeDeviceTemplate, OnBoardUnits } from '../../src/exports/whorl/devices/on-board.ts';
import { MemoryStorageAdapter } from '../../src/exports/whorl/storage/memory.ts';
import { ScriptedDevice } from '../../src/exports/whorl/testkit.ts';
import { Service } from '../../src/service/service.ts';

test('a device that comes back finds its records, under another unit', async () => {
  const observers = new Set<MatchingDeviceSourceObserver>();
  const source: MatchingDeviceSource = {
    watch(observer) {
      observers.add(observer);
      return { [Symbol.dispose]: () => observers.delete(observer) };
    },
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  const records = new MemoryStorageAdapter();
  const databaseId = 'C4E87A90-5B13-4D2F-8E66-39A0F7C1D52B';
  const units = await OnBoardUnits.start(source, { records, databaseIds: [databaseId] });
  await using service = await Service.start({
    engines: [],
    providers: [],
    databases: [],
    sources: new Map([['door', units]]),
    configure: () => ({ systemDatabaseId: databaseId, privateDatabaseIds: [], sensorMode: 1 }),
  });
  const plug = async (device: ScriptedDevice) => {
    for (const observer of observers) observer.arrived(device);
    while (service.activity.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    await service.settled();
    return service.activity[0]?.unitId;
  };
  const first = new ScriptedDevice();
  const print = first.plant(7);
  expect(await plug(first)).toBe(1);
  const own = await deviceDatabaseId(databaseId, first.info.deviceInstanceId);
  const identity = { type: 'sid', sid: 'S-1-5-21-1-1-1-1001' } as const;
  const template = encodeDeviceTemplate({ device: first.info.deviceInstanceId, print });
  const options = { dryRun: false, replace: false, refuseDuplicates: false, signal: new AbortController().signal };
  expect(await service.importTemplates(own, [{ identity, subFactor: 2, template }], options)).toEqual([
    { kind: 'stored' },
  ]);
  first.unplug();
  await service.settled();
  expect(service.activity).toEqual([]);
  await expect(service.owners(own)).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CANT_FIND' });
  const again = new ScriptedDevice();
  again.plant(7);
  expect(await plug(again)).toBe(2);
  expect(await service.owners(own)).toEqual([{ identity, subFactors: [2] }]);
});
