/** GUIDs that follow from a name. RFC 9562, 5.5. */

import { normalizeGuid } from './guid.ts';

/**
 * The GUID of a name within a namespace (version 5): always the same for the same text. An import gives it to a person of
 * another product, with the database as the namespace. Rejects with E_INVALIDARG for a namespace that is no GUID.
 *
 * @example
 * ```ts
 * const owner = guidIdentity(await namedGuid(PRIVATE_DATABASE_ID, 'member 4711'));
 * ```
 */
export async function namedGuid(namespace: string, name: string): Promise<string> {
  // Unlike the structure of Windows, the standard hashes the bytes in the order in which the text has them.
  const hex = normalizeGuid(namespace).replaceAll('-', '');
  const prefix = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  const text = new TextEncoder().encode(name);
  const content = new Uint8Array(prefix.length + text.length);
  content.set(prefix);
  content.set(text, prefix.length);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-1', content)).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return normalizeGuid(digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}
