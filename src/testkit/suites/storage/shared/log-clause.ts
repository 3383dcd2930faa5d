/** What a shared log must do. */

import type { SharedLog } from '../../../../adapters/shared-log.ts';
import type { AdapterClause } from '../../adapter-tests.ts';
import type { SharedLogCapability } from '../shared-log-rig.ts';

/** A clause of the contract of logs and its check. */
export interface SharedLogClause extends AdapterClause<SharedLogCapability> {
  /** Gets an empty log, as the services `north` and `south` have it. Rejects when the log does not conform. */
  check(north: SharedLog, south: SharedLog): Promise<void>;
}
