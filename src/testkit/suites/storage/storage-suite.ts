/** What every storage adapter must do: the storage clauses of the adapter conformance list, for any test runner. */

import type { AdapterTest } from '../adapter-test.ts';
import { adapterTests } from '../adapter-tests.ts';
import { newDatabase } from './sample-records.ts';
import type { StorageClause } from './storage-clause.ts';
import type { StorageCapability, StorageRig } from './storage-rig.ts';
import { ADDING } from './topics/adding.ts';
import { CONTROL } from './topics/control.ts';
import { DATABASES } from './topics/databases.ts';
import { DELETING } from './topics/deleting.ts';
import { INDEX_VECTORS } from './topics/index-vectors.ts';
import { RANDOM_CHANGES } from './topics/random-changes.ts';
import { READING } from './topics/reading.ts';
import { REPLACING } from './topics/replacing.ts';
import { RESTART } from './topics/restart.ts';
import { SELECTING } from './topics/selecting.ts';

const CLAUSES: readonly StorageClause[] = [
  ...DATABASES,
  ...ADDING,
  ...DELETING,
  ...SELECTING,
  ...READING,
  ...INDEX_VECTORS,
  ...REPLACING,
  ...CONTROL,
  ...RANDOM_CHANGES,
  ...RESTART,
];

/**
 * The tests a storage adapter has to pass. Throws nothing itself: a test that fails rejects when it is run.
 *
 * @param factory Makes a rig; called once for each test that runs.
 * @param lacks Capabilities the storage does not have; by default none. Tests that need one of them are marked as skipped.
 * @example
 * for (const { title, skipped, run } of storageSuite(rig)) {
 *   test(title, { skip: skipped ?? false }, run); // node:test
 * }
 */
export function storageSuite(
  factory: () => Promise<StorageRig>,
  lacks: readonly StorageCapability[] = [],
): readonly AdapterTest[] {
  return adapterTests('storage', CLAUSES, lacks, async (clause) => {
    const rig = await factory();
    try {
      const { recordLimit, indexLength = 0 } = clause;
      const descriptor = { ...newDatabase(rig, recordLimit), indexLength };
      await clause.check(await rig.adapter.open(descriptor, { create: true }), rig);
    } finally {
      await rig.close();
    }
  });
}
