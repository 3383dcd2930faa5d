/** How a step of an operation ended: its code, the unit that did the work, and the values it found. */

import { hresultOf, isBiometricError } from '../core/biometric-error.ts';
import type { HRESULT } from '../core/hresult.ts';
import type { RejectDetail, UnitId } from '../core/identifiers.ts';
import type { OperationValues } from '../core/operation-result.ts';
import { S_OK, WINBIO_E_BAD_CAPTURE } from '../core/result-constants.ts';

export interface Outcome {
  readonly hresult: HRESULT;
  readonly unitId: UnitId;
  readonly values: OperationValues;
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

/** The outcome that a thrown fault stands for. */
export function faultOutcome(thrown: unknown, unitId: UnitId = 0): Outcome {
  const named = isBiometricError(thrown) ? (thrown.unitId ?? unitId) : unitId;
  return failure(hresultOf(thrown), named);
}
