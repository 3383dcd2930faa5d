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
import type { WinBioRig, WinBioRigCapability, WinBioRigFactory } from './winbio-rig.ts';
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

/** Why a test is skipped. */
const REASONS: Readonly<Record<WinBioRigCapability, string>> = {
  reader: 'no reader is attached',
  touch: 'nobody touches a reader',
  touchBadly: 'nobody touches a reader badly',
  privateDatabaseId: 'there is no database for a private pool',
  unplug: 'no reader is taken away',
  administrator: 'the process is not elevated',
  ordinary: 'the process is elevated',
};

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
  return adapterTests(REASONS, CLAUSES, lacks, async (clause) => {
    const rig = await factory();
    try {
      await using trial = new WinBioTrial(rig);
      await clause.check(trial);
    } finally {
      await rig.close();
    }
  });
}

/**
 * Deletes what the suite has left enrolled on a rig that several tests had: each rig enrolls its first finger once.
 *
 * @throws Rejects with an `AssertionError` when no session can be opened.
 * @example
 * await deleteEnrolled(await winBioRig());
 */
export async function deleteEnrolled(rig: WinBioRig): Promise<void> {
  await using trial = new WinBioTrial(rig);
  await trial.forget();
}
