/** What every log must do that services share. */

import type { AdapterTest } from '../adapter-test.ts';
import { adapterTests } from '../adapter-tests.ts';
import type { SharedLogClause } from './shared/log-clause.ts';
import { LOG_CLAUSES } from './shared/log-clauses.ts';
import type { SharedLogCapability, SharedLogRig } from './shared-log-rig.ts';

/**
 * The tests that a shared log has to pass. Throws nothing itself: a test that fails rejects when it is run.
 *
 * @param factory Makes a rig; called once for each test that runs.
 * @param lacks Capabilities the log does not have; by default none.
 * @example
 * for (const { title, run } of sharedLogSuite(logRig)) test(title, run); // node:test
 */
export function sharedLogSuite(
  factory: () => Promise<SharedLogRig>,
  lacks: readonly SharedLogCapability[] = [],
): readonly AdapterTest[] {
  return adapterTests<SharedLogCapability, SharedLogClause>('log', LOG_CLAUSES, lacks, async (clause) => {
    const rig = await factory();
    try {
      await clause.check(await rig.open('north'), await rig.open('south'));
    } finally {
      await rig.close();
    }
  });
}
