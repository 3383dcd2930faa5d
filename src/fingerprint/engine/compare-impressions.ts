/** How an enrollment compares; its creator decides where that runs. */

import type { Comparison } from '../comparison/comparison.ts';

/** Compares a probe with references, each an impression's bytes or a template's. */
export type CompareImpressions = (
  probe: Uint8Array,
  references: readonly Uint8Array[],
  signal: AbortSignal,
) => Promise<readonly Comparison[]>;
