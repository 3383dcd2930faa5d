/** Options of every call to an adapter that waits. */

/** Options of every call that waits. */
export interface AdapterOptions {
  /** Aborting it ends the call soon, with WINBIO_E_CANCELED. */
  readonly signal: AbortSignal;
}
