/** The one place where adapters meet the service: builds it from a configuration. */

import { availableParallelism } from 'node:os';
import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_SENSOR_BASIC_MODE, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import { normalizeGuid } from '../../core/guid.ts';
import { type Logger, SILENT_LOGGER } from '../../core/logger.ts';
import { FingerprintEngine } from '../../fingerprint/index.ts';
import { Service } from '../../service/service.ts';
import { SYSTEM_ACCOUNTS } from '../accounts/system-accounts.ts';
import { checkConfiguration } from '../configuration/check-configuration.ts';
import { configuredPolicy } from '../configuration/configured-policy.ts';
import { DEFAULT_DATABASES } from '../configuration/default-databases.ts';
import { loadAdapter } from '../configuration/load-adapter.ts';
import { SERVICE_SCHEMA } from '../configuration/schema/service-schema.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import type { Extensions } from '../connection/extensions.ts';
import { openAuditLog } from '../state/audit-log.ts';
import { rotateKeys } from '../state/rotate-keys.ts';
import { takeStateDirectory } from '../state/state-directory.ts';
import { EngineThreads } from '../threads/engine-threads.ts';
import { RequestLog } from '../watching/request-log.ts';
import { administration } from './administration.ts';
import { composeDatabases } from './compose-databases.ts';
import { composeReaders } from './compose-readers.ts';
import { FINGERPRINT_PROVIDER } from './provider.ts';
import { virtualReaderScript } from './virtual-reader-script.ts';

/** A running service and what was built around it. */
export interface Composition extends AsyncDisposable {
  readonly service: Service;
  readonly extensions: Extensions;
  /** What clients ask; one of the observers of every connection. */
  readonly log: RequestLog;
  /** Work of the engine's threads. */
  readonly engineThreads: EngineThreads;
  /** Undefined for state in memory. */
  readonly stateDirectory: string | undefined;
}

/** What a composition is given beside its configuration. */
export interface CompositionOptions {
  readonly logger?: Logger;
  /** Folder that adapter modules are resolved from; the working directory unless given. */
  readonly folder?: string;
}

const MAX_DEFAULT_THREADS = 4;

/** Builds and starts a service. Rejects with WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED, WHORL_E_KEY_MISSING. */
export async function compose(
  given: ServiceConfiguration,
  { logger = SILENT_LOGGER, folder = process.cwd() }: CompositionOptions = {},
): Promise<Composition> {
  const configuration = checkConfiguration(SERVICE_SCHEMA, given);
  await using stack = new AsyncDisposableStack();
  const directory = takeStateDirectory(configuration);
  if (directory !== undefined) stack.use(directory);
  const threads = configuration.engineThreads ?? Math.min(MAX_DEFAULT_THREADS, availableParallelism());
  const engineThreads = stack.use(new EngineThreads(threads));
  const engine = configuration.engine
    ? await loadAdapter('engine', configuration.engine, folder)
    : new FingerprintEngine({ runner: engineThreads, updateTemplates: configuration.updateTemplates ?? false });
  requireFingerprints(engine);
  const { sources, virtualReaders } = await composeReaders(
    configuration.readers ?? [{ kind: 'virtual' }],
    folder,
    stack,
  );
  const { templateFormat } = engine.info;
  const { registrations, keys } = await composeDatabases(configuration, {
    directory,
    templateFormat,
    folder,
    logger,
    stack,
  });
  const databases = configuration.databases ?? DEFAULT_DATABASES;
  const idsOf = (pool: 'system' | 'private') =>
    databases.filter((database) => database.pool === pool).map(({ id }) => normalizeGuid(id));
  const [systemDatabaseId] = idsOf('system');
  const privateDatabaseIds = idsOf('private');
  const policy = configuredPolicy(configuration.policy);
  const audit = directory && stack.use(openAuditLog(directory.path));
  const service = await Service.start({
    engines: [engine],
    providers: [FINGERPRINT_PROVIDER],
    databases: registrations,
    sources,
    configure: () => ({
      ...(systemDatabaseId !== undefined && { systemDatabaseId }),
      privateDatabaseIds,
      sensorMode: WINBIO_SENSOR_BASIC_MODE,
    }),
    logger,
    accounts: SYSTEM_ACCOUNTS,
    policy: () => policy,
    ...(configuration.policy?.antiSpoof && { antiSpoof: configuration.policy.antiSpoof }),
    ...(audit && { audit: (record) => audit.write(record) }),
    ...(directory && { enrollmentCommitted: () => directory.markEnrollment() }),
  });
  stack.use(service);
  const log = new RequestLog();
  const extensions: Extensions = new Map([
    [
      'administration',
      administration({
        service,
        stateDirectory: directory?.path,
        audit,
        rotate: keys && (() => rotateKeys(keys, registrations)),
        log,
        engine: engineThreads,
        virtualReaders,
      }),
    ],
    ['virtual-reader', virtualReaderScript(virtualReaders, (task) => engineThreads.synthesize(task))],
  ]);
  const owned = stack.move();
  return {
    service,
    extensions,
    log,
    engineThreads,
    stateDirectory: directory?.path,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function requireFingerprints({ info }: EngineAdapter): void {
  if (info.factor === WINBIO_TYPE_FINGERPRINT) return;
  throw new BiometricError('WHORL_E_CONFIGURATION', 'engine: this one is not for fingerprints');
}
