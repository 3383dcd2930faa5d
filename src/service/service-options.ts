/** What a service is made of. */

import type { EngineAdapter } from '../adapters/engine-adapter.ts';
import type { SensorAdapter, SensorInfo, SensorSource } from '../adapters/sensor-adapter.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { ProviderDescription } from '../core/operation-result.ts';
import type { AntiSpoofDecisions } from './access/anti-spoof.ts';
import type { AttemptPolicy } from './access/attempts.ts';
import type { Audit } from './access/audit.ts';
import type { Policy } from './access/policy.ts';
import type { Accounts, UserSwitch } from './access/ports.ts';
import type { JournalPort } from './journal/journal.ts';
import type { PeoplePort } from './people/people.ts';
import type { PlaceBook } from './places/places.ts';
import type { Limits } from './sessions/limits.ts';
import type { DatabaseRegistration } from './templates/store-registry.ts';
import type { RefusalListener } from './templates/template-refusal.ts';
import type { LeasePolicy } from './units/lease.ts';
import type { UnitConfiguration } from './units/unit-configuration.ts';

/** Names of readers that no configuration lists. */
export interface OwnReaderNames {
  /** Name of a sensor's reader; undefined for one that has the name of its source. */
  readonly nameOf: (sensor: SensorAdapter) => string | undefined;
  /** All names given so far, unplugged readers included. */
  readonly names: readonly string[];
  /** Sources whose own name stands for no reader. */
  readonly nameless: readonly string[];
}

export interface ServiceOptions {
  /** One engine per factor. */
  readonly engines: readonly EngineAdapter[];
  readonly providers: readonly ProviderDescription[];
  readonly databases: readonly DatabaseRegistration[];
  /** By the names of their readers. They report sensors as these come and go, and are closed with the service. */
  readonly sources: ReadonlyMap<string, SensorSource>;
  /** Names that the readers of one source have among themselves. Default: each has the name of its source. */
  readonly ownNames?: OwnReaderNames | undefined;
  /** Which databases a sensor is configured for. */
  readonly configure: (sensor: SensorInfo) => UnitConfiguration;
  /** Signs the records of removable databases; without it no removable database can be opened. */
  readonly payloadKey?: Uint8Array;
  /** Default: the clock of the system. */
  readonly clock?: Clock;
  /** Default: silent. */
  readonly logger?: Logger;
  readonly limits?: Limits;
  /** Read at each use. */
  readonly policy?: () => Policy;
  /** What an administrator decided about anti-spoofing. */
  readonly antiSpoof?: AntiSpoofDecisions;
  /** When failed attempts lock a reader or an account. Default: never. */
  readonly attempts?: AttemptPolicy;
  /** How long an enrollment or a lock may be held without use. Default: as long as its session lives. */
  readonly leases?: LeasePolicy | undefined;
  /** Accounts of the system. Default: none is known. */
  readonly accounts?: Accounts;
  /** Switches the console to another account. Default: refuses every switch. */
  readonly userSwitch?: UserSwitch;
  /** Records changes and exported samples. Default: keeps no record. */
  readonly audit?: Audit;
  /** Told of each record of a database that its engine refuses; the others are used. Default: nobody is told. */
  readonly templateRefused?: RefusalListener;
  /** Called after each stored enrollment, to keep the mark that outlives the service. */
  readonly enrollmentCommitted?: () => void;
  /** Where people are kept. Default: nobody is known beside accounts. */
  readonly people?: PeoplePort | undefined;
  /** Where the journal is kept. Default: none is. */
  readonly journal?: JournalPort | undefined;
  /** Where names and places of readers are kept. Default: they end with the service. */
  readonly places?: PlaceBook | undefined;
}
