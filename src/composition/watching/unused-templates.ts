/** Templates that are in a database and cannot be used, for as long as they are there. */

import { BiometricError } from '../../core/biometric-error.ts';
import { codeEntry } from '../../core/codes.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';

/** Most numbers of records that one fault names. */
const MOST_NUMBERS = 10;

export class UnusedTemplates {
  readonly #codes = new Map<DatabaseId, Map<RecordId, HRESULT>>();

  add(databaseId: DatabaseId, recordId: RecordId, hresult: HRESULT): void {
    const codes = this.#codes.get(databaseId) ?? new Map<RecordId, HRESULT>();
    this.#codes.set(databaseId, codes.set(recordId, hresult));
  }

  /** They were deleted. */
  forget(databaseId: DatabaseId, recordIds: readonly RecordId[]): void {
    for (const recordId of recordIds) this.#codes.get(databaseId)?.delete(recordId);
  }

  /** One fault for each database and code, with the numbers of the first records. */
  get faults(): readonly BiometricError[] {
    return [...this.#codes].flatMap(([databaseId, codes]) =>
      [...Map.groupBy(codes, ([, hresult]) => hresult)].map(([hresult, records]) => {
        const { length } = records;
        const numbers = records.slice(0, MOST_NUMBERS).map(([recordId]) => recordId);
        const which = `${length === 1 ? 'record' : 'records'} ${numbers.join(', ')}${length > MOST_NUMBERS ? ' ...' : ''}`;
        const what = length === 1 ? '1 template' : `${length} templates`;
        const text = `${what} of database ${databaseId} cannot be used (${which}): ${codeEntry(hresult)?.meaning}`;
        return new BiometricError(hresult, text);
      }),
    );
  }
}
