/** What is needed to test an implementation of winbio.h. */

import type { WinBio } from '../../../winbio/bind-winbio.ts';

/** An implementation under test, and what can be done to it. What is absent is not tested. */
export interface WinBioRig {
  /** The functions, of a process that has the focus and holds no handle. */
  readonly winbio: WinBio;
  /** SID of the account of this process. */
  readonly account: string;
  /** Whether the process runs as an elevated administrator: rights and refusals are tested accordingly. */
  readonly administrator: boolean;
  /**
   * Has a finger, 0 to 9, touch the first unit as soon as an operation waits for it: asks a person, or does it. Touches
   * come in the order given; rejects like an operation that failed.
   */
  touch?(finger: number): void | Promise<void>;
  /** As {@link touch}, too badly to be used. */
  touchBadly?(): void | Promise<void>;
  /** A database that a private pool of the first unit can use, a GUID. The unit must support the basic configuration. */
  readonly privateDatabaseId?: string;
  /** Takes the last unit away. */
  unplug?(): void | Promise<void>;
  /** Brings it back. */
  plug?(): void | Promise<void>;
  /** How long an event may take, milliseconds; default: 10,000. People need longer. */
  readonly patienceMs?: number;
  /** Ends the test that runs: what it waits for is canceled, and it fails. */
  readonly signal?: AbortSignal;
  /** The clock of the implementation, Unix milliseconds; default: that of the system. */
  now?(): number;
  /** Releases all that was made for it. Any error it rejects with fails the test. */
  close(): Promise<void>;
}

/** Makes a rig, or gives the same again where one can be had once. Any error it rejects with fails the test. */
export type WinBioRigFactory = () => Promise<WinBioRig>;

/** What a rig may lack. `reader`: a unit is there. `administrator`, `ordinary`: what the process runs as. */
export type WinBioRigCapability =
  | 'reader'
  | 'touch'
  | 'touchBadly'
  | 'privateDatabaseId'
  | 'unplug'
  | 'administrator'
  | 'ordinary';
