/** How every decoder says what is wrong with its input: the format, the field, where, and a stable code. */

import { BiometricError } from '../core/biometric-error.ts';

/** Codes a decoder throws; nothing else leaves it. */
export type FormatErrorCode = 'WHORL_E_MALFORMED' | 'WHORL_E_LIMIT_EXCEEDED' | 'WHORL_E_UNSUPPORTED_FORMAT';

/** Where in which format. */
export interface FormatPlace {
  /** Name of the format, as people say it. */
  readonly format: string;
  /** Field as its standard names it. */
  readonly field: string;
  /** Byte of the input where the field starts. */
  readonly offset: number;
}

/** The error of a decoder; the text never repeats bytes of the input. */
export function formatError(code: FormatErrorCode, place: FormatPlace, text: string): BiometricError {
  return new BiometricError(code, `${place.format}: ${place.field} at byte ${place.offset}: ${text}`);
}
