/** Messages as sealed bytes: a version, then MessagePack. */

import { Packr } from 'msgpackr';
import { BiometricError } from '../../core/biometric-error.ts';
import { type MatchMessage, MESSAGE } from './match-messages.ts';
import type { MessageSeal } from './message-seal.ts';

/** Version of the messages; nodes and those who ask them have the same. */
const VERSION = 1;
const PACKR = new Packr({ useRecords: false, encodeUndefinedAsNil: true, moreTypes: false, copyBuffers: true });

/** Writes and reads the messages of one database. */
export class MessageCodec {
  readonly #seal: MessageSeal;
  readonly #purpose: string;

  /** Messages about one database are not read as those about another. */
  constructor(seal: MessageSeal, databaseId: string) {
    this.#seal = seal;
    this.#purpose = `whorl match ${VERSION} ${databaseId.toUpperCase()}`;
  }

  /** Sealed bytes. */
  encode(message: MatchMessage): Uint8Array {
    return this.#seal.seal(PACKR.pack(message), this.#purpose);
  }

  /** The message. Throws WHORL_E_PROTOCOL for bytes that nobody with the key wrote, and for what is no message. */
  decode(bytes: Uint8Array): MatchMessage {
    const packed = this.#seal.open(bytes, this.#purpose);
    let value: unknown;
    try {
      value = PACKR.unpack(packed);
    } catch (cause) {
      throw new BiometricError('WHORL_E_PROTOCOL', 'a message between matching nodes cannot be read', { cause });
    }
    const { success, data, error } = MESSAGE.safeParse(value);
    if (!success) throw new BiometricError('WHORL_E_PROTOCOL', `a message between matching nodes is none: ${error}`);
    return data;
  }
}
