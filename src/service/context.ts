/** What the parts of one service share. */

import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { ProviderDescription } from '../core/operation-result.ts';
import type { AntiSpoofPolicies } from './anti-spoof.ts';
import type { Credentials } from './credentials.ts';
import type { Focus } from './focus.ts';
import type { Limits } from './limits.ts';
import type { Policy } from './policy.ts';
import type { UserSwitch } from './ports.ts';
import type { StoreRegistry } from './store-registry.ts';
import type { SystemPools } from './system-pools.ts';
import type { UnitRegistry } from './unit-registry.ts';

export interface ServiceContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: Limits;
  readonly policy: () => Policy;
  readonly focus: Focus;
  readonly systemPools: SystemPools;
  readonly antiSpoof: AntiSpoofPolicies;
  readonly credentials: Credentials;
  readonly userSwitch: UserSwitch;
  /** Remembers for ever that something was enrolled. WBF: service 10.3. */
  readonly enrollmentCommitted: () => void;
  readonly units: UnitRegistry;
  readonly stores: StoreRegistry;
  readonly providers: readonly ProviderDescription[];
  /** The next handle number; never the same twice. */
  nextHandle(): number;
}
