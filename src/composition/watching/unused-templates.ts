/** Templates that are in a database and cannot be used, for as long as they are there. */

import { BiometricError } from '../../core/biometric-error.ts';
import { codeEntry } from '../../core/codes.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';
import type { RecordSetFinding } from '../../storage/sealed/record-set.ts';

/** Most numbers of records that one fault names. */
const MOST_NUMBERS = 10;

export class UnusedTemplates {
  readonly #codes = new Map<DatabaseId, Map<RecordId, HRESULT>>();
  readonly #findings = new Map<DatabaseId, RecordSetFinding>();

  add(databaseId: DatabaseId, recordId: RecordId, hresult: HRESULT): void {
    const codes = this.#codes.get(databaseId) ?? new Map<RecordId, HRESULT>();
    this.#codes.set(databaseId, codes.set(recordId, hresult));
  }

  /** Records that were stored and are not there, or were there before anybody kept account of them. */
  find(databaseId: DatabaseId, finding: RecordSetFinding): void {
    this.#findings.set(databaseId, finding);
  }

  /** True when the records of a database are not those that were stored. */
  get hasFindings(): boolean {
    return [...this.#findings.values()].some(({ missing, adopted }) => missing + adopted > 0);
  }

  /** They were deleted. */
  forget(databaseId: DatabaseId, recordIds: readonly RecordId[]): void {
    for (const recordId of recordIds) this.#codes.get(databaseId)?.delete(recordId);
  }

  /** One fault for each database and code, with the numbers of the first records. */
  get faults(): readonly BiometricError[] {
    const findings = [...this.#findings].map(([databaseId, { missing, adopted }]) => {
      const text =
        missing > 0
          ? `${counted(missing)} of database ${databaseId} that were enrolled are missing: put the database back from a backup, or take it as it is with whorl keys rotate`
          : `${counted(adopted)} of database ${databaseId} cannot be proven, because keys/records.ledger or its end was missing (a power cut, or somebody took it away): compare them with whorl list; from the next start on they are believed`;
      return new BiometricError('WINBIO_E_DATABASE_CORRUPTED', text);
    });
    return [...findings, ...this.#ofCodes()];
  }

  #ofCodes(): readonly BiometricError[] {
    return [...this.#codes].flatMap(([databaseId, codes]) =>
      [...Map.groupBy(codes, ([, hresult]) => hresult)].map(([hresult, records]) => {
        const { length } = records;
        const numbers = records.slice(0, MOST_NUMBERS).map(([recordId]) => recordId);
        const which = `${length === 1 ? 'record' : 'records'} ${numbers.join(', ')}${length > MOST_NUMBERS ? ' ...' : ''}`;
        const text = `${counted(length)} of database ${databaseId} cannot be used (${which}): ${codeEntry(hresult)?.meaning}`;
        return new BiometricError(hresult, text);
      }),
    );
  }
}

function counted(count: number): string {
  return count === 1 ? '1 template' : `${count} templates`;
}
