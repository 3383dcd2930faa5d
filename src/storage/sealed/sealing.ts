/** What sealing needs besides a storage. */

import type { BiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';
import type { DeletedRecords } from './deleted-records.ts';
import type { Keyring } from './keyring.ts';
import type { RecordSet, RecordSetFinding } from './record-set.ts';

export interface Sealing {
  readonly keyring: Keyring;
  /** Without it a record restored after its deletion would open. */
  readonly deletedRecords: DeletedRecords;
  /** Without it a record that is taken out of the database would not be missed. */
  readonly recordSet?: RecordSet;
  /**
   * From so many records on the file of a database is read and opened on a thread of its own. Default: never; storages
   * that are no files of SQLite must not have it.
   */
  readonly threadFrom?: number;
  /** Called when a database is opened first whose records are not those it should have. Default: nobody is told. */
  readonly onFinding?: (databaseId: DatabaseId, finding: RecordSetFinding) => void;
  /** Called for each record that does not open; the others are used. */
  readonly onUnreadable: (databaseId: DatabaseId, recordId: RecordId, error: BiometricError) => void;
  /** Called with the records that were deleted, whether they open or not. Default: nobody is told. */
  readonly onDeleted?: (databaseId: DatabaseId, recordIds: readonly RecordId[]) => void;
}
