/** What a comparison found. */

import type { RigidMotion } from './rigid-motion.ts';

/** Answer of a comparison of a probe with a reference; plain data. */
export interface Comparison {
  /** -log10 of the false match rate at this score. */
  readonly score: number;
  /** How the probe lies on the reference, when each is one impression and anything in them agrees. */
  readonly motion?: RigidMotion;
}
