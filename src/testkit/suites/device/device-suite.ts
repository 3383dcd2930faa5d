/** What every matching device must do, for any test runner. */

import type { AdapterTest } from '../adapter-test.ts';
import { adapterTests } from '../adapter-tests.ts';
import { NEVER } from './begin-operation.ts';
import type { DeviceClause } from './device-clause.ts';
import type { DeviceRig, DeviceRigCapability, DeviceRigFactory } from './device-rig.ts';
import { COMPARISON } from './topics/comparison.ts';
import { ENDINGS } from './topics/endings.ts';
import { ENROLLMENT } from './topics/enrollment.ts';
import { LIFE } from './topics/life.ts';
import { PRINTS } from './topics/prints.ts';

const CLAUSES: readonly DeviceClause[] = [...LIFE, ...ENROLLMENT, ...COMPARISON, ...PRINTS, ...ENDINGS];

/**
 * The tests a matching device has to pass. Throws nothing itself: a test that fails rejects when it is run.
 *
 * @param factory Makes a rig; called once for each test that runs.
 * @param lacks Parts the factory's rigs do not have, and capabilities the device does not declare; by default none. Tests
 * that need one of them are marked as skipped.
 * @example
 * for (const { title, skipped, run } of deviceSuite(deviceRig, ['picture', 'backup'])) {
 *   test(title, { skip: skipped ?? false }, run); // node:test
 * }
 */
export function deviceSuite(
  factory: DeviceRigFactory,
  lacks: readonly DeviceRigCapability[] = [],
): readonly AdapterTest[] {
  return adapterTests('device', CLAUSES, lacks, async (clause) => {
    const rig = await factory();
    try {
      if (clause.open !== false) await rig.device.open({ signal: NEVER });
      await clause.check(rig.device, rig as Required<DeviceRig>);
    } finally {
      await rig.close();
    }
  });
}
