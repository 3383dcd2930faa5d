/** What every storage must do beside the storage suite when it says that services share its databases. */

import assert from 'node:assert/strict';
import type { AdapterTest } from '../adapter-test.ts';
import { adapterTests } from '../adapter-tests.ts';
import { newDatabase } from './sample-records.ts';
import { CHECKED_WRITES } from './shared/checked-writes.ts';
import { HISTORIES } from './shared/histories.ts';
import type { SharedClause } from './shared/shared-clause.ts';
import { sharedDatabase } from './shared/shared-database.ts';
import { WHOLE_CONTENTS } from './shared/whole-contents.ts';
import type { SharedStorageRig } from './shared-storage-rig.ts';

const CLAUSES: readonly SharedClause[] = [...HISTORIES, ...CHECKED_WRITES, ...WHOLE_CONTENTS];

/**
 * The tests that a shared storage has to pass beside those of `storageSuite`. Throws nothing itself: a test that fails
 * rejects when it is run.
 *
 * @param factory Makes a rig; called once for each test that runs.
 * @example
 * for (const { title, run } of sharedStorageSuite(sharedRig)) test(title, run); // node:test
 */
export function sharedStorageSuite(factory: () => Promise<SharedStorageRig>): readonly AdapterTest[] {
  return adapterTests<never, SharedClause>('storage', CLAUSES, [], async (clause) => {
    const rig = await factory();
    try {
      assert.equal(rig.adapter.info.shared, true, 'the storage does not say that it is shared');
      const descriptor = newDatabase(rig);
      const here = sharedDatabase(await rig.adapter.open(descriptor, { create: true }));
      const there = sharedDatabase(await (await rig.other()).open(descriptor, { create: false }));
      await clause.check(here, there, rig);
    } finally {
      await rig.close();
    }
  });
}
