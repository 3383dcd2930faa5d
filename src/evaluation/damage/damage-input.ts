/** What damage is done to. */

import type { Plane } from './plane.ts';

/** A print and what its damage depends on. */
export interface DamageInput {
  readonly plane: Plane;
  /** Grey levels of the valleys (95th percentile) and of the ridges (3rd). */
  readonly white: number;
  readonly black: number;
  /** Uniform, 0 to 1. */
  readonly random: () => number;
}
