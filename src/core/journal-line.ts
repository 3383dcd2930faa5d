/** The journal: who was where, and what came of it. */

import type { RejectDetail, SubFactor } from './identifiers.ts';
import type { OwnerIdentity } from './identity.ts';

/**
 * What a line tells. `recognised`: identified, and counts here and now. `not-valid`: identified, and does not. `verified`
 * and `not-verified`: compared with a claim. `unknown`: a good sample of nobody. `rejected`: no good sample. `locked`:
 * refused after too many failures. `enrolled` and `deleted`: a finger. `created`, `changed`, `removed`: a person.
 * `acted` and `failed`: what a door did, or could not. `corrected`: a time that somebody entered by hand.
 */
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** All of them. */
export const JOURNAL_KINDS = [
  'recognised',
  'not-valid',
  'verified',
  'not-verified',
  'unknown',
  'rejected',
  'locked',
  'enrolled',
  'deleted',
  'created',
  'changed',
  'removed',
  'acted',
  'failed',
  'corrected',
] as const;

/** How far above the threshold a score was: at least 2, at least 1, or less than 1 decade of the false match rate. */
export type ScoreClass = 'high' | 'middle' | 'low';

/** Whom a line is about, named as at that time. */
export interface JournalPerson {
  /** What the framework knows the person by. */
  readonly identity: OwnerIdentity;
  /** Name at that time; empty for an identity that is in no directory. */
  readonly name: string;
}

/** A line of the journal, without its number, time and chain. */
export interface JournalEntry {
  /** What it tells. */
  readonly kind: JournalKind;
  /** SID of the account that asked; of the service itself for a door. */
  readonly sid: string;
  /** Name of the reader in the configuration; absent when none took part. */
  readonly reader?: string;
  /** Name of the reader to show, as at that time. */
  readonly title?: string;
  /** Where the reader was; absent when nobody said. */
  readonly place?: string;
  /** Whom it is about; absent when nobody knows. */
  readonly person?: JournalPerson;
  /** Which finger. */
  readonly subFactor?: SubFactor;
  /** How sure a match was. */
  readonly scoreClass?: ScoreClass;
  /** Why: an {@link InvalidReason}, the name of an action, of a door, or of a result code. */
  readonly reason?: string;
  /** Why a sample was rejected: `WINBIO_FP_*`. */
  readonly rejectDetail?: RejectDetail;
  /** The time that was entered, milliseconds since 1970, with `corrected`. */
  readonly correctedMs?: number;
  /** Line that this one corrects. */
  readonly corrects?: number;
}

/** A line of the journal. */
export interface JournalLine extends JournalEntry {
  /** Counts the lines, from 1, without gaps. */
  readonly number: number;
  /** When it happened, milliseconds since 1970. */
  readonly atMs: number;
  /** Name of the service that wrote it, where services share a journal; absent for lines of this one. */
  readonly site?: string;
  /** True when whom it is about was forgotten. */
  readonly forgotten?: boolean;
  /** Whether a picture of the sample is kept with it. */
  readonly hasPicture?: boolean;
}

/** Which lines. */
export interface JournalQuery {
  /** About this person. */
  readonly identity?: OwnerIdentity;
  /** At readers of this place. */
  readonly place?: string;
  /** At this reader. */
  readonly reader?: string;
  /** Of these kinds. */
  readonly kinds?: readonly JournalKind[];
  /** Not before, milliseconds since 1970. */
  readonly fromMs?: number;
  /** Before, milliseconds since 1970. */
  readonly untilMs?: number;
  /** Oldest first. Default: newest first. */
  readonly ascending?: boolean;
}

/** How many lines of some kinds an hour or a day has. */
export interface JournalCount {
  /** Begin of the span, milliseconds since 1970. */
  readonly fromMs: number;
  /** Lines in it, by kind; kinds without lines are absent. */
  readonly counts: Readonly<Partial<Record<JournalKind, number>>>;
}
