/** Databases whose storages are contained: one contained storage for each adapter, however many databases it holds. */

import type { StorageAdapter } from '../../adapters/storage-adapter.ts';
import type { Clock } from '../../core/clock.ts';
import type { DatabaseRegistration } from '../templates/store-registry.ts';
import { containStorage } from './contain-storage.ts';

export function containDatabases(
  databases: readonly DatabaseRegistration[],
  clock: Clock,
): readonly DatabaseRegistration[] {
  const contained = new Map<StorageAdapter, StorageAdapter>();
  return databases.map((registration) => {
    const storage = contained.get(registration.storage) ?? containStorage(registration.storage, clock);
    contained.set(registration.storage, storage);
    return { ...registration, storage };
  });
}
