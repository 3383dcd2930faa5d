/** All records of a query, or what is left of one. */

import type { StoredRecord } from '../../../adapters/storage-adapter.ts';

/** Runs a query to its end. */
export async function collectRecords(
  batches: AsyncIterable<readonly StoredRecord[]> | AsyncIterator<readonly StoredRecord[]>,
): Promise<StoredRecord[]> {
  const iterator = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches;
  const records: StoredRecord[] = [];
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) records.push(...next.value);
  return records;
}
