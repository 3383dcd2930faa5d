/** What a call of the bus ends with instead of an answer. */

import { toBiometricError } from '../../core/biometric-error.ts';
import type { HRESULT } from '../../core/hresult.ts';
import {
  E_ACCESSDENIED,
  WINBIO_E_DEVICE_BUSY,
  WINBIO_E_DISABLED,
  WINBIO_E_ENROLLMENT_IN_PROGRESS,
  WINBIO_E_LOCK_VIOLATION,
  WINBIO_E_SESSION_BUSY,
} from '../../core/result-constants.ts';
import { FPRINT_ERRORS, type FprintError } from '../../drivers/fprintd/fprint-interface.ts';

/** Its `dbusName` is the name of the error on the bus. */
export class FprintFault extends Error {
  override readonly name = 'FprintFault';
  readonly dbusName: FprintError;

  constructor(error: keyof typeof FPRINT_ERRORS, message: string, options?: ErrorOptions) {
    super(message, options);
    this.dbusName = FPRINT_ERRORS[error];
  }
}

/** Refusals of the service that have a name on the bus; all others are internal errors there. */
const NAMED: ReadonlyMap<HRESULT, keyof typeof FPRINT_ERRORS> = new Map([
  [E_ACCESSDENIED, 'permissionDenied'],
  [WINBIO_E_DISABLED, 'permissionDenied'],
  [WINBIO_E_DEVICE_BUSY, 'alreadyInUse'],
  [WINBIO_E_ENROLLMENT_IN_PROGRESS, 'alreadyInUse'],
  [WINBIO_E_LOCK_VIOLATION, 'alreadyInUse'],
  [WINBIO_E_SESSION_BUSY, 'alreadyInUse'],
]);

/** What the service said, as a fault of the bus: with its code and remedy, and without what is nobody's business. */
export function fprintFault(thrown: unknown): FprintFault {
  if (thrown instanceof FprintFault) return thrown;
  const known = toBiometricError(thrown);
  const error = NAMED.get(known.hresult) ?? 'internal';
  return new FprintFault(error, `${known.code}: ${known.message}`, { cause: thrown });
}
