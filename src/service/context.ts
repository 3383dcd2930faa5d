/** What the parts of one service share. */

import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { ProviderDescription } from '../core/operation-result.ts';
import type { Focus } from './focus.ts';
import type { Limits } from './limits.ts';
import type { Policy } from './policy.ts';
import type { Pool } from './pool.ts';
import type { StoreRegistry } from './store-registry.ts';
import type { UnitRegistry } from './unit-registry.ts';

export interface ServiceContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: Limits;
  readonly policy: () => Policy;
  readonly focus: Focus;
  readonly systemPool: Pool;
  readonly units: UnitRegistry;
  readonly stores: StoreRegistry;
  readonly providers: readonly ProviderDescription[];
  /** The next handle number; never the same twice. */
  nextHandle(): number;
}
