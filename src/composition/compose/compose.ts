/** The one place where adapters meet the service: builds it from a configuration. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_SENSOR_BASIC_MODE, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import { normalizeGuid } from '../../core/guid.ts';
import { identityKey } from '../../core/identity.ts';
import { type Logger, SILENT_LOGGER } from '../../core/logger.ts';
import { pathFaultOf } from '../../core/path-fault.ts';
import type { SharedStatus } from '../../core/service-report.ts';
import { FingerprintEngine } from '../../fingerprint/engine/fingerprint-engine.ts';
import type { Audit } from '../../service/access/audit.ts';
import { Service } from '../../service/service.ts';
import type { UnitConfiguration } from '../../service/units/unit-configuration.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import { SYSTEM_ACCOUNTS } from '../accounts/system-accounts.ts';
import { checkConfiguration } from '../configuration/check-configuration.ts';
import {
  configuredAttempts,
  configuredJournal,
  configuredLeases,
  configuredPolicy,
} from '../configuration/configured-policy.ts';
import { DEFAULT_DATABASES } from '../configuration/default-databases.ts';
import { type LoadingParts, loadAdapter, loadingOf } from '../configuration/load-adapter.ts';
import { SERVICE_SCHEMA } from '../configuration/schema/service-schema.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { type Extension, type Extensions, loadedWhenAsked } from '../connection/extensions.ts';
import type { ConnectionObserver } from '../connection/serve-connection.ts';
import type { Residents } from '../residents/residents.ts';
import { requireSharedRotation } from '../shared/shared-key.ts';
import type { SharedServer } from '../shared/shared-server.ts';
import { BackupWork } from '../state/backup-work.ts';
import { rotateKeys } from '../state/rotate-keys.ts';
import { takeStateDirectory } from '../state/state-directory.ts';
import type { StateKeeper } from '../state/state-keeper.ts';
import { EngineThreads } from '../threads/engine-threads.ts';
import { RequestLog } from '../watching/request-log.ts';
import { administration } from './administration.ts';
import { composeDatabases } from './compose-databases.ts';
import { composeReaders } from './compose-readers.ts';
import { composeRecords, readerNameBook } from './compose-records.ts';
import { composeResidents, type ResidentRecords } from './compose-residents.ts';
import { FINGERPRINT_PROVIDER } from './provider.ts';
import { virtualReaderScript } from './virtual-reader-script.ts';

/** A running service and what was built around it. */
export interface Composition extends AsyncDisposable {
  readonly service: Service;
  readonly extensions: Extensions;
  /** What clients ask; one of the observers of every connection. */
  readonly log: RequestLog;
  /** Threads that compute for the engine. */
  readonly engineThreads: EngineThreads;
  /** Makes clients that live inside the service. */
  readonly residents: Residents;
  /** Undefined for state in memory. */
  readonly stateDirectory: string | undefined;
  /** Records what happens beside the service itself; for state in memory nothing is kept. */
  readonly audit: Audit;
  /** Keys of what is kept; undefined for state in memory. */
  readonly keys: Keyring | undefined;
  /** Says whether the state is of today; undefined for state in memory. */
  readonly keeper: StateKeeper | undefined;
  /** Doors and the like begin, seen by the observers of all clients. Rejects with WHORL_E_CONFIGURATION. */
  readonly begin: (observers: readonly ConnectionObserver[]) => Promise<void>;
  /** Makes backups; undefined for state in memory. */
  readonly backup: BackupWork | undefined;
  /** What is shared with other services, and how that goes; undefined where nothing is. */
  readonly shared: () => SharedStatus | undefined;
  /** Databases, templates and units that cannot be used. */
  readonly faults: () => readonly BiometricError[];
}

/** What a composition is given beside its configuration. */
export interface CompositionOptions {
  /** Default: logs nothing. */
  readonly logger?: Logger;
  /** Folder that adapter modules are resolved from. Default: the working directory. */
  readonly folder?: string;
  /** The file that the configuration was read from. Default: none. */
  readonly configurationFile?: string | undefined;
  /** Whether a state that an anchor knows to be of an earlier day is taken. Default: false. */
  readonly acceptRollback?: boolean | undefined;
  /** Keeps what is shared. Default: the server of the configuration. */
  readonly sharedServer?: SharedServer | undefined;
}

/** Builds and starts a service. Rejects with WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED, WHORL_E_KEY_MISSING. */
export async function compose(given: ServiceConfiguration, options: CompositionOptions = {}): Promise<Composition> {
  try {
    return await composed(given, options);
  } catch (thrown) {
    const fault = pathFaultOf(thrown);
    if (fault === undefined) throw thrown;
    throw new BiometricError('WHORL_E_CONFIGURATION', `${fault.path}: ${fault.words}`, { cause: thrown });
  }
}

async function composed(
  given: ServiceConfiguration,
  {
    logger = SILENT_LOGGER,
    folder = process.cwd(),
    configurationFile,
    acceptRollback,
    sharedServer,
  }: CompositionOptions,
): Promise<Composition> {
  const configuration = checkConfiguration(SERVICE_SCHEMA, given);
  await using stack = new AsyncDisposableStack();
  const directory = takeStateDirectory(configuration);
  if (directory !== undefined) stack.use(directory);
  const engineThreads = stack.use(new EngineThreads(configuration.engineThreads));
  const loading = loadingOf(configuration, { folder, logger });
  const engine = await composeEngine(configuration, engineThreads, loading);
  const { templateFormat } = engine.info;
  const databases = await composeDatabases(configuration, {
    directory,
    templateFormat,
    folder,
    logger,
    stack,
    acceptRollback,
    sharedServer,
  });
  const { onBoard } = databases;
  const named = configuration.readers ?? [{ kind: 'virtual' } as const];
  const names = readerNameBook(databases.sealed, directory, logger);
  const readers = await composeReaders(named, loading, onBoard, stack, names);
  const policy = configuredPolicy(configuration.policy);
  const attempts = configuredAttempts(configuration.policy);
  const unit = unitConfiguration(configuration);
  const { audit, keeper } = databases.sealed ?? {};
  const { sealed, registrations, ofDevices } = databases;
  const records = stack.use(
    composeRecords(
      sealed && directory && { directory, keys: sealed.keys, keeper: sealed.keeper },
      configuration.policy?.journal === false ? undefined : () => configuredJournal(configuration.policy),
      logger,
      databases.shared,
    ),
  );
  const service = await Service.start({
    engines: [engine],
    providers: [FINGERPRINT_PROVIDER],
    databases: databases.registrations,
    sources: readers.sources,
    ownNames: readers.ownNames,
    configure: () => unit,
    logger,
    accounts: SYSTEM_ACCOUNTS,
    policy: () => policy,
    ...(attempts && { attempts }),
    leases: configuredLeases(configuration.policy),
    ...(configuration.policy?.antiSpoof && { antiSpoof: configuration.policy.antiSpoof }),
    templateRefused: databases.leaveOut,
    people: records.people,
    journal: records.journal && { ...records.journal, draw: (image) => engineThreads.encodePng(image) },
    places: records.places,
    ...(audit && { audit: (record) => audit.write(record) }),
    ...(keeper && { enrollmentCommitted: () => keeper.markEnrollment() }),
  });
  stack.use(service);
  if (databases.shared !== undefined) {
    // Copies are there before they are needed.
    void service.goOn();
    databases.shared.onReached(() => void service.goOn());
  }
  const log = new RequestLog();
  const { unused } = databases;
  const record: Audit = async (entry) => audit?.write(entry);
  const faults = () => [
    ...service.faults,
    ...readers.faults(),
    ...unused.faults,
    ...(databases.shared?.faults ?? []),
    ...(keeper?.faults(unused.hasFindings) ?? []),
  ];
  const shared = (): SharedStatus | undefined => {
    const status = databases.shared?.status(records.waiting);
    return status && { ...status, databases: service.copies };
  };
  const stateDirectory = directory?.path;
  const { virtualReaders } = readers;
  const backup =
    sealed &&
    directory &&
    new BackupWork({
      directory: directory.path,
      keyring: sealed.keys,
      // Readers may arrive with databases of their own later.
      get databases() {
        return [...registrations, ...ofDevices].map(({ descriptor }) => descriptor);
      },
    });
  const rotate =
    sealed &&
    backup &&
    (() =>
      backup.alone('keys', async () => {
        if (databases.shared !== undefined) requireSharedRotation(sealed.keys);
        const rotation = await rotateKeys(sealed, [...registrations, ...ofDevices], records);
        await databases.shared?.tellKey();
        return rotation;
      }));
  const extensions = new Map<string, Extension>([
    [
      'administration',
      administration({
        service,
        stateDirectory,
        configurationFile,
        faults,
        shared,
        audit,
        rotate,
        backup,
        log,
        engineThreads,
        virtualReaders,
        devices: readers.devices,
        systemDatabaseId: unit.systemDatabaseId,
      }),
    ],
    [
      'import-templates',
      loadedWhenAsked(async () => {
        const { templateImport } = await import('../import/template-import.ts');
        return templateImport({
          service,
          engineThreads,
          databases: configuration.databases ?? DEFAULT_DATABASES,
          hasOwnEngine: configuration.engine === undefined,
          audit,
        });
      }),
    ],
    ['people', loadedWhenAsked(async () => (await import('../people/people-extension.ts')).peopleExtension(service))],
    [
      'places',
      loadedWhenAsked(async () => (await import('../people/places-extension.ts')).placesExtension(service, record)),
    ],
    [
      'journal',
      loadedWhenAsked(async () => (await import('../people/journal-extension.ts')).journalExtension(service, record)),
    ],
    ['virtual-reader', virtualReaderScript(virtualReaders, (task) => engineThreads.synthesize(task))],
  ]);
  const residents = composeResidents({
    service,
    configuration,
    records: residentRecords(service),
    logger,
    audit: record,
    folder,
    state: sealed && directory && { keysFolder: directory.keysFolder, keyring: sealed.keys },
    systemDatabaseId: unit.systemDatabaseId,
    privateDatabaseIds: unit.privateDatabaseIds,
  });
  stack.use(residents);
  for (const [name, extension] of residents.extensions) extensions.set(name, extension);
  const owned = stack.move();
  const dispose = () => owned.disposeAsync();
  return {
    service,
    extensions,
    log,
    engineThreads,
    stateDirectory,
    keys: sealed?.keys,
    keeper,
    residents: residents.residents,
    begin: residents.begin,
    backup,
    faults,
    shared,
    audit: record,
    [Symbol.asyncDispose]: dispose,
  };
}

/** People, places and the journal, as what lives inside the service needs them. */
function residentRecords(service: Service): ResidentRecords {
  return {
    nameOf: async (identity) => (await service.people.namesOf([identity])).get(identityKey(identity)),
    places: async () => service.places.list(service.activity, service.readers),
    shownAs: (reader) => service.places.of(reader),
    write: async (entry) => await service.keptJournal?.note(entry),
    feed: {
      since: async (query, after) => await service.journal.follow(query, after),
      last: async () => (await service.journal.store.position()).number,
    },
  };
}

async function composeEngine(
  { engine: module, updateTemplates = false, searchRotation: rotation = 'any' }: ServiceConfiguration,
  runner: EngineThreads,
  loading: LoadingParts,
): Promise<EngineAdapter> {
  if (module === undefined) return new FingerprintEngine({ runner, updateTemplates, rotation });
  const engine = await loadAdapter('engine', module, loading);
  if (engine.info.factor === WINBIO_TYPE_FINGERPRINT) return engine;
  throw new BiometricError('WHORL_E_CONFIGURATION', 'engine: this one is not for fingerprints');
}

/** Every unit may use every database of its pool. */
function unitConfiguration({ databases = DEFAULT_DATABASES }: ServiceConfiguration): UnitConfiguration {
  const idsOf = (wanted: 'system' | 'private') =>
    databases.filter(({ pool }) => pool === wanted).map(({ id }) => normalizeGuid(id));
  const [systemDatabaseId] = idsOf('system');
  return {
    ...(systemDatabaseId !== undefined && { systemDatabaseId }),
    privateDatabaseIds: idsOf('private'),
    sensorMode: WINBIO_SENSOR_BASIC_MODE,
  };
}
