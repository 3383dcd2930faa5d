/** Seals messages with a key of the ring that seals templates: whoever may open these may read the messages. */

import { BiometricError } from '../../core/biometric-error.ts';
import { guidToBytes } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { AesMessageSeal, type MessageSeal } from '../../matching/messages/message-seal.ts';
import type { Keyring, SealingKey } from '../../storage/sealed/keyring.ts';

const KEY_ID_BYTES = 4;

/**
 * The number of a master key, then what a key derived from it sealed. While keys are rotated all have both, and read each
 * other's messages.
 */
export class RingSeal implements MessageSeal {
  readonly #keyring: Keyring;
  readonly #databaseId: DatabaseId;
  readonly #seals = new Map<number, MessageSeal>();

  constructor(keyring: Keyring, databaseId: DatabaseId) {
    this.#keyring = keyring;
    this.#databaseId = databaseId;
  }

  seal(message: Uint8Array, purpose: string): Uint8Array {
    const { current } = this.#keyring;
    const sealed = this.#of(current).seal(message, purpose);
    const bytes = Buffer.alloc(KEY_ID_BYTES + sealed.length);
    bytes.writeUInt32BE(current.keyId);
    bytes.set(sealed, KEY_ID_BYTES);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  open(sealed: Uint8Array, purpose: string): Uint8Array {
    const { length } = sealed;
    const keyId =
      length < KEY_ID_BYTES ? undefined : new DataView(sealed.buffer, sealed.byteOffset, length).getUint32(0);
    const key = keyId === undefined ? undefined : this.#keyring.byId(keyId);
    if (key === undefined) throw new BiometricError('WHORL_E_PROTOCOL', 'a message was sealed with an unknown key');
    return this.#of(key).open(sealed.subarray(KEY_ID_BYTES), purpose);
  }

  #of(key: SealingKey): MessageSeal {
    const known = this.#seals.get(key.keyId);
    if (known !== undefined) return known;
    const derived = key.derive('whorl match', guidToBytes(this.#databaseId));
    const made = new AesMessageSeal(derived);
    derived.fill(0);
    this.#seals.set(key.keyId, made);
    return made;
  }
}
