/** Vendor commands to an adapter, as WinBioControlUnit carries them. WBF: adapters 6.13. */

/** A vendor command. */
export interface ControlRequest {
  /** Vendor-defined number of the command, 32 bits. */
  readonly code: number;
  /** True when it came through the privileged entry point, whose codes are numbered separately. */
  readonly privileged: boolean;
  /** Bytes for the adapter; may be empty. */
  readonly sendBuffer: Uint8Array;
  /** Most bytes the answer may have. */
  readonly receiveBufferSize: number;
}

/** Answer of an adapter to a vendor command. */
export interface ControlOutcome {
  /** Vendor-defined status, 32 bits. */
  readonly operationStatus: number;
  /** Bytes for the caller, at most `receiveBufferSize`. */
  readonly received: Uint8Array;
}
