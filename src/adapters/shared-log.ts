/**
 * A log that several services write and follow: what is known of a key is the last entry with that key, and what an entry
 * held is gone once another one takes its place. People and the journal are shared so.
 */

import type { Position } from './shared-history.ts';

/** An entry to write. */
export interface NewLogEntry {
  /** What it is about, at most 200 characters; it takes the place of the entry with this key. */
  readonly key: string;
  /** What is kept, sealed; undefined says that there is nothing any more. */
  readonly body: Uint8Array | undefined;
  /** Whom it concerns, so that it can be forgotten; at most 64 characters. Default: nobody. */
  readonly subject?: string | undefined;
  /** Takes away the bodies of all entries before it that concern this subject. Default: of none. */
  readonly forgets?: string | undefined;
}

/** An entry of the log. */
export interface LogEntry extends NewLogEntry {
  /** Where the history is after it. */
  readonly position: Position;
  /** Which service wrote it. */
  readonly site: string;
  /** True when what it held is gone by now: another entry has taken its place, or it was forgotten. */
  readonly isGone: boolean;
  /** When it was written by the clock of the database, milliseconds since 1970. */
  readonly atMs: number;
}

/** How entries are written. */
export interface PushOptions {
  /** Refuses the entries when something was written after this position. Default: they are written whatever there is. */
  readonly checked?: Position | undefined;
  /** Leaves out entries whose key is there already: what is sent twice is written once. Default: false. */
  readonly once?: boolean | undefined;
}

/** A log, shared by services. All methods reject with WHORL_E_OFFLINE while it cannot be reached. */
export interface SharedLog extends AsyncDisposable {
  /** The last entry. Rejects with WHORL_E_OFFLINE. */
  position(): Promise<Position>;
  /**
   * Entries after a position, in order, in batches, up to the last one there is; what is gone by now has no body.
   * From the beginning with change 0, whatever its incarnation. Rejects with WHORL_E_RESYNC when the position is not part
   * of the history, or what came after it is kept no more.
   */
  since(after: Position): AsyncIterable<readonly LogEntry[]>;
  /**
   * Writes entries, all or none, durable when the promise settles; returns the position after the last. Rejects with
   * WHORL_E_STALE, WHORL_E_READ_ONLY.
   */
  push(entries: readonly NewLogEntry[], options?: PushOptions): Promise<Position>;
  /**
   * Takes away entries that were written before this time, the oldest first; returns how many, 0 when none is left. Rejects
   * with WHORL_E_OFFLINE, WHORL_E_READ_ONLY.
   */
  trim(beforeMs: number): Promise<number>;
  /** Calls when there may be something new, and at least each poll of the database. */
  watch(onHint: () => void): Disposable;
}
