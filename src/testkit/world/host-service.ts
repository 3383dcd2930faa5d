/** The service of a scripted world: real, over scripted surroundings. */

import { FixedDevices } from '../../adapters/fixed-devices.ts';
import type { SensorInfo, SensorSource } from '../../adapters/sensor-adapter.ts';
import { FINGERPRINT_PROVIDER } from '../../composition/compose/provider.ts';
import { WINBIO_SENSOR_BASIC_MODE, WINBIO_TYPE_FACIAL_FEATURES } from '../../core/constants.ts';
import type { ProviderDescription } from '../../core/operation-result.ts';
import { OnBoardUnits } from '../../devices/on-board/on-board-units.ts';
import { Service } from '../../service/service.ts';
import { DEFAULT_LIMITS } from '../../service/sessions/limits.ts';
import type { UnitConfiguration } from '../../service/units/unit-configuration.ts';
import { MemoryStorageAdapter } from '../../storage/memory/memory-storage-adapter.ts';
import { FACE_DATABASE, hostDatabases, PRIVATE_DATABASE, SYSTEM_DATABASE } from './host-databases.ts';
import type { HostOptions } from './host-options.ts';
import { postgresOfEnvironment } from './postgres-world.ts';
import type { Surroundings } from './surroundings.ts';

/** Starts it; resolves when every device has its unit. */
export async function startHostService(options: HostOptions, surroundings: Surroundings): Promise<Service> {
  const { tap, logger, payloadKey, limits, leases } = options;
  const { engine, camera, faceEngine, accounts, clock, sources } = surroundings;
  const ownStorage = options.storage ?? (await postgresOfEnvironment()) ?? new MemoryStorageAdapter();
  const storage = tap?.storage(ownStorage) ?? ownStorage;
  const devices = await deviceSources(options);
  return await Service.start({
    engines: (camera ? [engine, faceEngine] : [engine]).map((each) => tap?.engine(each) ?? each),
    providers: providersOf(options),
    databases: hostDatabases(options, surroundings, storage),
    sources: new Map([
      ...sources.map((source, i) => [`reader ${i + 1}`, tap?.source(source) ?? source] as const),
      ...devices,
    ]),
    configure: configurationOf,
    clock,
    leases,
    ...(logger && { logger }),
    ...(payloadKey && { payloadKey }),
    policy: () => surroundings.policy,
    limits: { ...DEFAULT_LIMITS, ...limits },
    accounts,
    userSwitch: accounts,
    enrollmentCommitted: () => {
      surroundings.enrollmentMarks += 1;
    },
  });
}

/** A source for each device, named by its place. */
async function deviceSources({ devices = [] }: HostOptions): Promise<readonly (readonly [string, SensorSource])[]> {
  const records = new MemoryStorageAdapter();
  const databaseIds = [SYSTEM_DATABASE, PRIVATE_DATABASE];
  return await Promise.all(
    devices.map(async (device, i) => {
      const source = await OnBoardUnits.start(new FixedDevices(device), { records, databaseIds });
      return [`device ${i + 1}`, source] as const;
    }),
  );
}

function providersOf({ factors = [], camera }: HostOptions): readonly ProviderDescription[] {
  const further = camera === true ? [...factors, WINBIO_TYPE_FACIAL_FEATURES] : factors;
  return [FINGERPRINT_PROVIDER, ...further.map((factor) => ({ ...FINGERPRINT_PROVIDER, factor }))];
}

function configurationOf({ factor }: SensorInfo): UnitConfiguration {
  return {
    systemDatabaseId: factor === WINBIO_TYPE_FACIAL_FEATURES ? FACE_DATABASE : SYSTEM_DATABASE,
    privateDatabaseIds: [PRIVATE_DATABASE],
    sensorMode: WINBIO_SENSOR_BASIC_MODE,
  };
}
