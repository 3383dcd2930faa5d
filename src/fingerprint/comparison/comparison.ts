/** Result of a comparison. */

import type { RigidMotion } from './rigid-motion.ts';

/** Answer of a comparison of a probe with a reference; plain data. */
export interface Comparison {
  /** -log10 of the false match rate at this score. */
  readonly score: number;
  /** How the probe lies on the reference; present when each is one impression and something in them agrees. */
  readonly motion?: RigidMotion;
  /** Share of the poorer one's minutiae that lie on their partners, 0 to 1; present as `motion` is. */
  readonly coincidence?: number;
}
