/** What a sensor must do. */

import type { SensorAdapter } from '../../../adapters/sensor-adapter.ts';
import type { AdapterClause } from '../adapter-tests.ts';
import type { SensorRig, SensorRigCapability } from './sensor-rig.ts';

/** A clause of the sensor contract and its check. */
export interface SensorClause extends AdapterClause<SensorRigCapability> {
  /** Good fingers that come, one a capture; 0. */
  readonly fingers?: number;
  /** Uses no part of the rig but the one it needs. Rejects when the sensor does not conform. */
  check(sensor: SensorAdapter, rig: Required<SensorRig>): Promise<void>;
}
