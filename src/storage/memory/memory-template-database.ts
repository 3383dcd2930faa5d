/** An open database in memory. */

import type { DatabaseDescriptor, RecordName, StoredRecord } from '../../adapters/storage-adapter.ts';
import { type SubjectSelector, TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { identityKey, sameIdentity } from '../../core/identity.ts';

/** Content of a database, shared by all that have it open. */
export interface MemoryContent {
  /** By identity and sub-factor, in the order they were added. */
  readonly records: Map<string, StoredRecord>;
  lastRecordId: number;
}

const BATCH_RECORDS = 256;

/** A view of shared content. */
export class MemoryTemplateDatabase extends TemplateDatabaseBase {
  readonly #content: MemoryContent;

  constructor(descriptor: DatabaseDescriptor, content: MemoryContent) {
    super(descriptor);
    this.#content = content;
  }

  protected override async _add(record: Omit<StoredRecord, 'recordId'>): Promise<RecordId> {
    const [recordId] = await this._addAll([record]);
    return recordId as RecordId;
  }

  protected override async _addAll(added: readonly Omit<StoredRecord, 'recordId'>[]): Promise<readonly RecordId[]> {
    return this.store(added);
  }

  /** At once, so that whoever checked something before knows that it still is so. */
  protected store(added: readonly Omit<StoredRecord, 'recordId'>[]): readonly RecordId[] {
    const { records } = this.#content;
    const keys = added.map(({ identity, subFactor }) => `${identityKey(identity)}/${subFactor}`);
    if (new Set(keys).size < keys.length || keys.some((key) => records.has(key))) {
      throw new BiometricError('WINBIO_E_DUPLICATE_ENROLLMENT');
    }
    if (records.size + added.length > (this.descriptor.recordLimit ?? Infinity)) {
      throw new BiometricError('WINBIO_E_DATABASE_FULL');
    }
    return added.map((record, i) => {
      const recordId = ++this.#content.lastRecordId;
      records.set(keys[i] as string, copyOf({ ...record, recordId }));
      return recordId;
    });
  }

  protected override async _replace({ recordId }: RecordName, template: Uint8Array): Promise<void> {
    this.put(recordId, { template });
  }

  /** At once. */
  protected put(recordId: RecordId, change: Partial<StoredRecord>): void {
    for (const [key, record] of this.#content.records) {
      if (record.recordId === recordId) return void this.#content.records.set(key, copyOf({ ...record, ...change }));
    }
    throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
  }

  protected override async _delete(selector: SubjectSelector): Promise<readonly RecordId[]> {
    const gone: RecordId[] = [];
    for (const [key, record] of this.#content.records) {
      if (!isSelected(record, selector)) continue;
      this.#content.records.delete(key);
      gone.push(record.recordId);
    }
    return gone;
  }

  protected override async *_query(selector: SubjectSelector): AsyncGenerator<readonly StoredRecord[]> {
    const found = [...this.#content.records.values()].filter((record) => isSelected(record, selector));
    for (let start = 0; start < found.length; start += BATCH_RECORDS) {
      if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
      yield found.slice(start, start + BATCH_RECORDS).map(copyOf);
    }
  }

  protected override async _count(): Promise<number> {
    return this.#content.records.size;
  }

  protected override async _close(): Promise<void> {}
}

function isSelected(record: StoredRecord, selector: SubjectSelector): boolean {
  const { identity, subFactor } = selector;
  if (identity !== undefined && !sameIdentity(identity, record.identity)) return false;
  return subFactor === undefined || subFactor === record.subFactor;
}

/** A copy that nobody else has. */
export function copyOf(record: StoredRecord): StoredRecord {
  return {
    recordId: record.recordId,
    identity: { ...record.identity },
    subFactor: record.subFactor,
    template: new Uint8Array(record.template),
    payload: new Uint8Array(record.payload),
    indexVector: [...record.indexVector],
    ...(record.mark !== undefined && { mark: record.mark }),
  };
}
