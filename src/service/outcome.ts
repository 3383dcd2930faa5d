/** How a step of an operation ended: its code, the unit that did the work, and the values it found. */

import { hresultOf, isBiometricError } from '../core/biometric-error.ts';
import { type CodeKind, codeEntry } from '../core/codes.ts';
import type { HRESULT } from '../core/hresult.ts';
import type { RejectDetail, UnitId } from '../core/identifiers.ts';
import type { OperationValues } from '../core/operation-result.ts';
import { S_OK, WINBIO_E_BAD_CAPTURE } from '../core/result-constants.ts';
import { DatabaseFault } from './templates/database-fault.ts';

export interface Outcome {
  readonly hresult: HRESULT;
  readonly unitId: UnitId;
  readonly values: OperationValues;
  /** Code of what is behind a failure with a more general one. */
  readonly reason?: HRESULT;
  /** What the caller did wrong, or which database is at fault, when the code alone does not tell. */
  readonly message?: string;
}

const NO_VALUES: OperationValues = Object.freeze({});

/** A success; by default of no unit and without values. */
export function success(unitId: UnitId = 0, values: OperationValues = NO_VALUES, hresult: HRESULT = S_OK): Outcome {
  return { hresult, unitId, values };
}

/** A failure; its caller adds the documented values. */
export function failure(hresult: HRESULT, unitId: UnitId = 0, values: OperationValues = NO_VALUES): Outcome {
  return { hresult, unitId, values };
}

/** A rejected sample. WBF: WINBIO_E_BAD_CAPTURE comes with its reason and the unit that captured it. */
export function badCapture(unitId: UnitId, rejectDetail: RejectDetail, more: OperationValues = NO_VALUES): Outcome {
  return { hresult: WINBIO_E_BAD_CAPTURE, unitId, values: { ...more, rejectDetail } };
}

/** Codes whose texts are for the caller. What an adapter says about its device, file or server stays in the service. */
const CALLERS_FAULT: ReadonlySet<CodeKind | undefined> = new Set(['denied', 'state', 'unsupported', 'usage']);

/** The outcome that a thrown fault stands for. */
export function faultOutcome(thrown: unknown, unitId: UnitId = 0): Outcome {
  const named = isBiometricError(thrown) ? (thrown.unitId ?? unitId) : unitId;
  const outcome = failure(hresultOf(thrown), named);
  if (!isBiometricError(thrown)) return outcome;
  const entry = codeEntry(thrown.hresult);
  const behind = thrown.cause instanceof DatabaseFault ? thrown.cause : thrown;
  if (behind instanceof DatabaseFault) return { ...outcome, reason: behind.hresult, message: behind.message };
  const tells = CALLERS_FAULT.has(entry?.kind) && thrown.message !== entry?.meaning;
  return tells ? { ...outcome, message: thrown.message } : outcome;
}
