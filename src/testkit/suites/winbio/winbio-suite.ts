/** What every implementation of winbio.h must do, for any test runner. */

import type { AdapterTest } from '../adapter-test.ts';
import { adapterTests } from '../adapter-tests.ts';
import { ENROLLMENT } from './topics/enrollment.ts';
import { FRAMEWORK } from './topics/framework.ts';
import { HANDLES } from './topics/handles.ts';
import { MATCHING } from './topics/matching.ts';
import { NOTICES } from './topics/notices.ts';
import { OPENING } from './topics/opening.ts';
import { UNITS } from './topics/units.ts';
import type { WinBioClause } from './winbio-clause.ts';
import type { WinBioRigCapability, WinBioRigFactory } from './winbio-rig.ts';
import { WinBioTrial } from './winbio-trial.ts';

const CLAUSES: readonly WinBioClause[] = [
  ...OPENING,
  ...NOTICES,
  ...HANDLES,
  ...FRAMEWORK,
  ...MATCHING,
  ...ENROLLMENT,
  ...UNITS,
];

/**
 * Tests of the functions of winbio.h that need no more than one process and one reader: those that a service of Whorl and
 * the winbio.dll of Windows both have to pass. Fingers are enrolled under names that the account has not used, and deleted
 * again; templates of others are not touched. Throws nothing itself: a test that fails rejects when it is run.
 *
 * @param factory Makes a rig; called once for each test that runs.
 * @param lacks Parts the factory's rigs do not have; by default none. Tests that need one of them are marked as skipped.
 * @example
 * for (const { title, skipped, run } of winBioSuite(winBioRig, ['ordinary', 'unplug'])) {
 *   test(title, { skip: skipped ?? false }, run); // node:test
 * }
 */
export function winBioSuite(
  factory: WinBioRigFactory,
  lacks: readonly WinBioRigCapability[] = [],
): readonly AdapterTest[] {
  return adapterTests('rig', CLAUSES, lacks, async (clause) => {
    const rig = await factory();
    try {
      await using trial = new WinBioTrial(rig);
      await clause.check(trial);
    } finally {
      await rig.close();
    }
  });
}
