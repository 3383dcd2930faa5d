/** What sealing needs besides a storage. */

import type { BiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';
import type { DeletedRecords } from './deleted-records.ts';
import type { Keyring } from './keyring.ts';

export interface Sealing {
  readonly keyring: Keyring;
  /** Without it a record restored after its deletion would open. */
  readonly deletedRecords: DeletedRecords;
  /** Called for each record that does not open; the others are used. */
  readonly onUnreadable: (databaseId: DatabaseId, recordId: RecordId, error: BiometricError) => void;
  /** Called with the records that were deleted, whether they open or not. Default: nobody is told. */
  readonly onDeleted?: (databaseId: DatabaseId, recordIds: readonly RecordId[]) => void;
}
