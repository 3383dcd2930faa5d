/** How much one client may ask for; what is more is refused with E_OUTOFMEMORY. */

export interface Limits {
  /** Open handles of one connection. */
  readonly handlesPerConnection: number;
  /** Operations that wait on one handle. */
  readonly operationsPerHandle: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({ handlesPerConnection: 1024, operationsPerHandle: 10_000 });
