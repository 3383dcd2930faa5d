/** What every sensor adapter must do: the sensor clauses of the adapter conformance list, for any test runner. */

import type { AdapterTest } from '../adapter-test.ts';
import { adapterTests } from '../adapter-tests.ts';
import type { SensorClause } from './sensor-clause.ts';
import type { SensorRig, SensorRigCapability, SensorRigFactory } from './sensor-rig.ts';
import { CANCELLATION } from './topics/cancellation.ts';
import { CAPTURE } from './topics/capture.ts';
import { CLOSING } from './topics/closing.ts';
import { CONTROL } from './topics/control.ts';
import { DESCRIPTION } from './topics/description.ts';
import { FAULTS } from './topics/faults.ts';
import { POWER } from './topics/power.ts';

const CLAUSES: readonly SensorClause[] = [
  ...POWER,
  ...CAPTURE,
  ...CANCELLATION,
  ...CLOSING,
  ...CONTROL,
  ...FAULTS,
  ...DESCRIPTION,
];

/**
 * The tests a sensor adapter has to pass. Throws nothing itself: a test that fails rejects when it is run.
 *
 * @param factory Makes a rig; called once for each test that runs.
 * @param lacks Parts the factory's rigs do not have; by default none. Tests that need one of them are marked as skipped.
 * @example
 * for (const { title, skipped, run } of sensorSuite(rig, ['echoCode', 'privilegedCode', 'plainCode'])) {
 *   test(title, { skip: skipped ?? false }, run); // node:test
 * }
 */
export function sensorSuite(
  factory: SensorRigFactory,
  lacks: readonly SensorRigCapability[] = [],
): readonly AdapterTest[] {
  return adapterTests('sensor', CLAUSES, lacks, async (clause) => {
    const rig = await factory(clause.fingers ?? 0);
    try {
      await clause.check(rig.sensor, rig as Required<SensorRig>);
    } finally {
      await rig.close();
    }
  });
}
