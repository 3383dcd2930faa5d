/** The records that a database should have: one that is missing, or that nobody stored here, is seen. */

import type { DatabaseId } from '../../core/identifiers.ts';

/** What a database has that it should not have, or the other way round. */
export interface RecordSetFinding {
  /** Records that were stored, were not deleted, and are not there. */
  readonly missing: number;
  /** Records that nobody remembers, from before there was a set or from before a power cut; believed from now on. */
  readonly adopted: number;
}

/** A memory of the records of databases that outlives them. */
export interface RecordSet {
  /** True for a record that was stored and not deleted. */
  holds(databaseId: DatabaseId, ownNumber: string): boolean;
  /** Remembers numbers for good while the records are stored; forgets them when that fails. */
  adding<T>(databaseId: DatabaseId, ownNumbers: readonly string[], add: () => Promise<T>): Promise<T>;
  /** Remembers for good that a record has a new number once `replace` is done, and that the one before is deleted. */
  replacing<T>(databaseId: DatabaseId, before: string, after: string, replace: () => Promise<T>): Promise<T>;
  /** Compares with the records that a database has as it is opened first; undefined when it was opened before. */
  check(databaseId: DatabaseId, present: ReadonlySet<string>): RecordSetFinding | undefined;
  /** The database was erased, with all it had. */
  erased(databaseId: DatabaseId): void;
}
