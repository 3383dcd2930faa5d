/** The records that a database should have: one that is missing, or that nobody stored here, is seen. */

import type { DatabaseId } from '../../core/identifiers.ts';

/** What a database has that it should not have, or the other way round. */
export interface RecordSetFinding {
  /** Records that were stored, were not deleted, and are not there. */
  readonly missing: number;
  /** Records that nobody remembers, from before there was a set or from before a power cut; believed from now on. */
  readonly adopted: number;
}

/** A comparison of the records that a database should have with those it has. Disposing of it gives it up. */
export interface RecordSetCheck extends Disposable {
  /** The database has this record. */
  see(ownNumber: string): void;
  /** All were seen. */
  end(): RecordSetFinding;
}

/** A memory of the records of databases that outlives them. */
export interface RecordSet {
  /** True for a record that was stored and not deleted, or is believed while it is compared. */
  holds(databaseId: DatabaseId, ownNumber: string): boolean;
  /** Remembers numbers for good while the records are stored; forgets them when that fails. */
  adding<T>(databaseId: DatabaseId, ownNumbers: readonly string[], add: () => Promise<T>): Promise<T>;
  /** Remembers for good that a record has a new number once `replace` is done, and that the one before is deleted. */
  replacing<T>(databaseId: DatabaseId, before: string, after: string, replace: () => Promise<T>): Promise<T>;
  /**
   * Begins to compare with the records that a database has as it is opened first; undefined when that was done. Records
   * may come and go meanwhile.
   */
  check(databaseId: DatabaseId): RecordSetCheck | undefined;
  /** The database was erased, with all it had. */
  erased(databaseId: DatabaseId): void;
}
