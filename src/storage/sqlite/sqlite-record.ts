/** A record as a row of a file. */

import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_ID_TYPE_GUID, WINBIO_ID_TYPE_SID } from '../../core/constants.ts';
import { guidFromBytes, guidToBytes } from '../../core/guid.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { sidFromBytes, sidToBytes } from '../../core/sid.ts';

/** What is read of a record, in this order. */
export const COLUMNS = 'record_id, identity_type, identity_value, sub_factor, template, payload, index_vector';

/** What a row holds. */
export interface RecordRow extends Pick<StoredRecord, 'recordId' | 'subFactor' | 'template' | 'payload'> {
  /** `WINBIO_ID_TYPE_*`. */
  readonly ownerType: number;
  /** Bytes of a SID or a GUID. */
  readonly owner: Uint8Array;
  readonly indexVector: Uint8Array;
}

/** A row of {@link COLUMNS}. Throws WINBIO_E_DATABASE_CORRUPTED. */
export function rowOf(columns: readonly SQLOutputValue[]): RecordRow {
  const [recordId, ownerType, owner, subFactor, template, payload, indexVector] = columns;
  if (!isBytes(owner) || !isBytes(template) || !isBytes(payload) || !isBytes(indexVector)) {
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `record ${recordId} is damaged`);
  }
  return {
    recordId: Number(recordId),
    ownerType: Number(ownerType),
    owner,
    subFactor: Number(subFactor),
    template,
    payload,
    indexVector,
  };
}

/** A row of {@link COLUMNS} as a record. Throws WINBIO_E_DATABASE_CORRUPTED. */
export function recordOf(columns: readonly SQLOutputValue[]): StoredRecord {
  const { ownerType, owner, indexVector, ...row } = rowOf(columns);
  return { ...row, identity: identityOf({ ownerType, owner }), indexVector: vectorOf({ indexVector }) };
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** The index vector of a row. */
export function vectorOf({ indexVector: bytes }: Pick<RecordRow, 'indexVector'>): readonly number[] {
  if (bytes.length === 0) return NO_VECTOR;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getUint32(4 * i, true));
}

const NO_VECTOR: readonly number[] = Object.freeze([]);

/** The owner of a row. Throws WINBIO_E_DATABASE_CORRUPTED. */
export function identityOf({ ownerType, owner }: Pick<RecordRow, 'ownerType' | 'owner'>): OwnerIdentity {
  try {
    if (ownerType === WINBIO_ID_TYPE_SID) return { type: 'sid', sid: sidFromBytes(owner) };
    return { type: 'guid', guid: guidFromBytes(owner) };
  } catch (cause) {
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'the owner of a record is damaged', { cause });
  }
}

/** Type and bytes of an owner, as they stand in a row. */
export function ownerColumns(identity: OwnerIdentity): [number, Uint8Array] {
  return identity.type === 'sid'
    ? [WINBIO_ID_TYPE_SID, sidToBytes(identity.sid)]
    : [WINBIO_ID_TYPE_GUID, guidToBytes(identity.guid)];
}

/** What a row holds of a record, in the order of {@link COLUMNS}, without its number. */
export function recordValues({
  identity,
  subFactor,
  template,
  payload,
  indexVector,
}: Omit<StoredRecord, 'recordId'>): SQLInputValue[] {
  return [...ownerColumns(identity), subFactor, template, payload, bytesOfVector(indexVector)];
}

/** Little endian, 32 bits a number. */
function bytesOfVector(vector: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * vector.length));
  for (const [i, bucket] of vector.entries()) view.setUint32(4 * i, bucket, true);
  return new Uint8Array(view.buffer);
}
