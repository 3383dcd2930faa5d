/** What the author of a shared storage provides to have it tested. */

import type { StorageAdapter } from '../../../adapters/storage-adapter.ts';
import type { StorageRig } from './storage-rig.ts';

/** A shared storage under test. Each test gets a rig of its own. */
export interface SharedStorageRig extends StorageRig {
  /**
   * The storage as another service has it, on the same databases; the rig closes it. Any error it rejects with fails the
   * test.
   */
  other(): Promise<StorageAdapter>;
}
