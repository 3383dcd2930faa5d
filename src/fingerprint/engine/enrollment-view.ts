/** An impression that an enrollment has taken. */

import type { Comparison } from '../comparison/comparison.ts';
import type { Impression } from '../template/impression.ts';

/** An impression among the others of its enrollment. */
export interface EnrollmentView {
  readonly impression: Impression;
  /** Its features. */
  readonly bytes: Uint8Array;
  /** This view against each other one: score, and how this one lies on it. */
  readonly links: Map<EnrollmentView, Comparison>;
}
