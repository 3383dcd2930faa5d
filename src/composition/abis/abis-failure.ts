/** Why a request of a registry failed. MOSIP: ABIS API, failure reasons. */

import { hresultOf } from '../../core/biometric-error.ts';
import { codeEntry } from '../../core/codes.ts';
import type { HRESULT } from '../../core/hresult.ts';
import {
  WHORL_E_LIMIT_EXCEEDED,
  WHORL_E_MALFORMED,
  WHORL_E_UNSUPPORTED_FORMAT,
  WINBIO_E_BAD_CAPTURE,
  WINBIO_E_CANCELED,
  WINBIO_E_DATABASE_NO_SUCH_RECORD,
  WINBIO_E_DEVICE_BUSY,
  WINBIO_E_DUPLICATE_ENROLLMENT,
} from '../../core/result-constants.ts';

/** Every reason that the service gives, with its code. */
export const ABIS_FAILURES = {
  internal: { code: '1', means: 'a fault of the service; its log has the code' },
  aborted: { code: '2', means: 'the service ends, or too many requests wait: ask again later' },
  unexpected: {
    code: '3',
    means: 'the database cannot be reached, or not all of the gallery was searched: ask again later',
  },
  structure: { code: '4', means: 'the request is no JSON object, or a field has another type than it should' },
  'no-reference-id': { code: '5', means: 'referenceId is missing' },
  'no-request-id': { code: '6', means: 'requestId is missing' },
  'not-fetched': { code: '7', means: 'referenceURL is not below one of `sources`, or was not answered' },
  'no-reference-url': { code: '8', means: 'referenceURL is missing' },
  'no-request-time': { code: '9', means: 'requesttime is missing' },
  exists: { code: '10', means: 'referenceId was inserted before' },
  empty: { code: '11', means: 'the CBEFF has no fingers' },
  unknown: { code: '12', means: 'referenceId was not inserted, or was deleted' },
  version: { code: '13', means: 'version is not 1.1' },
  id: { code: '14', means: 'id is none of the six operations' },
  'request-time': { code: '15', means: 'requesttime is no time such as 2024-02-14T12:40:59.768Z' },
  cbeff: {
    code: '16',
    means: 'what was fetched is no CBEFF XML with records that can be read; encrypted shares are not',
  },
  expired: { code: '17', means: 'referenceURL was answered with 410 Gone' },
  quality: { code: '18', means: 'no finger has enough to compare' },
} as const;

/** Name of a reason. */
export type AbisFailureName = keyof typeof ABIS_FAILURES;

/** A request is refused for this reason. */
export class AbisRefusal extends Error {
  readonly failure: AbisFailureName;

  constructor(failure: AbisFailureName) {
    super(ABIS_FAILURES[failure].means);
    this.failure = failure;
  }
}

const OF_CODE: ReadonlyMap<HRESULT, AbisFailureName> = new Map<HRESULT, AbisFailureName>([
  [WINBIO_E_CANCELED, 'aborted'],
  [WINBIO_E_DEVICE_BUSY, 'aborted'],
  [WINBIO_E_DUPLICATE_ENROLLMENT, 'exists'],
  [WINBIO_E_DATABASE_NO_SUCH_RECORD, 'unknown'],
  [WINBIO_E_BAD_CAPTURE, 'quality'],
  [WHORL_E_MALFORMED, 'cbeff'],
  [WHORL_E_UNSUPPORTED_FORMAT, 'cbeff'],
  [WHORL_E_LIMIT_EXCEEDED, 'cbeff'],
]);

/** The reason of what was thrown. */
export function failureOf(thrown: unknown): AbisFailureName {
  if (thrown instanceof AbisRefusal) return thrown.failure;
  const code = hresultOf(thrown);
  return OF_CODE.get(code) ?? (codeEntry(code)?.kind === 'transient' ? 'unexpected' : 'internal');
}
