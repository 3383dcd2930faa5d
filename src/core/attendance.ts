/** Who was there, and for how long: worked out of the journal. */

import type { JournalPerson } from './journal-line.ts';

/** A person's day. */
export interface AttendanceDay {
  /** Whose. */
  readonly person: JournalPerson;
  /** The day, `YYYY-MM-DD`, in the time of the service. */
  readonly day: string;
  /** First time the person was recognised, milliseconds since 1970. */
  readonly firstInMs: number;
  /** Last time; absent when there was only one. */
  readonly lastOutMs?: number;
  /** Minutes between the two; 0 while the day is open. */
  readonly minutes: number;
  /** Times the person was recognised. */
  readonly touches: number;
  /** True when only one touch says that the person was there. */
  readonly open: boolean;
  /** Numbers of the lines that were entered by hand. */
  readonly corrections: readonly number[];
}

/** Which days of whom. */
export interface AttendanceQuery {
  /** First day, `YYYY-MM-DD`. */
  readonly from: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string;
  /** Of this group. */
  readonly group?: string;
  /** Text that finds people, as in {@link PersonQuery}. */
  readonly text?: string;
  /** Readers that count: `clock` alone, or every one. Default: readers for clocks where there are any, else every one. */
  readonly uses?: 'clock' | 'all';
}
