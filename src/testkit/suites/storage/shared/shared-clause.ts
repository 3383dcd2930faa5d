/** What a shared storage must do. */

import type { AdapterClause } from '../../adapter-tests.ts';
import type { SharedStorageRig } from '../shared-storage-rig.ts';
import type { SharedDatabase } from './shared-database.ts';

/** A clause of the contract of shared databases and its check. */
export interface SharedClause extends AdapterClause<never> {
  /**
   * Gets a new, open database, as two services have it open. Rejects when the storage does not conform.
   */
  check(here: SharedDatabase, there: SharedDatabase, rig: SharedStorageRig): Promise<void>;
}
