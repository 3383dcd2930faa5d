/** Answers of optional methods. */

import { BiometricError } from '../core/biometric-error.ts';

/** What a method answers that only shared storages have. Rejects with E_NOTIMPL where it is missing. */
export function asked<T>(answer: Promise<T> | undefined): Promise<T> {
  return answer ?? Promise.reject(new BiometricError('E_NOTIMPL', 'the storage is not shared'));
}
