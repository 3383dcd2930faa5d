/** Why a database cannot be used, in words for every client: which one, where it is, and what is wrong with it. */

import type { DatabaseDescriptor } from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { codeEntry } from '../../core/codes.ts';
import { formatHresult } from '../../core/hresult.ts';
import type { DatabaseId } from '../../core/identifiers.ts';

/** What the storage itself said is its `cause`, and stays in the service. */
export class DatabaseFault extends BiometricError {
  readonly databaseId: DatabaseId;

  constructor({ databaseId, path }: DatabaseDescriptor, thrown: unknown) {
    const hresult = hresultOf(thrown);
    const place = path === undefined ? '' : ` in ${path}`;
    const meaning = codeEntry(hresult)?.meaning ?? formatHresult(hresult);
    super(hresult, `database ${databaseId}${place} cannot be used: ${meaning}`, { cause: thrown });
    this.databaseId = databaseId;
  }
}
