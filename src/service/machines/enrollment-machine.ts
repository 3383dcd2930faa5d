/** Life of an enrollment between begin and its end. WBF: state machines 3. */

import type { StateTable } from '../../core/state-machine.ts';

export type EnrollmentState = 'empty' | 'collecting' | 'complete' | 'ended';
/** `end` is commit, discard, abort, close, removal or suspend. */
export type EnrollmentTrigger = 'more-data' | 'completed' | 'end';

export const ENROLLMENT_TABLE = {
  empty: { 'more-data': 'collecting', completed: 'complete', end: 'ended' },
  collecting: { 'more-data': 'collecting', completed: 'complete', end: 'ended' },
  // Another capture may improve a complete template, which stays complete in any case (D-20).
  complete: { 'more-data': 'complete', completed: 'complete', end: 'ended' },
  ended: {},
} as const satisfies StateTable<EnrollmentState, EnrollmentTrigger>;
