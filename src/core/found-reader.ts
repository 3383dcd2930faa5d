/** Readers that the machine has, whether the service uses them or not. */

/** A reader that was found. */
export interface FoundReader {
  /** How it would be configured; absent when it cannot be used. */
  readonly configuration?: unknown;
  /** Name to show to a person. */
  readonly description: string;
  /** What it is reached with: `libfprint`, `winbio`, `serial`, `virtual`. */
  readonly kind: string;
  /** Where it is plugged in, in the words of the system. */
  readonly port: string;
  /** Name of the reader of this service that it is; absent when the service does not use it. */
  readonly reader?: string;
  /** Whether it can be used as it is. */
  readonly usable: boolean;
  /** Why not, and what to do, in English. */
  readonly reason?: string;
}
