/** Browsers and pages that are paired with a service. */

/**
 * What the pages of a pairing may do, never more than its account may. `administrator`: everything. `operator`: people,
 * journal, enrollments of others. `user`: its own fingers. `screen`: shows one door.
 */
export type PairingRole = 'administrator' | 'operator' | 'user' | 'screen';

/** A pairing, without its token. */
export interface PairingReport {
  /** Names it. */
  readonly id: string;
  /** Name that somebody gave it; empty for none. */
  readonly name: string;
  /** Origin of its pages. */
  readonly origin: string;
  /** SID of its account. */
  readonly sid: string;
  /** What it may do. */
  readonly role: PairingRole;
  /** The door of a `screen`. */
  readonly door?: string;
  /** When it was made, milliseconds since 1970. */
  readonly createdAtMs: number;
  /** From when on it does not count, milliseconds since 1970. */
  readonly expiresAtMs: number;
  /** When its pages were connected last, to the minute, milliseconds since 1970; absent when they never were. */
  readonly usedAtMs?: number;
  /** How many of its pages are connected now. */
  readonly connected: number;
  /** Whether it is the one that asks. */
  readonly own: boolean;
}

/** A link that pairs the browser that opens it. */
export interface NewPairingLink {
  /** Name for the pairing, at most 64 characters. */
  readonly name: string;
  /** What it may do. */
  readonly role: PairingRole;
  /** The door of a `screen`. */
  readonly door?: string;
  /** How long it lasts, days, 1 to 3650. Default: 365. */
  readonly days?: number;
}
