/** The check of every writer: a value goes into its field whole, or not at all. */

import { BiometricError } from '../../core/biometric-error.ts';

/** The value. Rejects anything but a whole number 0..most with E_INVALIDARG. */
export function fits(value: number, most: number, field: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new BiometricError('E_INVALIDARG', `${field} must be a whole number 0..${most}`);
}
