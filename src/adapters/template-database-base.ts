/**
 * The checks that every template database needs, made once: a storage author writes the hooks, which start with an
 * underscore.
 */

import { BiometricError } from '../core/biometric-error.ts';
import { WINBIO_SUBTYPE_ANY, WINBIO_SUBTYPE_NO_INFORMATION } from '../core/constants.ts';
import type { RecordId, SubFactor } from '../core/identifiers.ts';
import { isIdentity } from '../core/identity.ts';
import { checkIndexVector, recordsInBuckets } from './index-vector.ts';
import type { Position, RecordMark, SharedPart, SharedWrite } from './shared-history.ts';
import type {
  DatabaseDescriptor,
  NewRecord,
  RecordChange,
  RecordName,
  RecordSelector,
  SharedContent,
  StoredRecord,
  TemplateDatabase,
} from './storage-adapter.ts';

/** A selector without an index vector. */
export type SubjectSelector = Omit<RecordSelector, 'indexVector'>;

/** Base of an open database. Each public method checks state and arguments and then calls its hook. */
export abstract class TemplateDatabaseBase implements TemplateDatabase {
  /** What it was opened with, frozen. */
  readonly descriptor: DatabaseDescriptor;
  #closing: Promise<void> | undefined;

  /** Keeps a frozen copy of the descriptor. */
  constructor(descriptor: DatabaseDescriptor) {
    this.descriptor = Object.freeze({ ...descriptor });
  }

  /** True as soon as closing has begun. */
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /**
   * Stores a record and returns its number. Rejects with E_INVALIDARG (identity, sub-factor or template),
   * WINBIO_E_DATABASE_BAD_INDEX_VECTOR, WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_add` rejects with.
   *
   * @example
   * const recordId = await database.add({ identity: { type: 'sid', sid: 'S-1-5-21-1-2-3-1001' }, subFactor: 2, template });
   */
  async add(record: NewRecord): Promise<RecordId> {
    this.#checkOpen();
    return await this._add(this.#checked(record));
  }

  /**
   * Stores several records in one step, all of them or none, and returns their numbers. Rejects as {@link add} does, and
   * with what `_addAll` rejects with, which is E_NOTIMPL by default.
   *
   * @example
   * const records = [2, 7].map((subFactor) => ({ identity, subFactor, template }));
   * const [first, second] = (await database.addAll?.(records)) ?? [];
   */
  async addAll(records: readonly NewRecord[]): Promise<readonly RecordId[]> {
    this.#checkOpen();
    const checked = records.map((record) => this.#checked(record));
    return checked.length === 0 ? [] : await this._addAll(checked);
  }

  /**
   * Puts another template into a record. Rejects with E_INVALIDARG, WINBIO_E_INVALID_DEVICE_STATE (closed), and what
   * `_replace` rejects with: WINBIO_E_DATABASE_NO_SUCH_RECORD, or E_NOTIMPL.
   *
   * @example
   * await database.replace({ recordId, identity, subFactor: 2 }, learned);
   */
  async replace(
    { recordId, identity, subFactor }: RecordName,
    template: Uint8Array,
    searchCodes: Uint8Array = new Uint8Array(),
  ): Promise<void> {
    this.#checkOpen();
    requireTemplate(template);
    checkSelector({ identity, subFactor });
    await this._replace({ recordId, identity, subFactor }, template, searchCodes);
  }

  /**
   * Deletes what the selector matches and returns the numbers of the deleted records. Rejects with E_INVALIDARG (also
   * for a selector with a vector), WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_delete` rejects with.
   *
   * @example
   * const gone = await database.delete({ identity });
   */
  async delete(selector: RecordSelector): Promise<readonly RecordId[]> {
    this.#checkOpen();
    checkSelector(selector);
    if (selector.indexVector !== undefined) throw new BiometricError('E_INVALIDARG', 'nothing is deleted by content');
    return await this._delete(selector);
  }

  /**
   * Records that match, in batches. Throws E_INVALIDARG, WINBIO_E_DATABASE_BAD_INDEX_VECTOR,
   * WINBIO_E_INVALID_DEVICE_STATE (closed); reading rejects with what `_query` rejects with.
   *
   * @example
   * for await (const batch of database.query({ identity })) console.log(batch.length);
   */
  query(selector: RecordSelector): AsyncIterable<readonly StoredRecord[]> {
    this.#checkOpen();
    checkSelector(selector);
    const { indexVector, ...subject } = selector;
    if (indexVector === undefined) return this._query(subject);
    checkIndexVector(indexVector, this.descriptor.indexLength ?? 0);
    return recordsInBuckets(this._query(subject), indexVector);
  }

  /**
   * Number of records. Rejects with WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_count` rejects with.
   *
   * @example
   * const records = await database.count();
   */
  async count(): Promise<number> {
    this.#checkOpen();
    return await this._count();
  }

  /**
   * Where the history of a shared database is. Rejects with WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_position`
   * rejects with, which is E_NOTIMPL by default.
   *
   * @example
   * const before = await database.position?.();
   */
  async position(): Promise<Position> {
    this.#checkOpen();
    return await this._position();
  }

  /**
   * What happened after a position. Throws WINBIO_E_INVALID_DEVICE_STATE (closed); reading rejects with what `_changes`
   * rejects with, which is E_NOTIMPL by default.
   *
   * @example
   * const before = { incarnation: '', change: 0, token: '' };
   * for await (const batch of database.changes?.(before) ?? []) console.log(batch.length);
   */
  changes(after: Position): AsyncIterable<readonly RecordChange[]> {
    this.#checkOpen();
    return this._changes(after);
  }

  /**
   * Calls when there may be something new. Throws WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_watch` throws, which
   * is E_NOTIMPL by default.
   *
   * @example
   * using watching = database.watch?.(() => console.log('something may be new'));
   */
  watch(onHint: () => void): Disposable {
    this.#checkOpen();
    return this._watch(onHint);
  }

  /**
   * Stores records, all or none, unless something was committed after `checked`. Rejects as {@link add} does, and with
   * what `_addChecked` rejects with, which is E_NOTIMPL by default.
   *
   * @example
   * const checked = { incarnation: '', change: 0, token: '' };
   * const written = await database.addChecked?.([{ identity, subFactor: 2, template }], checked);
   */
  async addChecked(records: readonly NewRecord[], checked: Position): Promise<SharedWrite> {
    this.#checkOpen();
    const all = records.map((record) => this.#checked(record));
    if (all.length === 0) return { recordIds: [], position: checked };
    return await this._addChecked(all, checked);
  }

  /**
   * Puts another template into a record, unless it is not of the version `seen` any more. Rejects as {@link replace}
   * does, and with what `_replaceChecked` rejects with, which is E_NOTIMPL by default.
   *
   * @example
   * const seen = '00112233445566778899aabbccddeeff';
   * await database.replaceChecked?.({ recordId, identity, subFactor: 2 }, learned, { seen });
   */
  async replaceChecked(
    { recordId, identity, subFactor }: RecordName,
    template: Uint8Array,
    options: { readonly seen: string; readonly mark?: string },
  ): Promise<Position> {
    this.#checkOpen();
    requireTemplate(template);
    checkSelector({ identity, subFactor });
    return await this._replaceChecked({ recordId, identity, subFactor }, template, options);
  }

  /**
   * All records, or those of a part, as they are at one moment. Rejects with E_INVALIDARG (part),
   * WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_load` rejects with, which is E_NOTIMPL by default.
   *
   * @example
   * const part = await database.load?.({ of: 4, index: 0 });
   */
  async load(part: SharedPart = { of: 1, index: 0 }): Promise<SharedContent> {
    this.#checkOpen();
    const { of, index } = part;
    const isGood = Number.isInteger(of) && of >= 1 && Number.isInteger(index) && index >= 0 && index < of;
    if (!isGood) throw new BiometricError('E_INVALIDARG', 'part: index is from 0 to of - 1');
    return await this._load({ of, index });
  }

  /**
   * Records by their numbers. Rejects with WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_numbered` rejects with,
   * which is E_NOTIMPL by default.
   *
   * @example
   * const found = await database.numbered?.([1, 2]);
   */
  async numbered(recordIds: readonly RecordId[]): Promise<readonly StoredRecord[]> {
    this.#checkOpen();
    return recordIds.length === 0 ? [] : await this._numbered(recordIds);
  }

  /**
   * Marks of the versions that were deleted. Throws WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_ended` throws, which is
   * E_NOTIMPL by default; reading rejects as it does.
   *
   * @example
   * for await (const marks of database.ended?.() ?? []) console.log(marks.length);
   */
  ended(): AsyncIterable<readonly string[]> {
    this.#checkOpen();
    return this._ended();
  }

  /**
   * Which version of each record there is. Rejects with WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_marks` rejects
   * with, which is E_NOTIMPL by default.
   *
   * @example
   * const versions = await database.marks?.();
   */
  async marks(): Promise<{ readonly position: Position; readonly marks: AsyncIterable<readonly RecordMark[]> }> {
    this.#checkOpen();
    return await this._marks();
  }

  /**
   * Closes the database; idempotent. Rejects with what `_close` rejects with.
   *
   * @example
   * await database.close();
   */
  close(): Promise<void> {
    this.#closing ??= this._close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using database = await storage.open(descriptor, { create: true });
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Stores a checked record; payload and vector are filled in, search codes are there when there are some. The owner and
   * sub-factor may be taken.
   */
  protected abstract _add(record: Omit<StoredRecord, 'recordId'>): Promise<RecordId>;
  /** Stores checked records, all or none. By default a storage cannot, which is E_NOTIMPL. */
  protected async _addAll(_records: readonly Omit<StoredRecord, 'recordId'>[]): Promise<readonly RecordId[]> {
    throw new BiometricError('E_NOTIMPL', 'this storage stores one record at a time');
  }
  /** Replaces the template of a record, and its search codes: empty ones where it has none now. By default a storage cannot, which is E_NOTIMPL. */
  protected async _replace(_record: RecordName, _template: Uint8Array, _searchCodes: Uint8Array): Promise<void> {
    throw new BiometricError('E_NOTIMPL', 'this storage replaces no templates');
  }

  /** Where the history is. By default a storage is not shared, which is E_NOTIMPL. */
  protected async _position(): Promise<Position> {
    throw notShared();
  }
  /** What happened after a position. By default a storage is not shared, which is E_NOTIMPL. */
  protected _changes(_after: Position): AsyncIterable<readonly RecordChange[]> {
    throw notShared();
  }
  /** Calls when there may be something new. By default a storage is not shared, which is E_NOTIMPL. */
  protected _watch(_onHint: () => void): Disposable {
    throw notShared();
  }
  /** Stores checked records unless something was committed since. By default a storage is not shared, which is E_NOTIMPL. */
  protected async _addChecked(
    _records: readonly Omit<StoredRecord, 'recordId'>[],
    _checked: Position,
  ): Promise<SharedWrite> {
    throw notShared();
  }
  /** Replaces a version of a record. By default a storage is not shared, which is E_NOTIMPL. */
  protected async _replaceChecked(
    _record: RecordName,
    _template: Uint8Array,
    _options: { readonly seen: string; readonly mark?: string },
  ): Promise<Position> {
    throw notShared();
  }
  /** The records of a part at one moment. By default a storage is not shared, which is E_NOTIMPL. */
  protected async _load(_part: SharedPart): Promise<SharedContent> {
    throw notShared();
  }
  /** Records by their numbers. By default a storage is not shared, which is E_NOTIMPL. */
  protected async _numbered(_recordIds: readonly RecordId[]): Promise<readonly StoredRecord[]> {
    throw notShared();
  }
  /** Versions that were deleted. By default a storage is not shared, which is E_NOTIMPL. */
  protected _ended(): AsyncIterable<readonly string[]> {
    throw notShared();
  }
  /** The versions of all records at one moment. By default a storage is not shared, which is E_NOTIMPL. */
  protected async _marks(): Promise<{
    readonly position: Position;
    readonly marks: AsyncIterable<readonly RecordMark[]>;
  }> {
    throw notShared();
  }

  /** Deletes the records of a subject. */
  protected abstract _delete(selector: SubjectSelector): Promise<readonly RecordId[]>;
  /** Records of a subject in batches, by ascending number; the base compares index vectors. */
  protected abstract _query(selector: SubjectSelector): AsyncIterable<readonly StoredRecord[]>;
  /** Number of records. */
  protected abstract _count(): Promise<number>;
  /** Releases what the database holds; called once. */
  protected abstract _close(): Promise<void>;

  /** The record with payload and vector. Throws what {@link add} rejects with. */
  #checked({ searchCodes, ...record }: NewRecord): Omit<StoredRecord, 'recordId'> {
    checkOwner(record.identity);
    checkSubFactor(record.subFactor);
    requireTemplate(record.template);
    checkMark(record.mark);
    const { payload = new Uint8Array(), indexVector = [] } = record;
    checkIndexVector(indexVector, this.descriptor.indexLength ?? 0);
    return { ...record, payload, indexVector, ...(searchCodes && searchCodes.length > 0 && { searchCodes }) };
  }

  #checkOpen(): void {
    if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
  }
}

function notShared(): BiometricError {
  return new BiometricError('E_NOTIMPL', 'this storage is not shared');
}

function requireTemplate(template: unknown): void {
  if (template instanceof Uint8Array && template.length > 0) return;
  throw new BiometricError('E_INVALIDARG', 'a record needs a template');
}

function checkMark(mark: unknown): void {
  if (mark === undefined || (typeof mark === 'string' && /^[0-9a-f]{32}$/.test(mark))) return;
  throw new BiometricError('E_INVALIDARG', 'mark: give 32 hexadecimal digits');
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
