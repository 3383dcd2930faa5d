/** Vendor commands to an adapter, as WinBioControlUnit carries them. */

/** One vendor command. */
export interface ControlRequest {
  readonly code: number;
  /** Which of the two entry points was called. */
  readonly privileged: boolean;
  readonly sendBuffer: Uint8Array;
  /** Most bytes the answer may have. */
  readonly receiveBufferSize: number;
}

/** What the adapter answered. */
export interface ControlOutcome {
  /** Vendor-defined status. */
  readonly operationStatus: number;
  readonly received: Uint8Array;
}
