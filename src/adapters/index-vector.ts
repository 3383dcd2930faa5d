/** Index vectors: sets of bucket numbers by which a database narrows a search. WBF: storage 8. */

import { BiometricError } from '../core/biometric-error.ts';
import type { StoredRecord } from './storage-adapter.ts';

/**
 * True when two vectors share a bucket. A vector without any bucket is in all of them: a missing bucket must never hide
 * a candidate. Never fails.
 *
 * @example
 * sharesBucket([7, 0], [7, 3]); // true
 * sharesBucket([7, 1], [0, 3]); // false
 */
export function sharesBucket(a: readonly number[], b: readonly number[]): boolean {
  if (a.every((bucket) => bucket === 0) || b.every((bucket) => bucket === 0)) return true;
  return a.some((bucket, i) => bucket !== 0 && bucket === b[i]);
}

/**
 * Throws WINBIO_E_DATABASE_BAD_INDEX_VECTOR unless the vector has this length, E_INVALIDARG when an element is not a
 * whole number of 32 bits.
 */
export function checkIndexVector(vector: readonly number[], length: number): void {
  if (!Array.isArray(vector) || vector.length !== length) {
    throw new BiometricError(
      'WINBIO_E_DATABASE_BAD_INDEX_VECTOR',
      `index vectors of the database have length ${length}`,
    );
  }
  if (!vector.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket <= 0xffff_ffff)) {
    throw new BiometricError('E_INVALIDARG', 'a bucket is a whole number of 32 bits');
  }
}

/** The records of each batch that share a bucket with the vector; batches without any are left out. */
export async function* recordsInBuckets(
  batches: AsyncIterable<readonly StoredRecord[]>,
  vector: readonly number[],
): AsyncGenerator<readonly StoredRecord[]> {
  for await (const batch of batches) {
    const found = batch.filter(({ indexVector }) => sharesBucket(vector, indexVector));
    if (found.length > 0) yield found;
  }
}
