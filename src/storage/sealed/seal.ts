/**
 * A sealed template: AES-256-GCM under the key of its database, bound to everything that says whose it is. A record
 * that was moved, swapped or edited does not open.
 *
 * Bytes: `WS`, version, key number (4, big endian), record's own number (16, random, the same until its template is replaced),
 * nonce (12), ciphertext, tag (16). In version 1 the ciphertext is the template; in version 2 the length of the template
 * (4, big endian), the template, and its search codes.
 */

import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { NewRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { guidToBytes } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { identityToBytes } from '../../core/identity.ts';
import type { OpeningKeys, TemplateKey } from './keyring.ts';

const MAGIC = Buffer.from('WS');
const PLAIN = 1;
const WITH_CODES = 2;
const LENGTH_BYTES = 4;
const KEY_ID_AT = 3;
const OWN_NUMBER_AT = 7;
const OWN_NUMBER_BYTES = 16;
const NONCE_AT = OWN_NUMBER_AT + OWN_NUMBER_BYTES;
const NONCE_BYTES = 12;
const CONTENT_AT = NONCE_AT + NONCE_BYTES;
const TAG_BYTES = 16;
const GUID_BYTES = 16;
const NOTHING = new Uint8Array();

/** A record whose template is sealed, or will be. */
export type Bound = Required<Pick<NewRecord, 'identity' | 'subFactor' | 'payload' | 'indexVector' | 'template'>> &
  Pick<NewRecord, 'searchCodes'>;

/** What a seal held. */
export type Opened = Pick<NewRecord, 'template' | 'searchCodes'>;

/** The sealed bytes of a record's template and search codes. Give `ownNumber` for a record that was sealed before. */
export function seal(key: TemplateKey, databaseId: DatabaseId, record: Bound, ownNumber?: string): Uint8Array {
  const header = Buffer.alloc(CONTENT_AT);
  MAGIC.copy(header);
  const { template, searchCodes = NOTHING } = record;
  const hasCodes = searchCodes.length > 0;
  header[MAGIC.length] = hasCodes ? WITH_CODES : PLAIN;
  header.writeUInt32BE(key.keyId, KEY_ID_AT);
  randomFillSync(header, OWN_NUMBER_AT, OWN_NUMBER_BYTES + NONCE_BYTES);
  if (ownNumber !== undefined) header.write(ownNumber, OWN_NUMBER_AT, OWN_NUMBER_BYTES, 'hex');
  const cipher = createCipheriv('aes-256-gcm', key.databaseKey(databaseId), header.subarray(NONCE_AT));
  cipher.setAAD(associated(header, databaseId, record, identityToBytes(record.identity)));
  const parts = hasCodes ? [lengthBytes(template), template, searchCodes] : [template];
  const content = parts.map((part) => cipher.update(part));
  return new Uint8Array(Buffer.concat([header, ...content, cipher.final(), cipher.getAuthTag()]));
}

/**
 * What a sealed record holds. Throws WINBIO_E_DATABASE_CORRUPTED when it was changed or belongs elsewhere,
 * WHORL_E_NEWER_FORMAT, and WHORL_E_KEY_MISSING when its key is not on the ring.
 */
export function openSeal(keyring: OpeningKeys, databaseId: DatabaseId, record: Bound): Opened {
  const { content, template, hasCodes } = openContent(keyring, databaseId, record, identityToBytes(record.identity));
  const copy = (start: number, end?: number): Uint8Array => new Uint8Array(content.subarray(start, end));
  const opened = {
    template: copy(template.start, template.end),
    ...(hasCodes && { searchCodes: copy(template.end) }),
  };
  content.fill(0);
  return opened;
}

/** Opened content; whoever has it overwrites it. */
export interface Content {
  readonly content: Uint8Array;
  /** Where the template lies; search codes follow it. */
  readonly template: { readonly start: number; readonly end: number };
  readonly hasCodes: boolean;
}

/** As {@link openSeal}, without a copy, for an owner whose bytes (a WINBIO_IDENTITY) are known. */
export function openContent(
  keyring: OpeningKeys,
  databaseId: DatabaseId,
  record: Omit<Bound, 'identity'>,
  identity: Uint8Array,
): Content {
  const bytes = sealedBytes(record.template);
  const key = keyring.byId(bytes.readUInt32BE(KEY_ID_AT));
  if (key === undefined) throw new BiometricError('WHORL_E_KEY_MISSING', 'the key of the record is not on the ring');
  try {
    const nonce = bytes.subarray(NONCE_AT, CONTENT_AT);
    const decipher = createDecipheriv('aes-256-gcm', key.databaseKey(databaseId), nonce);
    decipher.setAAD(associated(bytes, databaseId, record, identity));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const content = decipher.update(bytes.subarray(CONTENT_AT, bytes.length - TAG_BYTES));
    decipher.final();
    if (bytes[MAGIC.length] === PLAIN) return { content, template: { start: 0, end: content.length }, hasCodes: false };
    const end = LENGTH_BYTES + content.readUInt32BE(0);
    if (end > content.length) throw new RangeError('the template is longer than its seal');
    return { content, template: { start: LENGTH_BYTES, end }, hasCodes: true };
  } catch (cause) {
    const text = 'a record was changed, or belongs to another owner, finger or database';
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', text, { cause });
  }
}

/** Number of the key that sealed it. Throws as {@link openSeal} does. */
export function keyIdOf(sealed: Uint8Array): number {
  return sealedBytes(sealed).readUInt32BE(KEY_ID_AT);
}

/** Names the record until its template is replaced, as hexadecimal text. Throws as {@link openSeal} does. */
export function ownNumberOf(sealed: Uint8Array): string {
  return sealedBytes(sealed).toString('hex', OWN_NUMBER_AT, OWN_NUMBER_AT + OWN_NUMBER_BYTES);
}

/** The bytes of {@link ownNumberOf}, where they lie. */
export function ownNumberBytes(sealed: Uint8Array): Uint8Array {
  return sealedBytes(sealed).subarray(OWN_NUMBER_AT, OWN_NUMBER_AT + OWN_NUMBER_BYTES);
}

function sealedBytes(sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  if (bytes.length <= CONTENT_AT + TAG_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'a record is not sealed');
  }
  const version = bytes[MAGIC.length];
  if (version !== PLAIN && version !== WITH_CODES)
    throw new BiometricError('WHORL_E_NEWER_FORMAT', 'a record has a newer seal');
  return bytes;
}

function lengthBytes({ length }: Uint8Array): Buffer {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeUInt32BE(length);
  return bytes;
}

let lastDatabase: { readonly databaseId: DatabaseId; readonly bytes: Uint8Array } | undefined;

/** Databases are read one after the other, so that the last one is nearly always the one. */
function bytesOf(databaseId: DatabaseId): Uint8Array {
  if (lastDatabase?.databaseId !== databaseId) lastDatabase = { databaseId, bytes: guidToBytes(databaseId) };
  return lastDatabase.bytes;
}

/** What the seal protects beside the template: parts of fixed size, or preceded by their size. */
function associated(
  header: Buffer,
  databaseId: DatabaseId,
  { subFactor, payload, indexVector }: Omit<Bound, 'identity'>,
  identity: Uint8Array,
): Buffer {
  const bytes = Buffer.alloc(NONCE_AT + GUID_BYTES + identity.length + 12 + payload.length + 4 * indexVector.length);
  let at = header.copy(bytes, 0, 0, NONCE_AT);
  const add = (part: Uint8Array): void => {
    bytes.set(part, at);
    at += part.length;
  };
  add(bytesOf(databaseId));
  add(identity);
  for (const size of [subFactor, payload.length, indexVector.length]) at = bytes.writeUInt32BE(size, at);
  add(payload);
  for (const value of indexVector) at = bytes.writeUInt32BE(value, at);
  return bytes;
}
