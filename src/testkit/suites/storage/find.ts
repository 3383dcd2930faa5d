/** What a query finds. */

import type { RecordSelector, StoredRecord, TemplateDatabase } from '../../../adapters/storage-adapter.ts';
import { collectRecords } from './collect-records.ts';

/** The records, oldest first. */
export async function find(database: TemplateDatabase, selector: RecordSelector): Promise<StoredRecord[]> {
  return await collectRecords(database.query(selector));
}

/** Their sub-factors. */
export async function fingers(database: TemplateDatabase, selector: RecordSelector): Promise<number[]> {
  return (await find(database, selector)).map(({ subFactor }) => subFactor);
}
