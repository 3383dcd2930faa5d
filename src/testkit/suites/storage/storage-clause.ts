/** What a storage must do. */

import type { TemplateDatabase } from '../../../adapters/storage-adapter.ts';
import type { AdapterClause } from '../adapter-tests.ts';
import type { StorageCapability, StorageRig } from './storage-rig.ts';

/** A clause of the storage contract and its check. */
export interface StorageClause extends AdapterClause<StorageCapability> {
  /** Most records of the database; unlimited by default. */
  readonly recordLimit?: number;
  /** Numbers in the index vectors of the database; 0. */
  readonly indexLength?: number;
  /** Gets a new, open database. Rejects when the storage does not conform. */
  check(database: TemplateDatabase, rig: StorageRig): Promise<void>;
}
