/** Databases as the configuration lists them, each sealed before its storage sees anything. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseDescriptor, StorageAdapter } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { Logger } from '../../core/logger.ts';
import { S_OK } from '../../core/result-constants.ts';
import { DEVICE_TEMPLATE_FORMAT } from '../../devices/on-board/device-template.ts';
import type { OnBoardUnitOptions } from '../../devices/on-board/on-board-unit.ts';
import type { DatabaseRegistration } from '../../service/templates/store-registry.ts';
import type { RefusalListener } from '../../service/templates/template-refusal.ts';
import { MemoryStorageAdapter } from '../../storage/memory/memory-storage-adapter.ts';
import { SealedStorageAdapter } from '../../storage/sealed/sealed-storage-adapter.ts';
import type { Sealing } from '../../storage/sealed/sealing.ts';
import { hasRecords } from '../../storage/sqlite/sqlite-file.ts';
import { SqliteStorageAdapter } from '../../storage/sqlite/sqlite-storage-adapter.ts';
import { ownSid } from '../accounts/own-account.ts';
import { DEFAULT_DATABASES } from '../configuration/default-databases.ts';
import { loadAdapter, loadingOf } from '../configuration/load-adapter.ts';
import type { DatabaseConfiguration, ServiceConfiguration } from '../configuration/service-configuration.ts';
import { openSharedServer, type SharedServer } from '../shared/shared-server.ts';
import { SharedState } from '../shared/shared-state.ts';
import { anchorOf } from '../state/anchor.ts';
import { type AuditLog, openAuditLog } from '../state/audit-log.ts';
import { authenticateAnew } from '../state/authenticated-file.ts';
import { KeyStore } from '../state/key-store.ts';
import { RecordLedger } from '../state/record-ledger.ts';
import type { RotatedState } from '../state/rotate-keys.ts';
import { auditFiles, PROVEN_FILES, type StateDirectory } from '../state/state-directory.ts';
import { HEAD_FILE } from '../state/state-head.ts';
import { ENROLLED_FILE, StateKeeper } from '../state/state-keeper.ts';
import { UnusedTemplates } from '../watching/unused-templates.ts';

/** Records of a database from which a thread reads it when it is opened: fewer are read while a thread starts. */
const THREAD_FROM = 2000;

/** What databases are made with. */
export interface DatabaseParts {
  /** Undefined for state in memory. */
  readonly directory: StateDirectory | undefined;
  readonly templateFormat: string;
  /** Where modules are resolved from. */
  readonly folder: string;
  readonly logger: Logger;
  /** Whether a state that an anchor knows to be of an earlier day is taken. Default: false. */
  readonly acceptRollback?: boolean | undefined;
  /** Keeps what is shared. Default: the server of the configuration. */
  readonly sharedServer?: SharedServer | undefined;
  /** Owns what was made, also when something later fails. */
  readonly stack: AsyncDisposableStack;
}

/** What is sealed and accounted for in a state directory. */
export interface SealedState extends RotatedState {
  readonly audit: AuditLog;
  readonly keeper: StateKeeper;
}

/** Databases that are installed, and what those that are sealed depend on. */
export interface Databases {
  readonly registrations: readonly DatabaseRegistration[];
  /** Databases of readers that match inside, present or not: as they were found, and as they are made. */
  readonly ofDevices: readonly DatabaseRegistration[];
  /** Where such readers keep their records. */
  readonly onBoard: OnBoardUnitOptions;
  /** Undefined for state in memory. */
  readonly sealed: SealedState | undefined;
  /** Undefined where nothing is shared. */
  readonly shared: SharedState | undefined;
  /** Templates that do not open, or that the engine refuses. */
  readonly unused: UnusedTemplates;
  /** Notes one of them. */
  readonly leaveOut: RefusalListener;
}

/** Makes them. Rejects with WHORL_E_CONFIGURATION. */
export async function composeDatabases(configuration: ServiceConfiguration, parts: DatabaseParts): Promise<Databases> {
  const { directory, templateFormat, folder, logger, stack } = parts;
  const databases = configuration.databases ?? DEFAULT_DATABASES;
  const unused = new UnusedTemplates();
  const leaveOut: RefusalListener = (databaseId, recordId, { code, hresult, message }) => {
    unused.add(databaseId, recordId, hresult);
    logger.error(`a template is not used: ${message}`, { databaseId, recordId, code });
  };
  const seal = directory && (await sealing(configuration, directory, { ...parts, unused, leaveOut }));
  const state = seal && (await sharedState(configuration, { ...parts, keys: seal.keys }));
  const shared = state && seal.aroundShared(state.storage);
  const matching = seal && (await remoteSearch(configuration, { ...parts, keys: seal.keys }));
  const memory = new MemoryStorageAdapter();
  const sqlite = seal?.aroundOwn(new SqliteStorageAdapter());
  const registrations: DatabaseRegistration[] = [];
  // That of the system pool comes first in every list: nothing else tells them apart there.
  const systemFirst = [...databases.entries()].sort(([, one], [, other]) => rank(one) - rank(other));
  for (const [i, { id, recordLimit, storage }] of systemFirst) {
    const databaseId = normalizeGuid(id);
    const common = {
      databaseId,
      factor: WINBIO_TYPE_FINGERPRINT,
      templateFormat,
      ...(recordLimit !== undefined && { recordLimit }),
    };
    if (shared !== undefined && storage === undefined) {
      const path = sharedCopy(directory as StateDirectory, databaseId);
      const remote = matching?.databaseId === databaseId ? matching.policy : undefined;
      registrations.push({ descriptor: { ...common, path }, storage: shared, autoCreate: true, remote });
    } else if (storage !== undefined) {
      if (seal === undefined) {
        const text = `databases[${i}].storage: templates there are sealed, which needs a state directory for the keys`;
        throw new BiometricError('WHORL_E_CONFIGURATION', text);
      }
      const inner: StorageAdapter = await loadAdapter('storage', storage, loadingOf(configuration, { folder, logger }));
      stack.defer(() => inner.close());
      registrations.push({ descriptor: common, storage: seal.around(inner), autoCreate: true });
    } else if (sqlite === undefined || directory === undefined) {
      registrations.push({ descriptor: common, storage: memory, autoCreate: true });
    } else {
      const descriptor = { ...common, path: directory.databaseFile(databaseId) };
      registrations.push({ descriptor, storage: sqlite, autoCreate: true });
    }
  }
  const { ofDevices, place } = deviceDatabases(sqlite ?? memory, directory);
  const onBoard = {
    records: sqlite ?? memory,
    databaseIds: registrations.map(({ descriptor }) => descriptor.databaseId),
    place,
  };
  return { registrations, ofDevices, onBoard, sealed: seal, shared: state, unused, leaveOut };
}

async function sharedState(
  { shared, state }: ServiceConfiguration,
  { keys, logger, stack, sharedServer }: DatabaseParts & { readonly keys: KeyStore },
): Promise<SharedState | undefined> {
  if (shared === undefined) return undefined;
  if (state === 'memory') {
    throw new BiometricError('WHORL_E_CONFIGURATION', 'shared: copies and keys need a state directory');
  }
  const server = sharedServer ?? (await openSharedServer(shared));
  const made = stack.use(new SharedState(server, shared, keys, logger));
  await made.begin();
  return made;
}

/** Who searches the gallery that matching nodes hold; undefined where this service holds its galleries itself. */
async function remoteSearch(
  configuration: ServiceConfiguration,
  { keys, folder, logger, stack }: DatabaseParts & { readonly keys: KeyStore },
) {
  if (configuration.matching === undefined) return undefined;
  const [{ openRemoteSearch }, { matchingSetting }] = await Promise.all([
    import('../matching/open-remote-search.ts'),
    import('../matching/matching-setting.ts'),
  ]);
  const { databaseId } = matchingSetting(configuration);
  const search = stack.use(await openRemoteSearch(configuration, { keyring: keys, folder, logger }));
  return { databaseId, policy: { search, partialMatch: configuration.matching.partialMatch ?? true } };
}

/**
 * Path of the copy of a shared database. Throws WHORL_E_CONFIGURATION where there is a database of this service alone, whose
 * people nobody would be recognised as.
 */
function sharedCopy(directory: StateDirectory, databaseId: DatabaseId): string {
  const own = directory.databaseFile(databaseId);
  if (existsSync(own) && hasRecords(own)) {
    const text = `shared: ${own} holds templates of this service alone; move them with whorl database copy, or take the file away`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
  return directory.sharedDatabaseFile(databaseId);
}

/** Those that lie in the state directory, and those that readers add to them. */
function deviceDatabases(storage: StorageAdapter, directory: StateDirectory | undefined) {
  const ofDevices: DatabaseRegistration[] = [];
  const known = new Set<DatabaseId>();
  const place = (databaseId: DatabaseId): Pick<DatabaseDescriptor, 'path'> => {
    const placed = directory === undefined ? {} : { path: directory.deviceDatabaseFile(databaseId) };
    if (known.has(databaseId)) return placed;
    known.add(databaseId);
    const descriptor = {
      databaseId,
      factor: WINBIO_TYPE_FINGERPRINT,
      templateFormat: DEVICE_TEMPLATE_FORMAT,
      ...placed,
    };
    ofDevices.push({ descriptor, storage, autoCreate: true });
    return placed;
  };
  for (const databaseId of directory?.deviceDatabases ?? []) place(databaseId);
  return { ofDevices, place };
}

function rank({ pool }: DatabaseConfiguration): number {
  return pool === 'system' ? 0 : 1;
}

async function sealing(
  { keys: source = 'file', anchor }: ServiceConfiguration,
  directory: StateDirectory,
  { unused, leaveOut, logger, stack, acceptRollback = false }: DatabaseParts & Pick<Databases, 'unused' | 'leaveOut'>,
) {
  const keys = stack.use(await KeyStore.open(source, directory));
  const files = [
    ...PROVEN_FILES.map((name) => join(directory.keysFolder, name)),
    auditFiles(directory.path).key,
    join(directory.path, ENROLLED_FILE),
    join(directory.keysFolder, HEAD_FILE),
  ];
  // The key may be taken away that they were written with, now that there is another one.
  for (const file of files) authenticateAnew(file, keys);
  const anchored = anchor && anchorOf(anchor);
  const keeper = stack.use(new StateKeeper({ directory: directory.path, keyring: keys, anchor: anchored, logger }));
  const onAppend = () => keeper.changed();
  const audit = stack.use(openAuditLog(directory.path, { keyring: keys, believesOld: keeper.isFirst, onAppend }));
  const ledger = stack.use(await RecordLedger.open(directory, keys, onAppend));
  const note = (line: { readonly action: string; readonly databaseId?: string; readonly count?: number }) =>
    audit.write({ sid: ownSid(), hresult: S_OK, ...line });
  for (const { action } of await keeper.begin({ ledger, audit }, acceptRollback)) await note({ action });
  if (directory.wasRestored) await note({ action: 'restored' });
  await ledger.compact();
  const common: Sealing = {
    keyring: keys,
    deletedRecords: ledger,
    onUnreadable: leaveOut,
    onDeleted: (databaseId, recordIds) => unused.forget(databaseId, recordIds),
  };
  const onFinding: Sealing['onFinding'] = (databaseId, finding) => {
    unused.find(databaseId, finding);
    logger.error('the records of a database are not those that were stored', { databaseId, ...finding });
    const { missing, adopted } = finding;
    const noted = [
      ...(missing > 0 ? [note({ action: 'records-missing', databaseId, count: missing })] : []),
      ...(adopted > 0 ? [note({ action: 'records-believed', databaseId, count: adopted })] : []),
    ];
    void Promise.all(noted).catch(() => logger.error('the audit log cannot be written', { databaseId }));
  };
  return {
    keys,
    ledger,
    audit,
    keeper,
    files,
    // Others may store records in it, too.
    around: (inner: StorageAdapter) => new SealedStorageAdapter(inner, common),
    // A copy is a file that only changes of the shared database change.
    aroundShared: (inner: StorageAdapter) => new SealedStorageAdapter(inner, { ...common, threadFrom: THREAD_FROM }),
    aroundOwn: (inner: StorageAdapter) =>
      new SealedStorageAdapter(inner, { ...common, recordSet: ledger, onFinding, threadFrom: THREAD_FROM }),
  };
}
