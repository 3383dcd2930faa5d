/** What a matching device must do. */

import type { MatchingDevice } from '../../../adapters/matching-device.ts';
import type { AdapterClause } from '../adapter-tests.ts';
import type { DeviceRig, DeviceRigCapability } from './device-rig.ts';

/** A clause of the device contract and its check. */
export interface DeviceClause extends AdapterClause<DeviceRigCapability> {
  /** False for clauses about a device that is not open yet. Default: true. */
  readonly open?: boolean;
  /** Uses no part of the rig but the one it needs. Rejects when the device does not conform. */
  check(device: MatchingDevice, rig: Required<DeviceRig>): Promise<void>;
}
