/** What an enrollment needs computed; its creator decides where that runs. */

import type { FingerCoverage } from '../../core/finger-coverage.ts';
import type { CompareImpressions } from './compare-impressions.ts';
import type { PlacedView } from './place-views.ts';

export interface EnrollmentWork {
  readonly compare: CompareImpressions;
  /** Which parts of the finger the views show together. */
  readonly cover: (views: readonly PlacedView[], signal: AbortSignal) => Promise<FingerCoverage>;
}
