/** The history of what several services share: where somebody is in it, and what happened since. */

import type { RecordId } from '../core/identifiers.ts';

/**
 * A place in the history of a shared database. Changes are numbered without gaps in the order of their commits; the
 * token tells two histories apart that have a change of the same number, as after a fail-over.
 */
export interface Position {
  /** GUID of this life of the database: another one after it was restored from a copy. */
  readonly incarnation: string;
  /** Number of the last change; 0 before the first. */
  readonly change: number;
  /** Of that change, 32 hexadecimal digits; empty before the first. */
  readonly token: string;
}

/** Which version of a record there is. */
export interface RecordMark {
  /** Of the record. */
  readonly recordId: RecordId;
  /** Of its version, 32 hexadecimal digits. */
  readonly mark: string;
}

/** What was stored in a shared database. */
export interface SharedWrite {
  /** Numbers of the records, in their order. */
  readonly recordIds: readonly RecordId[];
  /** Where the history is after it. */
  readonly position: Position;
}

/** Those records whose number leaves `index` when it is divided by `of`. */
export interface SharedPart {
  /** How many parts there are, 1 or more. */
  readonly of: number;
  /** Which one, from 0. */
  readonly index: number;
}

/** How far a copy of a shared database is that one service keeps and reads. */
export interface Freshness {
  /** True when the database itself was reached at the last try. */
  readonly live: boolean;
  /** When it was reached last, milliseconds since 1970; undefined before the first time. */
  readonly reachedMs: number | undefined;
  /** True when that is so long ago that nobody is to be recognised any more. */
  readonly isTooOld: boolean;
  /** What is read here: every change up to this one. */
  readonly position: Position;
}
