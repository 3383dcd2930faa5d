/**
 * Messages as only those read and write them who have the key: what a search looks for is as good as a template, and an
 * answer of anybody else could say that somebody is unknown.
 */

import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { BiometricError } from '../../core/biometric-error.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals and opens messages; `purpose` is said again on opening. */
export interface MessageSeal {
  /** Sealed bytes, of which two never are the same. */
  seal(message: Uint8Array, purpose: string): Uint8Array;
  /** What was sealed. Throws WHORL_E_PROTOCOL for anything else. */
  open(sealed: Uint8Array, purpose: string): Uint8Array;
}

/** Seals with AES-256-GCM (NIST SP 800-38D): nonce, ciphertext, tag. */
export class AesMessageSeal implements MessageSeal {
  readonly #key: KeyObject;

  /** The key has 32 bytes, and serves nothing else. */
  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key);
  }

  seal(message: Uint8Array, purpose: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(purpose));
    return new Uint8Array(Buffer.concat([nonce, cipher.update(message), cipher.final(), cipher.getAuthTag()]));
  }

  open(sealed: Uint8Array, purpose: string): Uint8Array {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
      return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
    } catch (cause) {
      throw new BiometricError('WHORL_E_PROTOCOL', 'a message was not sealed with the key of this database', { cause });
    }
  }
}
