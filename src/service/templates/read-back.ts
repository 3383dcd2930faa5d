/** Whether a record is as it was stored. */

import type { NewRecord, StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';

/** The record as it was found. Throws WINBIO_E_DATABASE_WRITE_ERROR when it is not as it was stored. */
export function readBack(found: readonly StoredRecord[], recordId: RecordId, { template }: NewRecord): StoredRecord {
  const stored = found.find((other) => other.recordId === recordId);
  if (stored !== undefined && sameBytes(stored.template, template)) return stored;
  throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR', 'the record could not be read back');
}

/** True for the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
