/** The check of every writer: a value fits its field, or is not written. */

import { BiometricError } from '../../core/biometric-error.ts';

/** The value. Throws E_INVALIDARG unless it is a whole number 0..most. */
export function fits(value: number, most: number, field: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new BiometricError('E_INVALIDARG', `${field} must be a whole number 0..${most}`);
}
