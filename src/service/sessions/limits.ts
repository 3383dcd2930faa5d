/** Limits of one client; what exceeds them is refused with E_OUTOFMEMORY. */

export interface Limits {
  /** Open handles per connection. */
  readonly handlesPerConnection: number;
  /** Waiting operations per handle. */
  readonly operationsPerHandle: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({ handlesPerConnection: 1024, operationsPerHandle: 10_000 });
