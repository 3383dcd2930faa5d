/**
 * What seals records of people and of the journal: AES-256-GCM under a key derived for the file, bound to what says
 * where the record belongs.
 *
 * Bytes: version 1, key number (4, big endian), nonce (12), ciphertext, tag (16).
 */

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import { BiometricError } from '../../core/biometric-error.ts';

/** A key of one file, derived from the master key of this number. */
export interface RecordKey {
  readonly keyId: number;
  readonly key: Uint8Array;
}

/** The keys of one file. */
export interface RecordKeys {
  /** Seals what is stored from now on. */
  readonly current: RecordKey;
  /** Open what they sealed. */
  readonly older: readonly RecordKey[];
}

const VERSION = 1;
const KEY_ID_AT = 1;
const NONCE_AT = 5;
const NONCE_BYTES = 12;
const CONTENT_AT = NONCE_AT + NONCE_BYTES;
const TAG_BYTES = 16;

/** Keys that can be replaced while a file is open. */
export class RecordSeal {
  #keys: RecordKeys;

  constructor(keys: RecordKeys) {
    this.#keys = keys;
  }

  /** Number of the key that seals. */
  get keyId(): number {
    return this.#keys.current.keyId;
  }

  /** From now on these keys are used. */
  rekey(keys: RecordKeys): void {
    this.#keys = keys;
  }

  /** Seals content; `bound` is what it belongs to. */
  seal(content: Uint8Array, bound: string): Uint8Array {
    const { keyId, key } = this.#keys.current;
    const header = Buffer.alloc(CONTENT_AT);
    header[0] = VERSION;
    header.writeUInt32BE(keyId, KEY_ID_AT);
    randomPart(NONCE_BYTES).copy(header, NONCE_AT);
    const cipher = createCipheriv('aes-256-gcm', keyObject(key), header.subarray(NONCE_AT));
    cipher.setAAD(Buffer.concat([header.subarray(0, NONCE_AT), Buffer.from(bound)]));
    const sealed = cipher.update(content);
    return Buffer.concat([header, sealed, cipher.final(), cipher.getAuthTag()]);
  }

  /**
   * The content. Throws WINBIO_E_DATABASE_CORRUPTED when it was changed or belongs elsewhere, WHORL_E_NEWER_FORMAT,
   * WHORL_E_KEY_MISSING.
   */
  open(sealed: Uint8Array, bound: string, what: string): Uint8Array {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
    if (bytes.length < CONTENT_AT + TAG_BYTES) throw damaged(what);
    if (bytes[0] !== VERSION) throw new BiometricError('WHORL_E_NEWER_FORMAT', `${what} has a newer seal`);
    const keyId = bytes.readUInt32BE(KEY_ID_AT);
    const { current, older } = this.#keys;
    const key = [current, ...older].find((each) => each.keyId === keyId);
    if (key === undefined) throw new BiometricError('WHORL_E_KEY_MISSING', `the key of ${what} is not on the ring`);
    try {
      const decipher = createDecipheriv('aes-256-gcm', keyObject(key.key), bytes.subarray(NONCE_AT, CONTENT_AT));
      decipher.setAAD(Buffer.concat([bytes.subarray(0, NONCE_AT), Buffer.from(bound)]));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      const content = decipher.update(bytes.subarray(CONTENT_AT, bytes.length - TAG_BYTES));
      return Buffer.concat([content, decipher.final()]);
    } catch (cause) {
      throw damaged(what, cause);
    }
  }

  /** True when the key that sealed it is on the ring. */
  opens(sealed: Uint8Array): boolean {
    const { current, older } = this.#keys;
    return [current, ...older].some(({ keyId }) => isSealedWith(sealed, keyId));
  }

  /** Seals a value as JSON. */
  sealJson(value: unknown, bound: string): Uint8Array {
    return this.seal(Buffer.from(JSON.stringify(value)), bound);
  }

  /** The value of {@link sealJson}. Throws as {@link open} does. */
  openJson(sealed: Uint8Array, bound: string, what: string): unknown {
    return JSON.parse(Buffer.from(this.open(sealed, bound, what)).toString('utf8'));
  }

  /** The content sealed with the key that seals now; undefined when it is already. Throws as {@link open} does. */
  resealed(sealed: Uint8Array, bound: string, what: string): Uint8Array | undefined {
    if (isSealedWith(sealed, this.keyId)) return undefined;
    return this.seal(this.open(sealed, bound, what), bound);
  }
}

/** True for what the key of this number sealed. */
function isSealedWith(sealed: Uint8Array, keyId: number): boolean {
  return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length).readUInt32BE(KEY_ID_AT) === keyId;
}

/** Random bytes are drawn many at a time: each call into the system costs more than a line. */
const RANDOM = Buffer.alloc(8192);
let used = RANDOM.length;

/** Random bytes that nobody has had before. */
export function randomPart(bytes: number): Buffer {
  if (used + bytes > RANDOM.length) {
    randomFillSync(RANDOM);
    used = 0;
  }
  const part = Buffer.from(RANDOM.subarray(used, used + bytes));
  RANDOM.fill(0, used, used + bytes);
  used += bytes;
  return part;
}

/** The first bytes of what a sealed record with this key begins with. */
export function sealedPrefix(keyId: number): Uint8Array {
  const prefix = Buffer.alloc(NONCE_AT);
  prefix[0] = VERSION;
  prefix.writeUInt32BE(keyId, KEY_ID_AT);
  return prefix;
}

/** Keys as the cryptography of Node.js wants them; made once, because that takes longer than the work with one. */
const OBJECTS = new WeakMap<Uint8Array, KeyObject>();

function keyObject(key: Uint8Array): KeyObject {
  const known = OBJECTS.get(key);
  if (known !== undefined) return known;
  const made = createSecretKey(key);
  OBJECTS.set(key, made);
  return made;
}

/** A keyed code, `bytes` long, over parts that cannot run into each other. */
export function codeOf(key: Uint8Array, bytes: number, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const code = createHmac('sha256', keyObject(key));
  const contents = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  const lengths = Buffer.alloc(4 * contents.length);
  for (const [i, { length }] of contents.entries()) lengths.writeUInt32BE(length, 4 * i);
  return code
    .update(Buffer.concat([lengths, ...contents]))
    .digest()
    .subarray(0, bytes);
}

function damaged(what: string, cause?: unknown): BiometricError {
  return new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `${what} was changed, or belongs elsewhere`, { cause });
}
