/** What every engine adapter must do: the engine clauses of the adapter conformance list, for any test runner. */

import type { AdapterTest } from '../adapter-test.ts';
import { adapterTests } from '../adapter-tests.ts';
import type { EngineClause } from './engine-clause.ts';
import type { EngineCapability, EngineRig } from './engine-rig.ts';
import { EngineTrial } from './engine-trial.ts';
import { CALIBRATION } from './topics/calibration.ts';
import { CANCELLATION } from './topics/cancellation.ts';
import { CLOSING } from './topics/closing.ts';
import { DESCRIPTION } from './topics/description.ts';
import { DUPLICATES } from './topics/duplicates.ts';
import { ENROLLMENT } from './topics/enrollment.ts';
import { EXTRACTION } from './topics/extraction.ts';
import { GALLERY } from './topics/gallery.ts';
import { HASHING } from './topics/hashing.ts';
import { INDEPENDENCE } from './topics/independence.ts';
import { INDEX_VECTORS } from './topics/index-vectors.ts';
import { MATCHING } from './topics/matching.ts';
import { PRESENCE } from './topics/presence.ts';

const CLAUSES: readonly EngineClause[] = [
  ...INDEPENDENCE,
  ...EXTRACTION,
  ...HASHING,
  ...MATCHING,
  ...ENROLLMENT,
  ...DUPLICATES,
  ...PRESENCE,
  ...DESCRIPTION,
  ...CANCELLATION,
  ...GALLERY,
  ...CLOSING,
  ...INDEX_VECTORS,
  ...CALIBRATION,
];

/**
 * The tests an engine adapter has to pass. Throws nothing itself: a test that fails rejects when it is run.
 *
 * @param factory Makes a rig; called once for each test that runs.
 * @param lacks Capabilities the engine does not have; by default none. Tests that need one of them are marked as skipped.
 * @example
 * for (const { title, skipped, run } of engineSuite(rig, ['presence', 'selection'])) {
 *   test(title, { skip: skipped ?? false }, run); // node:test
 * }
 */
export function engineSuite(
  factory: () => Promise<EngineRig>,
  lacks: readonly EngineCapability[] = [],
): readonly AdapterTest[] {
  return adapterTests('engine', CLAUSES, lacks, async (clause) => {
    const rig = await factory();
    try {
      await clause.check(rig.engine, new EngineTrial(rig, lacks));
    } finally {
      await rig.close();
    }
  });
}
