/** Bytes that a table holds as text: base64, base64url, or hexadecimal digits. */

import { BiometricError } from '../../core/biometric-error.ts';

const HEX = /^(?:0x|\\x)?((?:[0-9a-f]{2})+)$/i;
const BASE64 = /^[a-z0-9+/_-]*={0,2}$/i;

/**
 * Decodes them; blanks and line breaks do not count, nor does a `data:` prefix. Throws E_INVALIDARG. Digits from 0 to F
 * alone are hexadecimal: base64 of a print has others.
 */
export function decodeText(text: string): Uint8Array {
  const bare = text.replace(/\s+/g, '').replace(/^data:[^,]*;base64,/i, '');
  if (bare === '') throw new BiometricError('E_INVALIDARG', 'the print is missing');
  const [, digits] = HEX.exec(bare) ?? [];
  if (digits !== undefined) return new Uint8Array(Buffer.from(digits, 'hex'));
  const length = bare.replace(/=+$/, '').length;
  if (BASE64.test(bare) && length % 4 !== 1) return new Uint8Array(Buffer.from(bare, 'base64'));
  throw new BiometricError('E_INVALIDARG', 'the print is neither base64 nor hexadecimal digits: was it cut off?');
}
