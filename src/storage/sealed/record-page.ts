/**
 * Records that were read and opened on a thread, as few objects as a message can have: their bytes in one buffer, which
 * is moved, and columns of numbers and texts.
 */

import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { OwnerIdentity } from '../../core/identity.ts';

/** What became of a record. */
export type PageState = 'open' | 'sealed' | 'fault';

/** A record on its way. */
export interface PageRecord extends Omit<StoredRecord, 'template'> {
  readonly state: PageState;
  /** Own number of its seal; empty where it has none. */
  readonly number: string;
  /** As it is sealed, unless it is open. */
  readonly template: Uint8Array;
  /** Why it does not open. */
  readonly fault?: SerializedBiometricError;
}

/** Bytes of a record in a page: where template, search codes and payload end. */
const ENDS = 3;

/** Records in columns. */
export interface RecordPage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array;
  readonly recordIds: Float64Array;
  readonly subFactors: Uint8Array;
  readonly owners: readonly string[];
  /** Own numbers of the seals. */
  readonly numbers: readonly string[];
  /** Records whose owner is a GUID. */
  readonly guids: readonly number[];
  readonly indexVectors: ReadonlyMap<number, readonly number[]>;
  /** Records that the thread has no key for. */
  readonly sealed: ReadonlySet<number>;
  readonly faults: ReadonlyMap<number, SerializedBiometricError>;
}

/** Puts records into a page. */
export function packPage(records: readonly PageRecord[]): RecordPage {
  const size = records.reduce((sum, each) => sum + partsOf(each).reduce((bytes, part) => bytes + part.length, 0), 0);
  const bytes = new Uint8Array(size);
  const ends = new Uint32Array(ENDS * records.length);
  const guids: number[] = [];
  const indexVectors = new Map<number, readonly number[]>();
  const sealed = new Set<number>();
  const faults = new Map<number, SerializedBiometricError>();
  let at = 0;
  for (const [i, record] of records.entries()) {
    for (const [k, part] of partsOf(record).entries()) {
      bytes.set(part, at);
      at += part.length;
      ends[ENDS * i + k] = at;
    }
    if (record.identity.type === 'guid') guids.push(i);
    if (record.indexVector.length > 0) indexVectors.set(i, record.indexVector);
    if (record.state === 'sealed') sealed.add(i);
    if (record.fault !== undefined) faults.set(i, record.fault);
  }
  return {
    bytes,
    ends,
    recordIds: Float64Array.from(records, ({ recordId }) => recordId),
    subFactors: Uint8Array.from(records, ({ subFactor }) => subFactor),
    owners: records.map(({ identity }) => (identity.type === 'sid' ? identity.sid : identity.guid)),
    numbers: records.map(({ number }) => number),
    guids,
    indexVectors,
    sealed,
    faults,
  };
}

/** The records of a page, in order; their bytes are those of the page. */
export function* unpackPage(page: RecordPage): Generator<PageRecord> {
  const { bytes, ends, indexVectors, faults, sealed } = page;
  const guids = new Set(page.guids);
  let at = 0;
  for (let i = 0; i < page.recordIds.length; i++) {
    const [template = 0, codes = 0, payload = 0] = ends.subarray(ENDS * i, ENDS * (i + 1));
    const fault = faults.get(i);
    const text = page.owners[i] as string;
    const identity: OwnerIdentity = guids.has(i) ? { type: 'guid', guid: text } : { type: 'sid', sid: text };
    yield {
      state: fault === undefined ? (sealed.has(i) ? 'sealed' : 'open') : 'fault',
      number: page.numbers[i] as string,
      recordId: page.recordIds[i] as number,
      identity,
      subFactor: page.subFactors[i] as number,
      template: bytes.subarray(at, template),
      searchCodes: bytes.subarray(template, codes),
      payload: bytes.subarray(codes, payload),
      indexVector: indexVectors.get(i) ?? NO_VECTOR,
      ...(fault && { fault }),
    };
    at = payload;
  }
}

const NOTHING = new Uint8Array();
const NO_VECTOR: readonly number[] = Object.freeze([]);

function partsOf({ template, searchCodes = NOTHING, payload }: PageRecord): readonly Uint8Array[] {
  return [template, searchCodes, payload];
}
