/** Reads a query. */

import type { StoredRecord } from '../../../adapters/storage-adapter.ts';

/** All records of a query, or those that are left of one; without marks, which shared storages alone keep. */
export async function collectRecords(
  batches: AsyncIterable<readonly StoredRecord[]> | AsyncIterator<readonly StoredRecord[]>,
): Promise<StoredRecord[]> {
  const iterator = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches;
  const records: StoredRecord[] = [];
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    records.push(...next.value.map(({ mark, ...record }) => record));
  }
  return records;
}
