/** How an enrollment that the service keeps goes from its first touch to its end. */

import type { KeptEnrollmentStage } from '../../core/kept-enrollment.ts';
import type { StateTable } from '../../core/state-machine.ts';

/**
 * `lost`: the reader is gone or busy. `ready`: the reader waits for a finger. `full`: the template is complete. `found`: saving
 * found the finger elsewhere. `stored`: it is in the database. `end`: discarded, forgotten, or failed.
 */
export type KeptEnrollmentTrigger = 'lost' | 'ready' | 'full' | 'found' | 'stored' | 'end';

export const KEPT_ENROLLMENT_TABLE = {
  waiting: { lost: 'waiting', ready: 'touch', full: 'complete', end: 'ended' },
  touch: { lost: 'waiting', ready: 'touch', full: 'complete', end: 'ended' },
  complete: { full: 'complete', found: 'duplicate', stored: 'saved', end: 'ended' },
  duplicate: { found: 'duplicate', stored: 'saved', end: 'ended' },
  saved: {},
  ended: {},
} as const satisfies StateTable<KeptEnrollmentStage, KeptEnrollmentTrigger>;
