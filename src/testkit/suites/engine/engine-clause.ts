/** What an engine must do. */

import type { EngineAdapter } from '../../../adapters/engine-adapter.ts';
import type { AdapterClause } from '../adapter-tests.ts';
import type { EngineCapability } from './engine-rig.ts';
import type { EngineTrial } from './engine-trial.ts';

/** A clause of the engine contract and its check. */
export interface EngineClause extends AdapterClause<EngineCapability> {
  /** Rejects when the engine does not conform. */
  check(engine: EngineAdapter, trial: EngineTrial): Promise<void>;
}
