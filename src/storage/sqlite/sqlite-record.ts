/** A record as a row of a file. */

import type { SQLOutputValue } from 'node:sqlite';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_ID_TYPE_SID } from '../../core/constants.ts';
import { guidFromBytes } from '../../core/guid.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { sidFromBytes } from '../../core/sid.ts';

/** What is read of a record, in this order. */
export const COLUMNS = 'record_id, identity_type, identity_value, sub_factor, template, payload, index_vector';

/** A row of {@link COLUMNS} as a record. Throws WINBIO_E_DATABASE_CORRUPTED. */
export function recordOf(row: readonly SQLOutputValue[]): StoredRecord {
  const [record_id, identity_type, identity_value, sub_factor, template, payload, index_vector] = row;
  const blobs: readonly unknown[] = [identity_value, template, payload, index_vector];
  if (!isBytes(blobs)) throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `record ${record_id} is damaged`);
  const [owner, templateBytes, payloadBytes, indexBytes] = blobs;
  return {
    recordId: Number(record_id),
    identity: identityOf(identity_type, owner),
    subFactor: Number(sub_factor),
    template: templateBytes,
    payload: payloadBytes,
    indexVector: vectorOfBytes(indexBytes),
  };
}

function isBytes(values: readonly unknown[]): values is [Uint8Array, Uint8Array, Uint8Array, Uint8Array] {
  return values.every((value) => value instanceof Uint8Array);
}

function vectorOfBytes(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getUint32(4 * i, true));
}

function identityOf(type: SQLOutputValue | undefined, value: Uint8Array): OwnerIdentity {
  try {
    if (type === WINBIO_ID_TYPE_SID) return { type: 'sid', sid: sidFromBytes(value) };
    return { type: 'guid', guid: guidFromBytes(value) };
  } catch (cause) {
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'the owner of a record is damaged', { cause });
  }
}
