/** The records of a database, and which of them to use: none that is refused, on removable media only those signed here. */

import type { NewRecord, RecordSelector, StoredRecord, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { accountOfPayload } from './record-account.ts';
import { RecordSignature } from './record-signature.ts';

export class TrustedRecords {
  readonly #database: TemplateDatabase;
  readonly #signature: RecordSignature | undefined;
  readonly #refused = new Set<RecordId>();

  /** Without a signature every record is trusted. */
  constructor(database: TemplateDatabase, signature: RecordSignature | undefined) {
    this.#database = database;
    this.#signature = signature;
  }

  get areSigned(): boolean {
    return this.#signature !== undefined;
  }

  /** Leaves a record out from now on; false when it is left out already. */
  refuse(recordId: RecordId): boolean {
    return this.#refused.size < this.#refused.add(recordId).size;
  }

  /** Records that were deleted are no longer left out. */
  forget(recordId: RecordId): void {
    this.#refused.delete(recordId);
  }

  /** Payload of a new record, signed where records are. */
  async payloadOf(record: NewRecord): Promise<{ readonly payload?: Uint8Array }> {
    const payload = await this.#signature?.sign(record);
    return payload === undefined ? {} : { payload };
  }

  /** The account that a record belongs to. */
  accountOf({ payload }: StoredRecord): string | undefined {
    return accountOfPayload(this.areSigned ? RecordSignature.unsigned(payload) : payload);
  }

  /** All trusted records, in the batches of the database. */
  async *batches(): AsyncGenerator<readonly StoredRecord[]> {
    for await (const batch of this.#database.query({})) yield await this.#trust(batch);
  }

  /** The selected records that are trusted. */
  async trusted(selector: RecordSelector): Promise<readonly StoredRecord[]> {
    return await this.#trust(await this.all(selector));
  }

  /** All selected records, trusted or not. */
  async all(selector: RecordSelector): Promise<readonly StoredRecord[]> {
    const records: StoredRecord[] = [];
    for await (const batch of this.#database.query(selector)) records.push(...batch);
    return records;
  }

  async #trust(found: readonly StoredRecord[]): Promise<readonly StoredRecord[]> {
    const records = this.#refused.size === 0 ? found : found.filter(({ recordId }) => !this.#refused.has(recordId));
    const signature = this.#signature;
    if (signature === undefined) return records;
    const good = await Promise.all(records.map((record) => signature.isGood(record)));
    return records.filter((_, i) => good[i]);
  }
}
