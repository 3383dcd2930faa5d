/** Checks once what every template database must check; a storage author writes the hooks. */

import { BiometricError } from '../core/biometric-error.ts';
import { WINBIO_SUBTYPE_ANY, WINBIO_SUBTYPE_NO_INFORMATION } from '../core/constants.ts';
import type { RecordId, SubFactor } from '../core/identifiers.ts';
import { isIdentity } from '../core/identity.ts';
import { checkIndexVector, recordsInBuckets } from './index-vector.ts';
import type {
  DatabaseDescriptor,
  NewRecord,
  RecordName,
  RecordSelector,
  StoredRecord,
  TemplateDatabase,
} from './storage-adapter.ts';

/** A selector without an index vector. */
export type SubjectSelector = Omit<RecordSelector, 'indexVector'>;

/** Base of an open database. */
export abstract class TemplateDatabaseBase implements TemplateDatabase {
  readonly descriptor: DatabaseDescriptor;
  #closing: Promise<void> | undefined;

  constructor(descriptor: DatabaseDescriptor) {
    this.descriptor = Object.freeze({ ...descriptor });
  }

  /** True as soon as closing has begun. */
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  async add(record: NewRecord): Promise<RecordId> {
    this.#checkOpen();
    checkOwner(record.identity);
    checkSubFactor(record.subFactor);
    if (!(record.template instanceof Uint8Array) || record.template.length === 0) {
      throw new BiometricError('E_INVALIDARG', 'a record needs a template');
    }
    const { payload = new Uint8Array(), indexVector = [] } = record;
    checkIndexVector(indexVector, this.descriptor.indexLength ?? 0);
    return await this._add({ ...record, payload, indexVector });
  }

  async replace({ recordId, identity, subFactor }: RecordName, template: Uint8Array): Promise<void> {
    this.#checkOpen();
    if (!(template instanceof Uint8Array) || template.length === 0) {
      throw new BiometricError('E_INVALIDARG', 'a record needs a template');
    }
    checkSelector({ identity, subFactor });
    await this._replace({ recordId, identity, subFactor }, template);
  }

  async delete(selector: RecordSelector): Promise<readonly RecordId[]> {
    this.#checkOpen();
    checkSelector(selector);
    if (selector.indexVector !== undefined) throw new BiometricError('E_INVALIDARG', 'nothing is deleted by content');
    return await this._delete(selector);
  }

  query(selector: RecordSelector): AsyncIterable<readonly StoredRecord[]> {
    this.#checkOpen();
    checkSelector(selector);
    const { indexVector, ...subject } = selector;
    if (indexVector === undefined) return this._query(subject);
    checkIndexVector(indexVector, this.descriptor.indexLength ?? 0);
    return recordsInBuckets(this._query(subject), indexVector);
  }

  async count(): Promise<number> {
    this.#checkOpen();
    return await this._count();
  }

  close(): Promise<void> {
    this.#closing ??= this._close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  protected abstract _add(record: Required<NewRecord>): Promise<RecordId>;
  /** By default a storage cannot. */
  protected async _replace(_record: RecordName, _template: Uint8Array): Promise<void> {
    throw new BiometricError('E_NOTIMPL', 'this storage replaces no templates');
  }

  protected abstract _delete(selector: SubjectSelector): Promise<readonly RecordId[]>;
  /** Records of a subject; index vectors are compared by the base. */
  protected abstract _query(selector: SubjectSelector): AsyncIterable<readonly StoredRecord[]>;
  protected abstract _count(): Promise<number>;
  protected abstract _close(): Promise<void>;

  #checkOpen(): void {
    if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
  }
}

// WBF: storage 6: NULL and WILDCARD are never stored, nor the two sub-factor sentinels.
function checkOwner(identity: unknown): void {
  if (!isIdentity(identity) || (identity.type !== 'sid' && identity.type !== 'guid')) {
    throw new BiometricError('E_INVALIDARG', 'a record belongs to an account or a GUID');
  }
}

function checkSubFactor(subFactor: SubFactor): void {
  const legal = Number.isInteger(subFactor) && subFactor > WINBIO_SUBTYPE_NO_INFORMATION;
  if (!legal || subFactor >= WINBIO_SUBTYPE_ANY) throw new BiometricError('E_INVALIDARG', 'sub-factor is out of range');
}

function checkSelector(selector: RecordSelector): void {
  if (selector.identity !== undefined) checkOwner(selector.identity);
  if (selector.subFactor !== undefined) checkSubFactor(selector.subFactor);
}
