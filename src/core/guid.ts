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

/** The 16 bytes of a GUID, its first three fields little endian. WBF: structures 1. Throws E_INVALIDARG. */
export function guidToBytes(guid: string): Uint8Array {
  const hex = normalizeGuid(guid).replaceAll('-', '');
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  return swapFields(bytes);
}

/** The GUID of 16 bytes. Throws E_INVALIDARG for any other number of them. */
export function guidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new BiometricError('E_INVALIDARG', 'a GUID has 16 bytes');
  const hex = Array.from(swapFields(Uint8Array.from(bytes)), (b) => b.toString(16).padStart(2, '0')).join('');
  return normalizeGuid(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  );
}

function swapFields(bytes: Uint8Array): Uint8Array {
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
