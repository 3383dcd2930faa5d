/**
 * The payload of records on removable media: a signature over the digest of the template, its owner, its sub-factor, the
 * database, and what else the payload holds, which follows it. A record that was not stored here is not trusted. WBF: storage 12, workflows 7.5, 8.
 */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { DatabaseDescriptor, NewRecord, StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { identityKey } from '../../core/identity.ts';

const SHA_256 = '2.16.840.1.101.3.4.2.1';
const HMAC = { name: 'HMAC', hash: 'SHA-256' };
const SIGNATURE_BYTES = 32;

export class RecordSignature {
  readonly #key: CryptoKey;
  readonly #hash: (template: Uint8Array) => Promise<Uint8Array>;
  readonly #databaseId: string;

  private constructor(key: CryptoKey, hash: (template: Uint8Array) => Promise<Uint8Array>, databaseId: string) {
    this.#key = key;
    this.#hash = hash;
    this.#databaseId = databaseId;
  }

  /** Rejects with WINBIO_E_CONFIGURATION_FAILURE without a key, or with an engine that cannot hash. */
  static async create(
    engine: EngineAdapter,
    { databaseId }: DatabaseDescriptor,
    key: Uint8Array | undefined,
  ): Promise<RecordSignature> {
    const { hashAlgorithms = [] } = engine.info;
    const algorithm = hashAlgorithms.includes(SHA_256) ? SHA_256 : hashAlgorithms[0];
    if (engine.hashTemplate === undefined || algorithm === undefined || key === undefined) {
      throw new BiometricError(
        'WINBIO_E_CONFIGURATION_FAILURE',
        'a removable database needs a key and template hashes',
      );
    }
    const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), HMAC, false, ['sign', 'verify']);
    const hash = (template: Uint8Array) => engine.hashTemplate?.(template, algorithm) ?? Promise.resolve(template);
    return new RecordSignature(imported, hash, databaseId);
  }

  /** The payload with its signature before it. */
  async sign(record: NewRecord): Promise<Uint8Array> {
    const signature = new Uint8Array(await crypto.subtle.sign(HMAC, this.#key, await this.#content(record)));
    return Uint8Array.of(...signature, ...(record.payload ?? []));
  }

  /** What follows the signature. */
  static unsigned(payload: Uint8Array): Uint8Array {
    return payload.subarray(SIGNATURE_BYTES);
  }

  /** True when the payload is what {@link sign} made for this record. */
  async isGood(record: StoredRecord): Promise<boolean> {
    const signature = new Uint8Array(record.payload.subarray(0, SIGNATURE_BYTES));
    const payload = RecordSignature.unsigned(record.payload);
    return await crypto.subtle.verify(HMAC, this.#key, signature, await this.#content({ ...record, payload }));
  }

  async #content({ identity, subFactor, template, payload = new Uint8Array() }: NewRecord) {
    const digest = await this.#hash(template);
    const head = new TextEncoder().encode(`${this.#databaseId}\n${identityKey(identity)}\n${subFactor}\n`);
    const content = new Uint8Array(head.length + digest.length + payload.length);
    content.set(head);
    content.set(digest, head.length);
    content.set(payload, head.length + digest.length);
    return content;
  }
}
