/** Makes the shared context of a service from its options, with the defaults filled in. */

import type { EngineAdapter } from '../adapters/engine-adapter.ts';
import { SYSTEM_CLOCK } from '../core/clock.ts';
import { SILENT_LOGGER } from '../core/logger.ts';
import { AntiSpoofPolicies } from './access/anti-spoof.ts';
import { Attempts } from './access/attempts.ts';
import { NO_AUDIT } from './access/audit.ts';
import { ChangeBudget } from './access/change-budget.ts';
import { Credentials } from './access/credentials.ts';
import { Focus } from './access/focus.ts';
import { DEFAULT_POLICY } from './access/policy.ts';
import { NO_ACCOUNTS, NO_USER_SWITCH } from './access/ports.ts';
import type { ServiceContext } from './context.ts';
import { Journal } from './journal/journal.ts';
import { People } from './people/people.ts';
import { Places } from './places/places.ts';
import type { ServiceOptions } from './service-options.ts';
import { DEFAULT_LIMITS } from './sessions/limits.ts';
import { type DatabaseRegistration, StoreRegistry } from './templates/store-registry.ts';
import { SystemPools } from './units/system-pools.ts';
import { UnitRegistry } from './units/unit-registry.ts';

/** Adapters whose faults are contained. */
export interface ContainedAdapters {
  readonly engines: readonly EngineAdapter[];
  readonly databases: readonly DatabaseRegistration[];
}

export function createContext(options: ServiceOptions, { engines, databases }: ContainedAdapters): ServiceContext {
  const { configure, policy = () => DEFAULT_POLICY, accounts = NO_ACCOUNTS } = options;
  const { clock = SYSTEM_CLOCK, logger = SILENT_LOGGER } = options;
  const focus = new Focus();
  const systemPools = new SystemPools(focus);
  const stores = new StoreRegistry(databases, options.payloadKey, options.templateRefused);
  const antiSpoof = new AntiSpoofPolicies(options.antiSpoof);
  const isEnrolled = async (sid: string) => (await stores.enrolledFactors({ type: 'sid', sid })) !== 0;
  const places = new Places(options.places, clock);
  const audit = options.audit ?? NO_AUDIT;
  const journal = options.journal && new Journal(options.journal, clock, logger);
  const openStores = () => stores.openAll((factor) => engines.find(({ info }) => info.factor === factor));
  const people =
    options.people &&
    new People({
      port: options.people,
      stores,
      openStores,
      journal,
      audit,
      clock,
      logger,
    });
  let lastHandle = 0;
  return {
    clock,
    logger,
    focus,
    systemPools,
    stores,
    openStores,
    antiSpoof,
    policy,
    limits: options.limits ?? DEFAULT_LIMITS,
    credentials: new Credentials({ accounts, policy, isEnrolled }),
    leases: options.leases,
    userSwitch: options.userSwitch ?? NO_USER_SWITCH,
    audit,
    people,
    journal,
    places,
    changeBudget: options.audit && new ChangeBudget(clock),
    attempts: new Attempts(options.attempts, clock),
    enrollmentCommitted: options.enrollmentCommitted ?? (() => {}),
    providers: options.providers,
    readers: () => readerNames(options),
    units: new UnitRegistry({ engines, configure, systemPools, stores, antiSpoof, places, clock, logger }),
    nextHandle: () => {
      lastHandle += 1;
      return lastHandle;
    },
  };
}

function readerNames({ sources, ownNames }: ServiceOptions): readonly string[] {
  const configured = [...sources.keys()].filter((name) => ownNames?.nameless.includes(name) !== true);
  return [...configured, ...(ownNames?.names ?? [])];
}
