/** What a service alone has becomes shared: templates as they are sealed, and people. Its journal follows when it starts. */

import { existsSync, renameSync } from 'node:fs';
import type { DatabaseDescriptor, StorageAdapter, StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import { normalizeGuid } from '../../core/guid.ts';
import { TEMPLATE_FORMAT } from '../../fingerprint/template/template-codec.ts';
import { sharePeople } from '../../storage/records/shared/share-people.ts';
import { ownNumberOf } from '../../storage/sealed/seal.ts';
import { hasRecords } from '../../storage/sqlite/sqlite-file.ts';
import { SqliteStorageAdapter } from '../../storage/sqlite/sqlite-storage-adapter.ts';
import { recordsThread } from '../compose/compose-records.ts';
import { DEFAULT_DATABASES } from '../configuration/default-databases.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { requireSharedKey } from '../shared/shared-key.ts';
import { openSharedServer, type SharedServer } from '../shared/shared-server.ts';
import { KeyStore } from '../state/key-store.ts';
import { type StateDirectory, takeStateDirectory } from '../state/state-directory.ts';
import { requireShared } from './shared-connection.ts';

/** What was copied. */
export interface CopyReport {
  /** Templates that are there now, of the databases of this service. */
  readonly templates: number;
  /** Of them, those that an earlier copy had brought there. */
  readonly before: number;
  /** Rows of people: a person, and a picture, is one. */
  readonly people: number;
  /** Files that were put aside, since nothing is read of them any more. */
  readonly putAside: readonly string[];
}

/** How a copy goes. */
export interface CopyOptions {
  /** Told of templates and people that are there; `total` is of what is copied now. What it throws ends the copy. */
  readonly onProgress: (what: 'templates' | 'people', done: number, total: number) => void;
}

const RECORDS_A_WRITE = 500;

/**
 * Copies templates, as they are sealed, and people of the configuration's own files to the server; compares them, and puts
 * the files of the templates aside. May be interrupted and called again: what is there is not sent again. Rejects with
 * WHORL_E_STATE_LOCKED while a service runs, WHORL_E_KEY_MISSING, WHORL_E_CONFIGURATION, WINBIO_E_DUPLICATE_ENROLLMENT where
 * somebody else enrolled the same finger of the same owner there, WHORL_E_OFFLINE.
 */
export async function copyToShared(configuration: ServiceConfiguration, options: CopyOptions): Promise<CopyReport> {
  const shared = requireShared(configuration);
  await using stack = new AsyncDisposableStack();
  const directory = takeStateDirectory(configuration);
  if (directory === undefined) throw new BiometricError('E_NOTIMPL', 'state in memory is not copied');
  stack.use(directory);
  const keys = await KeyStore.open(configuration.keys ?? 'file', directory);
  const server = stack.use(await openSharedServer(shared));
  await requireSharedKey(server.log('keys'), keys);
  const files = ownDatabases(configuration, directory);
  const sqlite = stack.use(new SqliteStorageAdapter());
  const total = await countAll(sqlite, files);
  let templates = 0;
  let before = 0;
  for (const descriptor of files) {
    const copied = await copyDatabase(sqlite, server, descriptor, (done) => {
      options.onProgress('templates', templates + done, total);
    });
    templates += copied.templates;
    before += copied.before;
  }
  const thread = recordsThread({ directory, keys });
  stack.defer(() => thread.close());
  const people = await sharePeople(thread.people, server.log('people'), (done, all) => {
    options.onProgress('people', done, all);
  });
  await sqlite.close();
  const putAside = files.map(({ path }) => putFileAside(path));
  return { templates, before, people, putAside };
}

type FileDescriptor = DatabaseDescriptor & { readonly path: string };

/** Databases that lie in files of this service alone and hold something. */
function ownDatabases({ databases = DEFAULT_DATABASES }: ServiceConfiguration, directory: StateDirectory) {
  return databases
    .filter(({ storage }) => storage === undefined)
    .map(({ id, recordLimit }): FileDescriptor => {
      const databaseId = normalizeGuid(id);
      return {
        databaseId,
        factor: WINBIO_TYPE_FINGERPRINT,
        templateFormat: TEMPLATE_FORMAT,
        path: directory.databaseFile(databaseId),
        ...(recordLimit !== undefined && { recordLimit }),
      };
    })
    .filter(({ path }) => existsSync(path) && hasRecords(path));
}

async function countAll(storage: StorageAdapter, files: readonly FileDescriptor[]): Promise<number> {
  let total = 0;
  for (const descriptor of files) {
    await using database = await storage.open(descriptor, { create: false });
    total += await database.count();
  }
  return total;
}

async function copyDatabase(
  files: StorageAdapter,
  { storage }: SharedServer,
  { path, ...descriptor }: FileDescriptor,
  onProgress: (done: number) => void,
): Promise<{ readonly templates: number; readonly before: number }> {
  await using from = await files.open({ ...descriptor, path }, { create: false });
  const { indexLength = 0 } = from.descriptor;
  await using to = await storage.open({ ...descriptor, indexLength }, { create: true });
  const there = await marksOf(to);
  const wanted = new Set<string>();
  let waiting: (StoredRecord & { readonly mark: string })[] = [];
  let before = 0;
  const send = async () => {
    if (waiting.length > 0) await to.addAll?.(waiting);
    waiting = [];
    onProgress(wanted.size);
  };
  for await (const batch of from.query({})) {
    for (const record of batch) {
      // The own number of a seal names this version for ever: what is deleted later is told by it.
      const mark = ownNumberOf(record.template);
      wanted.add(mark);
      if (there.has(mark)) before += 1;
      else waiting.push({ ...record, mark });
    }
    if (waiting.length >= RECORDS_A_WRITE) await send();
  }
  await send();
  const now = await marksOf(to);
  const missing = [...wanted].filter((mark) => !now.has(mark)).length;
  if (missing > 0) {
    const text = `${missing} templates of ${descriptor.databaseId} are not there: somebody deleted or replaced them meanwhile`;
    throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR', text);
  }
  return { templates: wanted.size, before };
}

async function marksOf(database: Awaited<ReturnType<StorageAdapter['open']>>): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const content = await database.marks?.();
  for await (const batch of content?.marks ?? []) for (const { mark } of batch) found.add(mark);
  return found;
}

/** SQLite has emptied its side files when it closed the database. */
function putFileAside(path: string): string {
  const aside = `${path}.copied`;
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${aside}${suffix}`);
  }
  renameSync(path, aside);
  return aside;
}
