/** What a storage's author provides to have the storage tested. */

import type { ADAPTER_CAPABILITIES } from '../../../adapters/adapter-module.ts';
import type { DatabaseDescriptor, StorageAdapter } from '../../../adapters/storage-adapter.ts';

/** A storage under test, and the place of its databases. Each test gets a rig of its own. */
export interface StorageRig {
  /** The storage; the rig closes it. */
  readonly adapter: StorageAdapter;
  /** Path or connection string of a database that does not exist yet; another one at each call. */
  place(): Pick<DatabaseDescriptor, 'path' | 'connectionString'>;
  /**
   * A second adapter on the same databases, as after a restart; absent when nothing survives. Any error it rejects
   * with fails the test.
   */
  reopen?(): Promise<StorageAdapter>;
  /** Releases the storage and removes its databases. Any error it rejects with fails the test. */
  close(): Promise<void>;
}

/** An optional part of the storage contract, named as in the manifest of an adapter module. */
export type StorageCapability = (typeof ADAPTER_CAPABILITIES)['storage'][number];
