/** The contract of a storage: template databases that can be opened, queried and changed. */

import type { BiometricFactor, DatabaseId, RecordId, SubFactor } from '../core/identifiers.ts';
import type { OwnerIdentity } from '../core/identity.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';
import type { AdapterOptions } from './sensor-adapter.ts';

/** What identifies a database and fixes its content for ever. */
export interface DatabaseDescriptor {
  readonly databaseId: DatabaseId;
  readonly factor: BiometricFactor;
  /** GUID of the template format inside. */
  readonly templateFormat: string;
  /** File of a file database. */
  readonly path?: string;
  /** For databases that are not files. */
  readonly connectionString?: string;
  /** Most records it may hold; no limit when absent. */
  readonly recordLimit?: number;
  /** Numbers in the index vector of each record; 0 when absent. An open database says what it was made with. */
  readonly indexLength?: number;
}

/** A record to store. */
export interface NewRecord {
  readonly identity: OwnerIdentity;
  /** Neither NO_INFORMATION nor ANY. */
  readonly subFactor: SubFactor;
  /** Opaque, not empty. */
  readonly template: Uint8Array;
  /** Opaque bytes kept beside the template; may be empty. */
  readonly payload?: Uint8Array;
  /** Whole numbers of 32 bits, as many as the database was made for; 0 names no bucket. */
  readonly indexVector?: readonly number[];
}

/** A record as it was stored. */
export interface StoredRecord extends Required<NewRecord> {
  readonly recordId: RecordId;
}

/** One record: its number, and whose it is. */
export type RecordName = Pick<StoredRecord, 'recordId' | 'identity' | 'subFactor'>;

/** Which records: every field that is present must match. WBF: QueryBySubject, QueryByContent. */
export interface RecordSelector {
  readonly identity?: OwnerIdentity;
  readonly subFactor?: SubFactor;
  /** Records whose index vector agrees with this one in a place that is 0 in neither, and those that are all 0. */
  readonly indexVector?: readonly number[];
}

/** What a storage can do, so that a suite knows what to ask of it. */
export interface StorageInfo {
  /** `WINBIO_DATABASE_TYPE_*` and flags. */
  readonly attributes: number;
  /** Records survive the process. */
  readonly durable: boolean;
}

/** An open database. Every call rejects with WINBIO_E_INVALID_DEVICE_STATE once it is closed. */
export interface TemplateDatabase extends AsyncDisposable {
  readonly descriptor: DatabaseDescriptor;

  /**
   * Stores a record; durable when the promise settles.
   * Rejects with WINBIO_E_DUPLICATE_ENROLLMENT when (identity, sub-factor) is taken, WINBIO_E_DATABASE_FULL,
   * WINBIO_E_DATABASE_WRITE_ERROR, WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_BAD_INDEX_VECTOR.
   */
  add(record: NewRecord): Promise<RecordId>;

  /**
   * Puts another template into a record, in one step that is durable when the promise settles; rotation of keys and
   * templates that learn need it. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD, and E_NOTIMPL where a storage cannot.
   */
  replace(record: RecordName, template: Uint8Array): Promise<void>;

  /** Deletes what the selector (without a vector) matches and returns the records that went; none is an empty list. */
  delete(selector: RecordSelector): Promise<readonly RecordId[]>;

  /**
   * Records that match, in batches, ascending by record number, as they were when the query began. Throws
   * WINBIO_E_DATABASE_BAD_INDEX_VECTOR when the selector's vector has another length than those of the database.
   */
  query(selector: RecordSelector): AsyncIterable<readonly StoredRecord[]>;

  /** Number of records. */
  count(): Promise<number>;

  /** Ends everything; idempotent. */
  close(): Promise<void>;
}

/** One kind of storage. */
export interface StorageAdapter extends AsyncDisposable {
  readonly info: StorageInfo;

  /**
   * Opens a database; with `create`, makes it when it does not exist.
   * Rejects with WINBIO_E_DATABASE_CANT_FIND, _CORRUPTED, _LOCKED, _CANT_OPEN, _CANT_CREATE, WHORL_E_NEWER_FORMAT.
   */
  open(descriptor: DatabaseDescriptor, options: { readonly create: boolean }): Promise<TemplateDatabase>;

  /** Destroys a database that nobody has open. */
  erase(descriptor: DatabaseDescriptor): Promise<void>;

  /** Runs a vendor command. Rejects with E_INVALIDARG when the code is unknown. */
  control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome>;

  /** Closes the databases it opened; idempotent. */
  close(): Promise<void>;
}
