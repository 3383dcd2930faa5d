/** A few fields as bytes: a mark, a version, and each field after its length. */

import { BiometricError } from '../../core/biometric-error.ts';

const VERSION = 1;
const MAX_FIELD_BYTES = 0xffff;

/** The bytes of fields; texts are UTF-8. `mark` is four letters that tell what the bytes are. */
export function packFields(mark: string, fields: readonly (string | Uint8Array)[]): Uint8Array {
  const parts = fields.map((field) => (typeof field === 'string' ? new TextEncoder().encode(field) : field));
  if (parts.some(({ length }) => length > MAX_FIELD_BYTES)) throw new BiometricError('WHORL_E_LIMIT_EXCEEDED');
  const bytes = new Uint8Array(5 + parts.reduce((sum, { length }) => sum + 2 + length, 0));
  bytes.set(new TextEncoder().encode(mark));
  bytes[4] = VERSION;
  let at = 5;
  for (const part of parts) {
    bytes[at] = part.length & 0xff;
    bytes[at + 1] = part.length >> 8;
    bytes.set(part, at + 2);
    at += 2 + part.length;
  }
  return bytes;
}

/**
 * The fields again, `count` of them, each a fresh array. Throws WHORL_E_MALFORMED for other bytes, and
 * WHORL_E_NEWER_FORMAT for those of a later version.
 */
export function unpackFields(mark: string, count: number, bytes: Uint8Array): readonly Uint8Array[] {
  const marked = bytes.length >= 5 && new TextDecoder().decode(bytes.subarray(0, 4)) === mark;
  if (!marked) throw malformed();
  if (bytes[4] !== VERSION) throw new BiometricError('WHORL_E_NEWER_FORMAT');
  const fields: Uint8Array[] = [];
  let at = 5;
  while (at < bytes.length) {
    const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    if (at + 2 + length > bytes.length) throw malformed();
    fields.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (fields.length !== count) throw malformed();
  return fields;
}

function malformed(): BiometricError {
  return new BiometricError('WHORL_E_MALFORMED', 'these bytes were not made by a reader that matches inside');
}
