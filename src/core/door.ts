/** Doors: what happens when somebody is recognised at a reader, whether a page is open or not. */

import type { HRESULT } from './hresult.ts';
import type { WeeklyHours } from './person.ts';

/** What a door does when it opens. */
export type DoorAction =
  | {
      /** Asks another system over HTTP: signed, and sent again until it is taken. */
      readonly kind: 'webhook';
      /** Where, `http:` or `https:`. */
      readonly url: string;
    }
  | {
      /** Runs a program; only what the configuration file names. */
      readonly kind: 'command';
      /** The program, and what it is called with. */
      readonly command: readonly string[];
    }
  | {
      /** Calls a module; only what the configuration file names. */
      readonly kind: 'module';
      /** Where the module is, from the folder of the configuration. */
      readonly module: string;
    };

/** A door: at this reader, these people, at these hours, this action. */
export interface Door {
  /** Names the door; one has it. 1 to 64 characters. */
  readonly name: string;
  /** Its reader, as the configuration names it. */
  readonly reader: string;
  /** Members of one of these groups. Default: everybody who is valid. */
  readonly groups?: readonly string[];
  /** Default: at all hours. */
  readonly hours?: readonly WeeklyHours[];
  /** What it does, in order. */
  readonly actions: readonly DoorAction[];
  /** Whether it is watched. Default: true. */
  readonly enabled?: boolean;
}

/**
 * What a door said last. `opened`; `unknown`: nobody that is known; `not-valid`: somebody who may not now, or not here;
 * `rejected`: no good sample; `locked`: too many failures; `failed`: an action did not work.
 */
export type DoorAnswerKind = 'opened' | 'unknown' | 'not-valid' | 'rejected' | 'locked' | 'failed';

/** What a door said to somebody. */
export interface DoorAnswer {
  /** What it said. */
  readonly kind: DoorAnswerKind;
  /** When, milliseconds since 1970. */
  readonly atMs: number;
  /** Name of the person who was recognised; of nobody else. */
  readonly name?: string;
  /** Why not: an {@link InvalidReason}, `group` or `door-hours`. */
  readonly reason?: string;
  /** Why the sample was rejected: `WINBIO_FP_*`. */
  readonly rejectDetail?: number;
  /** Attempts that are left before the reader is locked; absent where nothing is counted. */
  readonly attemptsLeft?: number;
  /** Until when it is locked, milliseconds since 1970. */
  readonly lockedUntilMs?: number;
}

/** How a door is. */
export interface DoorState extends Door {
  /** True for a door of the configuration file, which is changed there. */
  readonly configured: boolean;
  /** `waiting` for a finger, `no-reader` while that is unplugged, `fault`, `off`. */
  readonly state: 'waiting' | 'no-reader' | 'fault' | 'off';
  /** Code of the fault; absent without one. */
  readonly fault?: HRESULT;
  /** Name of its reader to show. */
  readonly title: string;
  /** What it said last; absent when nobody came. */
  readonly last?: DoorAnswer;
  /** Messages of its webhooks that were not taken yet. */
  readonly undelivered: number;
}

/** How a screen beside a door follows it. */
export interface DoorView {
  /** Counts answers; asked with the next question. */
  readonly number: number;
  /** How the door is now. */
  readonly door: DoorState;
}
