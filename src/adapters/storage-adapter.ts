/** The contract of a storage: template databases that can be opened, queried and changed. */

import type { BiometricFactor, DatabaseId, RecordId, SubFactor } from '../core/identifiers.ts';
import type { OwnerIdentity } from '../core/identity.ts';
import type { AdapterOptions } from './adapter-options.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';
import type { Freshness, Position, RecordMark, SharedPart, SharedWrite } from './shared-history.ts';

/** Identifies a database and fixes what it may hold for its whole life. */
export interface DatabaseDescriptor {
  /** GUID of the database. */
  readonly databaseId: DatabaseId;
  /** What its templates are of: one `WINBIO_TYPE_*` bit. */
  readonly factor: BiometricFactor;
  /** GUID of the format of its templates. */
  readonly templateFormat: string;
  /** Absolute path; file databases need it. */
  readonly path?: string;
  /** For databases that are not files. */
  readonly connectionString?: string;
  /** Most records it may hold; no limit when absent. */
  readonly recordLimit?: number;
  /** Numbers in the index vector of each record; 0 when absent. An open database reports the value it was made with. */
  readonly indexLength?: number;
}

/** A record to store. */
export interface NewRecord {
  /** Whose it is: an account or a GUID. */
  readonly identity: OwnerIdentity;
  /** Which finger; neither NO_INFORMATION nor ANY. */
  readonly subFactor: SubFactor;
  /** Opaque, not empty. */
  readonly template: Uint8Array;
  /** Opaque bytes kept beside the template; empty when absent. */
  readonly payload?: Uint8Array;
  /** Whole numbers of 32 bits, as many as `indexLength` of the database; 0 names no bucket. Empty when absent. */
  readonly indexVector?: readonly number[];
  /**
   * What the engine computed of the template to search it sooner, see `EngineAdapter.searchCodes`; empty when absent. A
   * storage may leave them out: they are computed again.
   */
  readonly searchCodes?: Uint8Array;
  /**
   * Names this version of the record for ever, 32 hexadecimal digits: a shared database remembers it when the record is
   * replaced or deleted. Default there: the first half of the SHA-256 of the template. Other databases do not keep it.
   */
  readonly mark?: string;
}

/** A record as it was stored. */
export interface StoredRecord
  extends Required<Omit<NewRecord, 'searchCodes' | 'mark'>>,
    Pick<NewRecord, 'searchCodes' | 'mark'> {
  /** Number given by the database, never reused. */
  readonly recordId: RecordId;
}

/** A change of a record. */
export interface RecordChange {
  /** Where the history is after it. */
  readonly position: Position;
  /** What happened. */
  readonly kind: 'stored' | 'replaced' | 'deleted';
  /** Of which record. */
  readonly recordId: RecordId;
  /** Names the version of the record that was stored, or that was deleted, see {@link NewRecord.mark}. */
  readonly mark: string;
  /** The record as it is now; absent once it is gone, and then a later change tells so. */
  readonly record?: StoredRecord;
}

/** A whole database, or a part of it, at one moment. */
export interface SharedContent {
  /** Where the history was at that moment. */
  readonly position: Position;
  /** Its records, in batches, by ascending record number. */
  readonly records: AsyncIterable<readonly StoredRecord[]>;
}

/** A record by its number, its owner and its sub-factor. */
export type RecordName = Pick<StoredRecord, 'recordId' | 'identity' | 'subFactor'>;

/**
 * Which records: every field that is present must match, so `{}` is all of them. WBF: QueryBySubject, QueryByContent.
 */
export interface RecordSelector {
  /** Records of this owner. */
  readonly identity?: OwnerIdentity;
  /** Records of this finger. */
  readonly subFactor?: SubFactor;
  /** Records whose index vector equals this one in a place where neither is 0, and records whose vector is all 0. */
  readonly indexVector?: readonly number[];
}

/** What a storage can do; tells a conformance suite what to ask of it. */
export interface StorageInfo {
  /** `WINBIO_DATABASE_TYPE_*` and flags. */
  readonly attributes: number;
  /** True when records survive the process. */
  readonly durable: boolean;
  /**
   * True when several services share its databases: each has `position`, `changes`, `watch`, `addChecked`,
   * `replaceChecked`, `load`, `numbered`, `ended` and `marks`. Default: false.
   */
  readonly shared?: boolean;
}

/** An open database. Every call rejects with WINBIO_E_INVALID_DEVICE_STATE once it is closed. */
export interface TemplateDatabase extends AsyncDisposable {
  /** What it was opened with; `indexLength` as the database was made. */
  readonly descriptor: DatabaseDescriptor;

  /**
   * Stores a record; durable when the promise settles. Rejects with E_INVALIDARG, WINBIO_E_DUPLICATE_ENROLLMENT when
   * the pair of identity and sub-factor is taken, WINBIO_E_DATABASE_FULL, WINBIO_E_DATABASE_WRITE_ERROR,
   * WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_BAD_INDEX_VECTOR.
   */
  add(record: NewRecord): Promise<RecordId>;

  /**
   * Stores several records in one step, all of them or none; durable when the promise settles. Their numbers come in
   * the order of the records. Optional: a storage without it, or that rejects with E_NOTIMPL, is given one record after
   * the other. Rejects as {@link add} does.
   */
  addAll?(records: readonly NewRecord[]): Promise<readonly RecordId[]>;

  /**
   * Puts another template into a record, with its search codes if any, in one step that is durable when the promise
   * settles; key rotation and templates that learn need it. Rejects with E_INVALIDARG, WINBIO_E_DATABASE_NO_SUCH_RECORD,
   * WINBIO_E_DATABASE_WRITE_ERROR, WINBIO_E_DATABASE_LOCKED, and with E_NOTIMPL from a storage that cannot replace.
   */
  replace(record: RecordName, template: Uint8Array, searchCodes?: Uint8Array): Promise<void>;

  /**
   * Deletes what the selector (without a vector) matches and returns the numbers of the deleted records; matching none
   * is no fault. Rejects with E_INVALIDARG, WINBIO_E_DATABASE_WRITE_ERROR, WINBIO_E_DATABASE_LOCKED.
   */
  delete(selector: RecordSelector): Promise<readonly RecordId[]>;

  /**
   * Records that match, in batches, by ascending record number, as they were when the query began. Throws E_INVALIDARG,
   * and WINBIO_E_DATABASE_BAD_INDEX_VECTOR when the selector's vector has another length than those of the database;
   * reading rejects with WINBIO_E_DATABASE_READ_ERROR, WINBIO_E_DATABASE_CORRUPTED.
   */
  query(selector: RecordSelector): AsyncIterable<readonly StoredRecord[]>;

  /** Number of records. Rejects with WINBIO_E_DATABASE_READ_ERROR. */
  count(): Promise<number>;

  /**
   * Of a shared database that is read from a copy: how far the copy is. It is read also while the database itself cannot
   * be reached. Absent where there is no copy.
   */
  readonly freshness?: Freshness | undefined;

  /**
   * Where the history of a shared database is; a copy has caught up with it when the promise settles. Rejects with
   * WHORL_E_OFFLINE.
   */
  position?(): Promise<Position>;

  /**
   * What happened after a position, in order and without gaps, in batches, up to the last change there is; from the
   * beginning with change 0. Rejects with WHORL_E_RESYNC when the position is not part of the history, WHORL_E_OFFLINE.
   */
  changes?(after: Position): AsyncIterable<readonly RecordChange[]>;

  /** Calls when there may be something new, and at least each poll of the database. */
  watch?(onHint: () => void): Disposable;

  /**
   * Stores records, all or none, unless something was committed after `checked`: whoever looked for duplicates up to
   * there looks at what is new, and tries again. Rejects as {@link add} does, and with WHORL_E_STALE, WHORL_E_OFFLINE,
   * WHORL_E_READ_ONLY.
   */
  addChecked?(records: readonly NewRecord[], checked: Position): Promise<SharedWrite>;

  /**
   * As {@link replace}, unless the record is not of the version `seen` any more. Rejects as it does, and with
   * WHORL_E_STALE, WHORL_E_OFFLINE, WHORL_E_READ_ONLY.
   */
  replaceChecked?(
    record: RecordName,
    template: Uint8Array,
    options: { readonly seen: string; readonly mark?: string },
  ): Promise<Position>;

  /** All records, or those of a part, as they are at one moment of the history. Rejects with WHORL_E_OFFLINE. */
  load?(part?: SharedPart): Promise<SharedContent>;

  /** Records by their numbers, those that are there, by ascending number. Rejects with WHORL_E_OFFLINE. */
  numbered?(recordIds: readonly RecordId[]): Promise<readonly StoredRecord[]>;

  /**
   * Marks of the versions that were deleted since the database was made, in batches: none of them may come back. Rejects with
   * WHORL_E_OFFLINE.
   */
  ended?(): AsyncIterable<readonly string[]>;

  /** Which version of each record there is, in batches, at one moment of the history. Rejects with WHORL_E_OFFLINE. */
  marks?(): Promise<{ readonly position: Position; readonly marks: AsyncIterable<readonly RecordMark[]> }>;

  /** Closes the database; idempotent. Rejects with the fault that kept it from being closed. */
  close(): Promise<void>;
}

/** One kind of storage. */
export interface StorageAdapter extends AsyncDisposable {
  /** What the storage can do; fixed for its life. */
  readonly info: StorageInfo;

  /**
   * Opens a database; with `create`, makes it when it does not exist. Rejects with E_INVALIDARG,
   * WINBIO_E_DATABASE_CANT_FIND, WINBIO_E_DATABASE_CORRUPTED, WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_CANT_OPEN,
   * WINBIO_E_DATABASE_CANT_CREATE, WHORL_E_NEWER_FORMAT.
   */
  open(descriptor: DatabaseDescriptor, options: { readonly create: boolean }): Promise<TemplateDatabase>;

  /**
   * Destroys a database that is not open. Rejects with E_INVALIDARG, WINBIO_E_DATABASE_CANT_FIND,
   * WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_CANT_ERASE.
   */
  erase(descriptor: DatabaseDescriptor): Promise<void>;

  /** Runs a vendor command. Rejects with E_INVALIDARG when the code is unknown. */
  control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome>;

  /** Closes the databases it opened; idempotent. Rejects with an AggregateError of their faults. */
  close(): Promise<void>;
}
