/** Where the journal is kept. The service decides what is written and who may read; a store keeps, chains and finds. */

import type { OwnerIdentity } from '../core/identity.ts';
import type { JournalCount, JournalEntry, JournalKind, JournalLine, JournalQuery } from '../core/journal-line.ts';
import type { Page, PageRequest } from '../core/page.ts';

/** A line to write. */
export interface NewJournalLine {
  /** When it happened, milliseconds since 1970. */
  readonly atMs: number;
  /** What it tells. */
  readonly entry: JournalEntry;
  /** Picture of the sample, a PNG. Default: none. */
  readonly picture?: Uint8Array | undefined;
}

/** The last line: what stands for all before it. */
export interface JournalPosition {
  /** Its number; 0 before the first. */
  readonly number: number;
  /** Its code, hexadecimal. */
  readonly chain: string;
}

/** What was looked at of a chain. */
export interface ChainPart {
  /** Lines that were looked at. */
  readonly lines: number;
  /** Of them, those whose content was forgotten. */
  readonly forgotten: number;
  /** Number of the first line that is not as it was written; absent when all are. */
  readonly broken?: number;
  /** Number of the line to go on with; absent at the end. */
  readonly next?: number;
}

/** A person on a day, as the lines tell. */
export interface PresentDay {
  /** Of the person, as lines name it now. */
  readonly identity: OwnerIdentity;
  /** Name in the first line of the day; empty when it was forgotten. */
  readonly name: string;
  /** First time, milliseconds since 1970. */
  readonly firstMs: number;
  /** Last time. */
  readonly lastMs: number;
  /** How many times. */
  readonly touches: number;
  /** Numbers of lines that were entered by hand. */
  readonly corrections: readonly number[];
}

/** Who of a day is meant. */
export interface PresenceQuery {
  /** `YYYY-MM-DD`, on the calendar of this machine. */
  readonly day: string;
  /** Lines that say that somebody was there. */
  readonly kinds: readonly JournalKind[];
  /** Readers that count. Default: every one. */
  readonly readers?: readonly string[] | undefined;
  /** Those who are looked for. Default: everybody. */
  readonly identities?: readonly OwnerIdentity[] | undefined;
  /** How many of them are left out at the beginning. */
  readonly from: number;
  /** Most that are named. */
  readonly limit: number;
}

/** How long lines are kept. */
export interface JournalRetention {
  /** Lines from before this are taken away, milliseconds since 1970. */
  readonly linesBeforeMs: number;
  /** Pictures from before this are taken away. */
  readonly picturesBeforeMs: number;
}

/**
 * Keeps the journal. A line is durable when the promise of its writing settles; those that come while others are being
 * written are the next group. All methods reject with WINBIO_E_DATABASE_CANT_OPEN and the like.
 */
export interface JournalStore {
  /** Writes lines, in order, and returns them with their numbers. */
  append(lines: readonly NewJournalLine[]): Promise<readonly JournalLine[]>;
  /** Lines that fit, newest first unless asked otherwise; `total` counts to 10,000 at most. */
  list(query: JournalQuery & PageRequest): Promise<Page<JournalLine>>;
  /** Lines after a number that fit, in the order of writing, and the number that was looked at last. */
  since(
    query: JournalQuery,
    after: number,
  ): Promise<{ readonly lines: readonly JournalLine[]; readonly after: number; readonly more: boolean }>;
  /** A line; undefined when there is none of this number. */
  line(number: number): Promise<JournalLine | undefined>;
  /** Lines by hour or day of this machine and kind, for the spans that have any. */
  counts(query: JournalQuery, per: 'hour' | 'day'): Promise<readonly JournalCount[]>;
  /** How many lines are about a person, at most 10,000. */
  countOf(identity: OwnerIdentity): Promise<number>;
  /** Part of a file of the lines that fit. */
  exportPart(
    query: JournalQuery & PageRequest,
    format: 'csv' | 'jsonl',
  ): Promise<{ readonly text: string; readonly lines: number; readonly next?: string }>;
  /** The picture of a line; undefined without one. */
  picture(number: number): Promise<Uint8Array | undefined>;
  /** Forgets whom lines are about, some at a time; returns how many, 0 when none is left. */
  forget(identity: OwnerIdentity): Promise<number>;
  /** From now on lines about one person are about another one. */
  merge(from: OwnerIdentity, into: OwnerIdentity): Promise<void>;
  /** Looks at part of the chain, from a line on. */
  verify(from: number): Promise<ChainPart>;
  /** Some of those who were there on a day, first come first, and how many there were. */
  presentOn(query: PresenceQuery): Promise<{ readonly present: readonly PresentDay[]; readonly total: number }>;
  /** Takes away what is kept too long, some at a time; returns how many, 0 when none is left. */
  trim(retention: JournalRetention): Promise<number>;
  /** The last line. */
  position(): Promise<JournalPosition>;
  /** False when a line that was the last one is not there, or another one is. */
  hasEndedWith(position: JournalPosition): Promise<boolean>;
  /** Seals some of what is under an older key anew; returns how many, 0 when all is under the current one. */
  reseal(): Promise<number>;
}
