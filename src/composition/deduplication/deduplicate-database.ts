/** Looks for duplicates in a database of a configuration: through its matching nodes, or in this process. */

import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';
import { SILENT_LOGGER } from '../../core/logger.ts';
import { FingerprintEngine } from '../../fingerprint/engine/fingerprint-engine.ts';
import { type DeduplicationOptions, type DeduplicationResult, deduplicate } from '../../matching/batch/deduplicate.ts';
import { searchInGallery, searchThroughNodes } from '../../matching/batch/duplicate-searches.ts';
import { offlineDatabases } from '../compose/offline-databases.ts';
import { DEFAULT_DATABASES } from '../configuration/default-databases.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { matchingSetting } from '../matching/matching-setting.ts';
import { openRemoteSearch } from '../matching/open-remote-search.ts';
import { openSharedGallery, type SharedGallerySource } from '../matching/shared-gallery.ts';
import { EngineThreads } from '../threads/engine-threads.ts';
import { DeduplicationFiles, type DescribeRecord } from './deduplication-files.ts';

/** Records that are read at once. */
const READ_AT_ONCE = 256;

/** How duplicates are looked for. */
export interface DatabaseDeduplicationOptions extends Pick<DeduplicationOptions, 'atOnce' | 'signal'> {
  /** Path of the report; where it was begun, it is gone on with. */
  readonly report: string;
  /** What relative paths of the configuration refer to. */
  readonly folder: string;
  /** Default: that of the system pool. */
  readonly database?: string | undefined;
  /** Whether prints are found that are turned by more than 60 degrees; it takes three times as long. Default: false. */
  readonly turned?: boolean | undefined;
  readonly onProgress?: ((seen: number, total: number | undefined) => void) | undefined;
}

/** What came of it. */
export interface DatabaseDeduplicationResult extends DeduplicationResult {
  /** Pairs in the report, those of earlier runs included. */
  readonly reported: number;
}

/**
 * Writes the report. Without matching nodes no service may use the database meanwhile. Rejects with WINBIO_E_CANCELED,
 * WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED, WHORL_E_OFFLINE, WHORL_E_INCOMPLETE; run again, it goes on.
 */
export async function deduplicateDatabase(
  configuration: ServiceConfiguration,
  options: DatabaseDeduplicationOptions,
): Promise<DatabaseDeduplicationResult> {
  return configuration.matching === undefined
    ? await deduplicateHere(configuration, options)
    : await deduplicateThroughNodes(configuration, options);
}

async function deduplicateThroughNodes(
  configuration: ServiceConfiguration,
  { report, folder, database, turned = false, onProgress = () => {}, ...rest }: DatabaseDeduplicationOptions,
): Promise<DatabaseDeduplicationResult> {
  const setting = matchingSetting(configuration);
  if (database !== undefined && normalizeGuid(database) !== setting.databaseId) {
    throw new BiometricError('WHORL_E_CONFIGURATION', `matching nodes hold database ${setting.databaseId} alone`);
  }
  await using gallery = await openSharedGallery(configuration, setting, SILENT_LOGGER);
  const { source, keyring } = gallery;
  await using coordinator = await openRemoteSearch(configuration, { keyring, folder });
  const describe: DescribeRecord = async (recordId) => {
    const [record] = await source.numbered([recordId]);
    return { record: recordId, ...(record && { identity: record.identity, subFactor: record.subFactor }) };
  };
  const journal = new DeduplicationFiles(report, setting.databaseId, describe);
  const { position: through, recordIds } = await allNumbers(source);
  const left = recordIds.filter((recordId) => recordId > journal.last);
  const result = await deduplicate({
    ...rest,
    records: recordsOf(source, left),
    journal,
    search: searchThroughNodes(coordinator, { through, looks: turned ? undefined : 1 }),
    onProgress: (seen) => onProgress(recordIds.length - left.length + seen, recordIds.length),
  });
  return { ...result, reported: journal.pairs };
}

/** The numbers of all records, ascending: it may take days to search for them all, so that no snapshot is kept that long. */
async function allNumbers(source: SharedGallerySource) {
  const { position, marks } = await source.marks();
  const batches: Float64Array[] = [];
  for await (const batch of marks) batches.push(Float64Array.from(batch, ({ recordId }) => recordId));
  const recordIds = new Float64Array(batches.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const batch of batches) {
    recordIds.set(batch, at);
    at += batch.length;
  }
  return { position, recordIds: recordIds.sort() };
}

/** Records by their numbers, those that are still there. */
async function* recordsOf(
  source: SharedGallerySource,
  recordIds: Float64Array,
): AsyncGenerator<readonly StoredRecord[]> {
  for (let at = 0; at < recordIds.length; at += READ_AT_ONCE) {
    yield await source.numbered([...recordIds.subarray(at, at + READ_AT_ONCE)]);
  }
}

async function deduplicateHere(
  configuration: ServiceConfiguration,
  { report, folder, database, turned = false, onProgress = () => {}, ...rest }: DatabaseDeduplicationOptions,
): Promise<DatabaseDeduplicationResult> {
  const databaseId = databaseOf(configuration, database);
  await using databases = await offlineDatabases(configuration, folder);
  const registration = databases.registrations.find(({ descriptor }) => descriptor.databaseId === databaseId);
  if (registration === undefined)
    throw new BiometricError('WHORL_E_CONFIGURATION', `there is no database ${databaseId}`);
  await using opened = await registration.storage.open(registration.descriptor, { create: false });
  await using threads = new EngineThreads(configuration.engineThreads);
  await using engine = new FingerprintEngine({ runner: threads });
  using gallery = engine.createGallery();
  const owners = new Map<RecordId, Pick<StoredRecord, 'identity' | 'subFactor'>>();
  for await (const batch of opened.query({})) {
    for (const { recordId, template, searchCodes, identity, subFactor } of batch) {
      gallery.add(recordId, template, searchCodes);
      owners.set(recordId, { identity, subFactor });
    }
  }
  const journal = new DeduplicationFiles(report, databaseId, async (record) => ({ record, ...owners.get(record) }));
  const result = await deduplicate({
    ...rest,
    records: opened.query({}),
    journal,
    search: searchInGallery(engine, gallery, { looks: turned ? undefined : 1 }),
    onProgress: (seen) => onProgress(seen, owners.size),
  });
  return { ...result, reported: journal.pairs };
}

function databaseOf({ databases = DEFAULT_DATABASES }: ServiceConfiguration, named: string | undefined): DatabaseId {
  const id = named ?? databases.find(({ pool }) => pool === 'system')?.id;
  if (id !== undefined) return normalizeGuid(id);
  throw new BiometricError(
    'WHORL_E_CONFIGURATION',
    'there is no database of the system pool: name one with --database',
  );
}
