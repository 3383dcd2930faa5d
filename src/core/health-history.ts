/** How a service was, as it remembers itself while it runs. */

/** A span of the past, and how fine it is kept: 30 minutes by 5 s, a day by 2 minutes, a week by 15. */
export type HealthSpan = 'half-hour' | 'day' | 'week';

/** One moment, or the mean of the time since the one before. */
export interface HealthMoment {
  /** When, milliseconds since 1970. */
  readonly atMs: number;
  /** Memory of the process, bytes. */
  readonly residentBytes: number;
  /** Processor time of the process, share of one processor. */
  readonly processors: number;
  /** Open connections. */
  readonly connections: number;
  /** Requests that were waiting. */
  readonly waiting: number;
  /** Requests answered a second. */
  readonly requestsPerSecond: number;
  /** Share of the engine threads' time that was work, 0 to 1. */
  readonly engineLoad: number;
}
