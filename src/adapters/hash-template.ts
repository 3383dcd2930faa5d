/** Digests of templates, for engines that let them be signed. WBF: adapters 7.5. */

import { BiometricError } from '../core/biometric-error.ts';

const NAMES = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
} as const;

/**
 * OIDs that {@link hashTemplate} knows: SHA-1, which every engine that hashes must offer, SHA-256, SHA-384 and SHA-512.
 */
export const HASH_ALGORITHMS: readonly string[] = Object.freeze(Object.keys(NAMES));

/**
 * Digest of a template's bytes. Rejects with E_INVALIDARG for an OID that is not in {@link HASH_ALGORITHMS}.
 *
 * @example
 * const sha256 = await hashTemplate(template, '2.16.840.1.101.3.4.2.1'); // 32 bytes
 */
export async function hashTemplate(template: Uint8Array, algorithm: string): Promise<Uint8Array> {
  if (!Object.hasOwn(NAMES, algorithm)) {
    throw new BiometricError('E_INVALIDARG', 'the hash algorithm is not one of those offered');
  }
  const name = NAMES[algorithm as keyof typeof NAMES];
  return new Uint8Array(await globalThis.crypto.subtle.digest(name, new Uint8Array(template)));
}
