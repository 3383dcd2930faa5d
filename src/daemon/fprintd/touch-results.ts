/** What a touch came to, in the words of the signals. */

import * as c from '../../core/constants.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import type { Completion } from '../../core/operation-result.ts';
import {
  S_OK,
  WINBIO_E_BAD_CAPTURE,
  WINBIO_E_DATABASE_FULL,
  WINBIO_E_DUPLICATE_TEMPLATE,
  WINBIO_E_INVALID_UNIT,
  WINBIO_E_NO_MATCH,
  WINBIO_E_SENSOR_UNAVAILABLE,
} from '../../core/result-constants.ts';
import type { EnrollResult, VerifyResult } from '../../drivers/fprintd/fprint-interface.ts';

/** Why a touch has to be tried again. */
type Retry = 'retry-scan' | 'swipe-too-short' | 'finger-not-centered' | 'remove-and-retry';

/** Details of rejected samples; all others are `retry-scan`. */
const RETRIES: ReadonlyMap<RejectDetail, Retry> = new Map([
  [c.WINBIO_FP_TOO_SHORT, 'swipe-too-short'],
  [c.WINBIO_FP_TOO_HIGH, 'finger-not-centered'],
  [c.WINBIO_FP_TOO_LOW, 'finger-not-centered'],
  [c.WINBIO_FP_TOO_LEFT, 'finger-not-centered'],
  [c.WINBIO_FP_TOO_RIGHT, 'finger-not-centered'],
]);

/** The device went. */
const GONE: ReadonlySet<HRESULT> = new Set([WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_INVALID_UNIT]);

function retryOf({ values: { rejectDetail = 0 } }: Completion): Retry {
  return RETRIES.get(rejectDetail) ?? 'retry-scan';
}

/**
 * What a verification came to. Who is enrolled and does not count now, by the directory of people, does not match; a reader
 * that failed attempts have locked compares nothing.
 */
export function verifyResult(completion: Completion): VerifyResult {
  const { hresult, reason = hresult, values } = completion;
  if (hresult === WINBIO_E_BAD_CAPTURE) return `verify-${retryOf(completion)}`;
  if (hresult === S_OK) return values.person?.invalid === undefined ? 'verify-match' : 'verify-no-match';
  if (hresult === WINBIO_E_NO_MATCH) return 'verify-no-match';
  return GONE.has(reason) ? 'verify-disconnected' : 'verify-unknown-error';
}

/** What a touch of an enrollment came to. */
export function enrollResult(completion: Completion): EnrollResult {
  const { hresult, reason = hresult } = completion;
  if (hresult === WINBIO_E_BAD_CAPTURE) return `enroll-${retryOf(completion)}`;
  return GONE.has(reason) ? 'enroll-disconnected' : 'enroll-unknown-error';
}

/** What storing the template came to. */
export function storeResult({ hresult, reason = hresult }: Completion): EnrollResult {
  if (hresult === S_OK) return 'enroll-completed';
  if (hresult === WINBIO_E_DUPLICATE_TEMPLATE) return 'enroll-duplicate';
  if (reason === WINBIO_E_DATABASE_FULL) return 'enroll-data-full';
  return GONE.has(reason) ? 'enroll-disconnected' : 'enroll-failed';
}
