/** What the parts of a service share. */

import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { ProviderDescription } from '../core/operation-result.ts';
import type { AntiSpoofPolicies } from './access/anti-spoof.ts';
import type { Attempts } from './access/attempts.ts';
import type { Audit } from './access/audit.ts';
import type { ChangeBudget } from './access/change-budget.ts';
import type { Credentials } from './access/credentials.ts';
import type { Focus } from './access/focus.ts';
import type { Policy } from './access/policy.ts';
import type { UserSwitch } from './access/ports.ts';
import type { Journal } from './journal/journal.ts';
import type { People } from './people/people.ts';
import type { Places } from './places/places.ts';
import type { Limits } from './sessions/limits.ts';
import type { StoreRegistry } from './templates/store-registry.ts';
import type { LeasePolicy } from './units/lease.ts';
import type { SystemPools } from './units/system-pools.ts';
import type { UnitRegistry } from './units/unit-registry.ts';

export interface ServiceContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: Limits;
  readonly policy: () => Policy;
  readonly focus: Focus;
  readonly systemPools: SystemPools;
  readonly antiSpoof: AntiSpoofPolicies;
  readonly credentials: Credentials;
  readonly audit: Audit;
  /** Undefined where no audit is kept. */
  readonly changeBudget: ChangeBudget | undefined;
  readonly attempts: Attempts;
  /** How long an enrollment or a lock may be held without use. Undefined: as long as its session lives. */
  readonly leases: LeasePolicy | undefined;
  readonly userSwitch: UserSwitch;
  /** Sets the mark, kept for good, that something was enrolled. WBF: service 10.3. */
  readonly enrollmentCommitted: () => void;
  readonly units: UnitRegistry;
  /** Names of all readers, unplugged ones included. */
  readonly readers: () => readonly string[];
  readonly stores: StoreRegistry;
  /** Opens and reads every database that can be. */
  readonly openStores: () => Promise<void>;
  /** Undefined where there is no directory of people. */
  readonly people: People | undefined;
  /** Undefined where no journal is kept. */
  readonly journal: Journal | undefined;
  /** Readers as people know them. */
  readonly places: Places;
  readonly providers: readonly ProviderDescription[];
  /** The next handle number; numbers are not reused. */
  nextHandle(): number;
}
