/** What a scripted world is made of. */

import type { MatchingDevice } from '../../adapters/matching-device.ts';
import type { StorageAdapter } from '../../adapters/storage-adapter.ts';
import type { BiometricFactor } from '../../core/identifiers.ts';
import type { Logger } from '../../core/logger.ts';
import type { Limits } from '../../service/sessions/limits.ts';
import type { LeasePolicy } from '../../service/units/lease.ts';
import type { AdapterTap } from './adapter-tap.ts';
import type { ScriptedAccount } from './scripted-accounts.ts';

/** Options of a scripted world. */
export interface HostOptions {
  /** Number of readers. Unit n is the n-th. Default: 1. */
  readonly readers?: number;
  /** Readers that match inside; their units come after those of the readers. Closed with the world. Default: none. */
  readonly devices?: readonly MatchingDevice[];
  /** Good samples an enrollment needs. Default: 3. */
  readonly samples?: number;
  /** Keeps the templates; closed with the world. Default: a storage in memory. */
  readonly storage?: StorageAdapter;
  /** Most records of each fingerprint database. Default: no limit. */
  readonly recordLimit?: number;
  /** What one client may ask for. Default: 1024 handles a connection, 10,000 waiting operations a handle. */
  readonly limits?: Partial<Limits>;
  /** How long an enrollment or a lock may be held without use. Default: as long as its session lives. */
  readonly leases?: LeasePolicy;
  /** `WINBIO_CAPABILITY_*` bits the readers claim beside those of a virtual sensor. Default: 0. */
  readonly capabilities?: number;
  /** Adds a camera and a face engine; the camera's unit comes after those of the readers. Default: false. */
  readonly camera?: boolean;
  /** Good samples the engine says an enrollment needs at most; 0 says nothing. Default: `samples`. */
  readonly sampleHint?: number;
  /** Accounts of the system, by SID. Default: none. */
  readonly accounts?: Readonly<Record<string, ScriptedAccount>>;
  /** Watches the calls of the service to its adapters. Default: they are not watched. */
  readonly tap?: AdapterTap;
  /** Makes the engine of the readers search by index vectors. Default: false. */
  readonly indexed?: boolean;
  /** Gets what the service logs. Default: the log is dropped. */
  readonly logger?: Logger;
  /** Whether fingerprint databases that do not exist are made. Default: true. */
  readonly autoCreate?: boolean;
  /** Key that signs the records of removable databases. Default: none, and no database may be removable. */
  readonly payloadKey?: Uint8Array;
  /**
   * How processes reach the service: message ports in this thread, or a real socket. Default: `socket` if the
   * environment variable `WHORL_TEST_TRANSPORT` says so, otherwise `memory`.
   */
  readonly transport?: 'memory' | 'socket';
  /** Further factors that have a provider but no unit: `WINBIO_TYPE_*`. Default: none. */
  readonly factors?: readonly BiometricFactor[];
}
