/** The numbers that seals carry of records that were deleted: none of them may open again. */

import type { DatabaseId } from '../../core/identifiers.ts';

/** A memory that outlives the database. */
export interface DeletedRecords {
  has(databaseId: DatabaseId, ownNumber: string): boolean;
  /**
   * Remembers numbers for good, then runs the deletion, and forgets them when it fails. They are remembered durably
   * before the deletion begins; one that is interrupted in between has happened.
   */
  remember<T>(databaseId: DatabaseId, ownNumbers: readonly string[], deletion: () => Promise<T>): Promise<T>;
}
