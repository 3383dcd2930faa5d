/** A record as a row. */

import type { RecordMark } from '../../adapters/shared-history.ts';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import type { SubjectSelector } from '../../adapters/template-database-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_ID_TYPE_GUID, WINBIO_ID_TYPE_SID } from '../../core/constants.ts';
import { guidFromBytes, guidToBytes } from '../../core/guid.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { sidFromBytes, sidToBytes } from '../../core/sid.ts';
import type { CopyRow } from './copy-parser.ts';
import type { Row } from './postgres-session.ts';

/** What is read of a record, in this order. */
export const RECORD_COLUMNS = [
  'record_id',
  'identity_type',
  'identity_value',
  'sub_factor',
  'template',
  'payload',
  'index_vector',
  'mark',
] as const;

/** A record of a binary copy of {@link RECORD_COLUMNS}. Throws WINBIO_E_DATABASE_CORRUPTED. */
export function recordOfCopy(columns: CopyRow): StoredRecord {
  const [recordId, type, owner, subFactor, template, payload, vector, mark] = columns as CopyRow & { length: 8 };
  return {
    recordId: Number(recordId?.readBigInt64BE()),
    identity: identityOf(Number(type?.readInt16BE()), owner as Buffer),
    subFactor: Number(subFactor?.readInt16BE()),
    template: new Uint8Array(template as Buffer),
    payload: new Uint8Array(payload as Buffer),
    indexVector: vectorOf(vector as Buffer),
    mark: (mark as Buffer).toString('hex'),
  };
}

/** A mark of a binary copy of number and mark. */
export function markOfCopy([recordId, mark]: CopyRow): RecordMark {
  return { recordId: Number(recordId?.readBigInt64BE()), mark: (mark as Buffer).toString('hex') };
}

/** A record of a row of {@link RECORD_COLUMNS}. Throws WINBIO_E_DATABASE_CORRUPTED. */
export function recordOfRow(row: Row): StoredRecord {
  return {
    recordId: Number(row.record_id),
    identity: identityOf(Number(row.identity_type), row.identity_value as Buffer),
    subFactor: Number(row.sub_factor),
    template: new Uint8Array(row.template as Buffer),
    payload: new Uint8Array(row.payload as Buffer),
    indexVector: vectorOf(row.index_vector as Buffer),
    mark: (row.mark as Buffer).toString('hex'),
  };
}

/** Type and bytes of an owner. */
export function ownerColumns(identity: OwnerIdentity): readonly [number, Buffer] {
  return identity.type === 'sid'
    ? [WINBIO_ID_TYPE_SID, Buffer.from(sidToBytes(identity.sid))]
    : [WINBIO_ID_TYPE_GUID, Buffer.from(guidToBytes(identity.guid))];
}

/** Little endian, 32 bits a number. */
export function bytesOfVector(vector: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * vector.length);
  for (const [i, bucket] of vector.entries()) bytes.writeUInt32LE(bucket, 4 * i);
  return bytes;
}

/** The condition of a selector, as text: `copy` takes no values. What it holds was checked, and is numbers and digits. */
export function conditionOf(databaseId: string, { identity, subFactor }: SubjectSelector): string {
  const parts = [`database_id = '${databaseId}'`];
  if (identity !== undefined) {
    const [type, bytes] = ownerColumns(identity);
    parts.push(`identity_type = ${type} and identity_value = '\\x${bytes.toString('hex')}'`);
  }
  if (subFactor !== undefined) parts.push(`sub_factor = ${subFactor}`);
  return parts.join(' and ');
}

const NO_VECTOR: readonly number[] = Object.freeze([]);

function vectorOf(bytes: Buffer): readonly number[] {
  if (bytes.length === 0) return NO_VECTOR;
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readUInt32LE(4 * i));
}

function identityOf(type: number, bytes: Buffer): OwnerIdentity {
  try {
    if (type === WINBIO_ID_TYPE_SID) return { type: 'sid', sid: sidFromBytes(bytes) };
    return { type: 'guid', guid: guidFromBytes(bytes) };
  } catch (cause) {
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'the owner of a record is damaged', { cause });
  }
}
