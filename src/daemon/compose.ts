/** The one place where adapters meet the service: builds it from a configuration. */

import { availableParallelism } from 'node:os';
import type { SensorSource } from '../adapters/sensor-adapter.ts';
import type { StorageAdapter } from '../adapters/storage-adapter.ts';
import { WINBIO_SENSOR_BASIC_MODE, WINBIO_TYPE_FINGERPRINT } from '../core/constants.ts';
import type { DatabaseId } from '../core/identifiers.ts';
import type { Logger } from '../core/logger.ts';
import { FingerprintEngine } from '../fingerprint/index.ts';
import { ReplayReader } from '../sensors/replay/replay-reader.ts';
import { VirtualReader } from '../sensors/virtual/virtual-reader.ts';
import { Service } from '../service/service.ts';
import type { DatabaseRegistration } from '../service/templates/store-registry.ts';
import { MemoryStorageAdapter } from '../storage/memory/memory-storage-adapter.ts';
import { SqliteStorageAdapter } from '../storage/sqlite/sqlite-storage-adapter.ts';
import { checkConfiguration } from './check-configuration.ts';
import { PRIVATE_DATABASE_ID, type ServiceConfiguration, SYSTEM_DATABASE_ID } from './configuration.ts';
import { configuredPolicy } from './configured-policy.ts';
import { EngineThreads } from './engine-threads.ts';
import type { Extensions } from './extensions.ts';
import { FINGERPRINT_PROVIDER } from './provider.ts';
import { defaultStateDirectory, StateDirectory } from './state-directory.ts';
import { SYSTEM_ACCOUNTS } from './system-accounts.ts';
import { virtualReaderScript } from './virtual-reader-script.ts';

/** A running service and what was built around it. */
export interface Composition extends AsyncDisposable {
  readonly service: Service;
  readonly extensions: Extensions;
}

const MAX_DEFAULT_THREADS = 4;

/** Builds and starts a service. Rejects with WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED. */
export async function compose(configuration: ServiceConfiguration, logger?: Logger): Promise<Composition> {
  checkConfiguration(configuration);
  await using stack = new AsyncDisposableStack();
  const directory = stateDirectory(configuration);
  if (directory !== undefined) stack.use(directory);
  const threads = configuration.engineThreads ?? Math.min(MAX_DEFAULT_THREADS, availableParallelism());
  const engineThreads = stack.use(new EngineThreads(threads));
  const engine = new FingerprintEngine({ runner: engineThreads });
  const virtualReaders = new Map<string, VirtualReader>();
  const sources: SensorSource[] = [];
  for (const [i, reader] of (configuration.readers ?? [{ kind: 'virtual' } as const]).entries()) {
    const serialNumber = String(i + 1);
    if (reader.kind === 'virtual') {
      const virtual = stack.use(new VirtualReader({ serialNumber, earlyTouch: reader.earlyTouch ?? 'lost' }));
      virtualReaders.set(reader.name ?? (i === 0 ? 'virtual' : `virtual-${i + 1}`), virtual);
      sources.push(virtual);
    } else {
      const { folder, resolutionPpi, files } = reader;
      const options = { serialNumber, ...(resolutionPpi !== undefined && { resolutionPpi }), ...(files && { files }) };
      sources.push(stack.use(await ReplayReader.open(folder, options)));
    }
  }
  const privateDatabaseIds = configuration.privateDatabaseIds ?? [PRIVATE_DATABASE_ID];
  const policy = configuredPolicy(configuration.policy);
  const storage = directory === undefined ? new MemoryStorageAdapter() : new SqliteStorageAdapter();
  const service = await Service.start({
    engines: [engine],
    providers: [FINGERPRINT_PROVIDER],
    databases: [SYSTEM_DATABASE_ID, ...privateDatabaseIds].map((databaseId) =>
      registration(databaseId, storage, engine.info.templateFormat, directory),
    ),
    sources,
    configure: () => ({
      systemDatabaseId: SYSTEM_DATABASE_ID,
      privateDatabaseIds,
      sensorMode: WINBIO_SENSOR_BASIC_MODE,
    }),
    ...(logger && { logger }),
    accounts: SYSTEM_ACCOUNTS,
    policy: () => policy,
    ...(directory && { enrollmentCommitted: () => directory.markEnrollment() }),
  });
  stack.use(service);
  const extensions: Extensions = new Map([
    ['virtual-reader', virtualReaderScript(virtualReaders, (task) => engineThreads.synthesize(task))],
  ]);
  const owned = stack.move();
  return { service, extensions, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function stateDirectory({ state }: ServiceConfiguration): StateDirectory | undefined {
  if (state === 'memory') return undefined;
  return StateDirectory.take(state?.directory ?? defaultStateDirectory(process.env));
}

function registration(
  databaseId: DatabaseId,
  storage: StorageAdapter,
  templateFormat: string,
  directory: StateDirectory | undefined,
): DatabaseRegistration {
  const path = directory?.databaseFile(databaseId);
  const descriptor = { databaseId, factor: WINBIO_TYPE_FINGERPRINT, templateFormat, ...(path && { path }) };
  return { descriptor, storage, autoCreate: true };
}
