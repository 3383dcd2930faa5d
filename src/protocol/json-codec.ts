/** Messages as JSON, for WebSockets: byte strings as base64, 64-bit numbers as decimal text. */

import { BiometricError } from '../core/biometric-error.ts';
import { checkJson } from './check-json.ts';

const BYTES = '$bytes';
const INTEGER = '$integer';
/** Most arguments of one call; more would overflow the stack. */
const CHUNK = 0x2000;

/** A message as text. */
export function encodeJson(message: unknown): string {
  return JSON.stringify(message, (_key, value: unknown) => {
    if (value instanceof Uint8Array) return { [BYTES]: toBase64(value) };
    return typeof value === 'bigint' ? { [INTEGER]: String(value) } : value;
  });
}

/** The message in a text. Throws WHORL_E_PROTOCOL; a schema judges its meaning. */
export function decodeJson(text: string, maxValues?: number): unknown {
  checkJson(text, maxValues);
  try {
    return JSON.parse(text, (_key, value: unknown) => revive(value));
  } catch (cause) {
    throw new BiometricError('WHORL_E_PROTOCOL', 'a message is not JSON', { cause });
  }
}

function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { [BYTES]: bytes, [INTEGER]: integer } = value as Record<string, unknown>;
  if (typeof bytes === 'string') return fromBase64(bytes);
  // Text longer than any 64-bit number stays text: parsing a huge one is slow.
  if (typeof integer === 'string') return /^-?\d{1,20}$/.test(integer) ? BigInt(integer) : value;
  return value;
}

function fromBase64(text: string): Uint8Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    // `apply` takes the array-like as it is; spreading would run its iterator.
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}
