/** The keys that seal templates: one that seals now, and older ones that still open what they sealed. */

import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { BiometricError } from '../../core/biometric-error.ts';
import { guidToBytes } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';

/** Bytes of a master key. */
export const MASTER_KEY_BYTES = 32;

/** What seals and opens the templates of databases. */
export interface TemplateKey {
  /** Names the key in what it sealed. */
  readonly keyId: number;
  databaseKey(databaseId: DatabaseId): KeyObject;
}

/** Keys that open what they sealed. */
export interface OpeningKeys {
  /** The key with this number; undefined when it is not on the ring. */
  byId(keyId: number): TemplateKey | undefined;
}

/** A master key and the number it is known by. */
export class SealingKey implements TemplateKey {
  /** First four bytes of its hash: names the key in what it sealed, and reveals nothing about it. */
  readonly keyId: number;
  readonly #master: Uint8Array;
  readonly #databaseKeys = new Map<DatabaseId, KeyObject>();

  /** Throws WHORL_E_CONFIGURATION unless the key has {@link MASTER_KEY_BYTES}. */
  constructor(master: Uint8Array) {
    if (master.length !== MASTER_KEY_BYTES) {
      throw new BiometricError('WHORL_E_CONFIGURATION', `a master key has ${MASTER_KEY_BYTES} bytes`);
    }
    this.#master = Uint8Array.from(master);
    this.keyId = createHash('sha256').update('whorl key id').update(this.#master).digest().readUInt32BE(0);
  }

  /** The key of one database (RFC 5869), made once: a cipher takes three times as long with bytes that become a key each time. */
  databaseKey(databaseId: DatabaseId): KeyObject {
    const known = this.#databaseKeys.get(databaseId);
    if (known !== undefined) return known;
    const derived = this.derive('whorl template', guidToBytes(databaseId));
    const key = createSecretKey(derived);
    derived.fill(0);
    this.#databaseKeys.set(databaseId, key);
    return key;
  }

  /** A key derived for another purpose. */
  derive(purpose: string, salt: Uint8Array = new Uint8Array()): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.#master, salt, purpose, MASTER_KEY_BYTES));
  }

  /** Overwrites the key, and lets those of databases go. */
  wipe(): void {
    this.#master.fill(0);
    this.#databaseKeys.clear();
  }
}

/** The keys that are available. */
export interface Keyring extends OpeningKeys {
  /** Seals what is stored from now on. */
  readonly current: SealingKey;
  byId(keyId: number): SealingKey | undefined;
}
