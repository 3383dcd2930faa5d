/**
 * Records that were read and opened on a thread, in as few objects as a message can have: their bytes in one buffer,
 * which is moved, and columns of numbers and texts.
 */

import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { OwnerIdentity } from '../../core/identity.ts';

/** Own numbers of seals, hexadecimal. */
const NUMBER_DIGITS = 32;
/** Numbers of a record in `ends`: where its template, its search codes and its payload end. */
const ENDS = 3;
const NO_VECTOR: readonly number[] = Object.freeze([]);

/** Records in columns. */
export interface RecordPage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly recordIds: Float64Array<ArrayBuffer>;
  readonly subFactors: Uint8Array<ArrayBuffer>;
  /** SIDs and GUIDs, a line each. */
  readonly owners: string;
  /** Own numbers of the seals, one after the other. */
  readonly numbers: string;
  /** Those whose owner is a GUID. */
  readonly guids: ReadonlySet<number>;
  readonly indexVectors: ReadonlyMap<number, readonly number[]>;
  /** Those that are as they were sealed, because the thread has no key for them. */
  readonly sealed: ReadonlySet<number>;
  /** Those that do not open, and why. */
  readonly faults: ReadonlyMap<number, SerializedBiometricError>;
}

/** A record of a page, and what became of it. */
export interface PageRecord {
  readonly record: StoredRecord;
  readonly ownNumber: string;
  readonly isSealed: boolean;
  readonly fault: SerializedBiometricError | undefined;
}

/** The records of a page, in order; their bytes are those of the page. */
export function* unpackPage(page: RecordPage): Generator<PageRecord> {
  const { bytes, ends, guids, indexVectors, faults, sealed, numbers } = page;
  const owners = page.owners.split('\n');
  let start = 0;
  for (let i = 0; i < page.recordIds.length; i++) {
    const text = owners[i] as string;
    const identity: OwnerIdentity = guids.has(i) ? { type: 'guid', guid: text } : { type: 'sid', sid: text };
    const templateEnd = ends[ENDS * i] as number;
    const codesEnd = ends[ENDS * i + 1] as number;
    const end = ends[ENDS * i + 2] as number;
    yield {
      record: {
        recordId: page.recordIds[i] as number,
        identity,
        subFactor: page.subFactors[i] as number,
        template: bytes.subarray(start, templateEnd),
        searchCodes: bytes.subarray(templateEnd, codesEnd),
        payload: bytes.subarray(codesEnd, end),
        indexVector: indexVectors.get(i) ?? NO_VECTOR,
      },
      ownNumber: numbers.slice(NUMBER_DIGITS * i, NUMBER_DIGITS * (i + 1)),
      isSealed: sealed.has(i),
      fault: faults.get(i),
    };
    start = end;
  }
}

/** What a page is filled with. */
interface Entry extends Pick<StoredRecord, 'recordId' | 'subFactor' | 'payload' | 'indexVector'> {
  readonly owner: string;
  readonly isGuid: boolean;
  /** As many bytes as an own number has. */
  readonly ownNumber: Uint8Array;
  /** The template and its search codes. */
  readonly content: Uint8Array;
  /** Where in the content the template begins and ends. */
  readonly template: { readonly start: number; readonly end: number };
}

/** Fills a page with so many records, of so many bytes at most. */
export class PageWriter {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #ends: Uint32Array<ArrayBuffer>;
  readonly #recordIds: Float64Array<ArrayBuffer>;
  readonly #subFactors: Uint8Array<ArrayBuffer>;
  readonly #numbers: Buffer;
  readonly #owners: string[] = [];
  readonly #guids = new Set<number>();
  readonly #indexVectors = new Map<number, readonly number[]>();
  readonly #sealed = new Set<number>();
  readonly #faults = new Map<number, SerializedBiometricError>();
  #at = 0;

  constructor(records: number, bytes: number) {
    this.#bytes = new Uint8Array(bytes);
    this.#ends = new Uint32Array(ENDS * records);
    this.#recordIds = new Float64Array(records);
    this.#subFactors = new Uint8Array(records);
    this.#numbers = Buffer.alloc((NUMBER_DIGITS / 2) * records);
  }

  /** Adds a record that is open, or as it was sealed. */
  add(entry: Entry, state: 'open' | 'sealed' | SerializedBiometricError): void {
    const { owner, content, template, payload, indexVector } = entry;
    const i = this.#owners.push(owner) - 1;
    this.#recordIds[i] = entry.recordId;
    this.#subFactors[i] = entry.subFactor;
    this.#numbers.set(entry.ownNumber, (NUMBER_DIGITS / 2) * i);
    this.#put(content.subarray(template.start, template.end), ENDS * i);
    this.#put(content.subarray(template.end), ENDS * i + 1);
    this.#put(payload, ENDS * i + 2);
    if (entry.isGuid) this.#guids.add(i);
    if (indexVector.length > 0) this.#indexVectors.set(i, indexVector);
    if (state === 'sealed') this.#sealed.add(i);
    else if (state !== 'open') this.#faults.set(i, state);
  }

  finish(): RecordPage {
    return {
      bytes: this.#bytes,
      ends: this.#ends,
      recordIds: this.#recordIds,
      subFactors: this.#subFactors,
      owners: this.#owners.join('\n'),
      numbers: this.#numbers.toString('hex'),
      guids: this.#guids,
      indexVectors: this.#indexVectors,
      sealed: this.#sealed,
      faults: this.#faults,
    };
  }

  #put(part: Uint8Array, end: number): void {
    this.#bytes.set(part, this.#at);
    this.#at += part.length;
    this.#ends[end] = this.#at;
  }
}
