/** Reject details of fingerprint samples: their names and what to tell the person. */

import * as c from './constants.ts';

/** Name and advice of one fingerprint reject detail. WBF: constants 13. */
export interface RejectDetailEntry {
  /** `WINBIO_FP_*`. */
  readonly value: number;
  /** Short English name: `too high`. */
  readonly name: string;
  /** English sentence to show to the person. */
  readonly advice: string;
}

/** All reject details of fingerprints. */
export const FINGERPRINT_REJECT_DETAILS = [
  { value: c.WINBIO_FP_TOO_HIGH, name: 'too high', advice: 'Move the finger down.' },
  { value: c.WINBIO_FP_TOO_LOW, name: 'too low', advice: 'Move the finger up.' },
  { value: c.WINBIO_FP_TOO_LEFT, name: 'too far left', advice: 'Move the finger to the right.' },
  { value: c.WINBIO_FP_TOO_RIGHT, name: 'too far right', advice: 'Move the finger to the left.' },
  { value: c.WINBIO_FP_TOO_FAST, name: 'too fast', advice: 'Move the finger more slowly.' },
  { value: c.WINBIO_FP_TOO_SLOW, name: 'too slow', advice: 'Move the finger faster.' },
  { value: c.WINBIO_FP_POOR_QUALITY, name: 'poor quality', advice: 'Clean the sensor and the finger, press evenly.' },
  { value: c.WINBIO_FP_TOO_SKEWED, name: 'too skewed', advice: 'Hold the finger straight.' },
  { value: c.WINBIO_FP_TOO_SHORT, name: 'too short', advice: 'Show more of the finger.' },
  {
    value: c.WINBIO_FP_MERGE_FAILURE,
    name: 'could not be combined',
    advice: 'Lift the finger, then touch with the same finger again; the same picture twice does not count.',
  },
] as const satisfies readonly RejectDetailEntry[];

/**
 * Entry of a fingerprint reject detail; undefined for 0 and for values the table does not list.
 *
 * @example
 * ```ts
 * if (outcome.kind === 'rejected') show(fingerprintRejectDetail(outcome.detail)?.advice ?? 'Try again.');
 * ```
 */
export function fingerprintRejectDetail(value: number): RejectDetailEntry | undefined {
  return FINGERPRINT_REJECT_DETAILS.find((entry) => entry.value === value);
}
