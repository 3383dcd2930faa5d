/** What a registry has put down of a person. */

import type { SubFactor } from '../../core/identifiers.ts';

/** The record of a finger, as it came. */
export interface CbeffFinger {
  /** Which finger it is said to be; undefined when nothing is said, or nothing that is known. */
  readonly subFactor: SubFactor | undefined;
  readonly bytes: Uint8Array;
}

/** What a document holds. */
export interface CbeffContent {
  readonly fingers: readonly CbeffFinger[];
  /** Records of irises, faces and anything else, which are not compared. */
  readonly others: number;
}

/** Reads a document of CBEFF. Throws an AbisRefusal. */
export type ReadCbeff = (bytes: Uint8Array) => CbeffContent;
