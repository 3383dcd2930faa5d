/** GUIDs as text (upper case, no braces) and as the 16 bytes of the Windows structure. */

import { BiometricError } from './biometric-error.ts';

const PATTERN = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** True for the text of a GUID, with or without braces. */
export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && PATTERN.test(value);
}

/** Canonical form of a GUID text. Throws E_INVALIDARG for anything else. */
export function normalizeGuid(text: string): string {
  const match = PATTERN.exec(text);
  if (match === null) throw new BiometricError('E_INVALIDARG', `not a GUID: ${text.slice(0, 64)}`);
  return match.slice(1).join('-').toUpperCase();
}

/** A fresh random GUID. */
export function randomGuid(): string {
  return crypto.randomUUID().toUpperCase();
}

/** Two digits for each value of a byte. */
const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0').toUpperCase());
/** Where each byte stands in the text: the first three fields are little endian. WBF: structures 1. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;
/** Where the digits of each byte of the text begin. */
const DIGITS_AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;

/** The 16 bytes of a GUID, its first three fields little endian. WBF: structures 1. Throws E_INVALIDARG. */
export function guidToBytes(guid: string): Uint8Array {
  const text = normalizeGuid(guid);
  const bytes = new Uint8Array(16);
  for (const [i, at] of DIGITS_AT.entries()) {
    bytes[ORDER[i] as number] = 16 * digit(text.charCodeAt(at)) + digit(text.charCodeAt(at + 1));
  }
  return bytes;
}

/** The GUID of 16 bytes. Throws E_INVALIDARG for any other number of them. */
export function guidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new BiometricError('E_INVALIDARG', 'a GUID has 16 bytes');
  let text = '';
  for (const [i, at] of ORDER.entries()) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[bytes[at] as number];
  }
  return text;
}

/** Value of an upper-case hexadecimal digit, by its character. */
function digit(code: number): number {
  return code <= 57 ? code - 48 : code - 55;
}
