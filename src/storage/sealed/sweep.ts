/** One look at every record of a database: none that was deleted may be there, and none be missing. */

import type { StoredRecord, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordSetCheck } from './record-set.ts';
import { ownNumberOf } from './seal.ts';
import type { Sealing } from './sealing.ts';

export class Sweep implements Disposable {
  readonly #inner: TemplateDatabase;
  readonly #options: Sealing;
  readonly #isShared: boolean;
  readonly #check: RecordSetCheck | undefined;

  /** `inner` has the records as they are sealed. */
  constructor(inner: TemplateDatabase, options: Sealing, isShared: boolean) {
    this.#inner = inner;
    this.#isShared = isShared;
    this.#options = options;
    this.#check = options.recordSet?.check(inner.descriptor.databaseId);
  }

  /**
   * True for a record that was deleted before the sweep began; it is gone when the promise settles, or not used. `spared` are those
   * that were deleted since.
   */
  async see(record: StoredRecord, ownNumber: string, spared: ReadonlySet<string>): Promise<boolean> {
    this.#check?.see(ownNumber);
    const { databaseId } = this.#inner.descriptor;
    const { deletedRecords, onUnreadable } = this.#options;
    if (!deletedRecords.has(databaseId, ownNumber) || spared.has(ownNumber)) return false;
    onUnreadable(databaseId, record.recordId, deletedRecordIsBack());
    // What services share is not deleted by each of them; it does not open here.
    if (!this.#isShared) await this.#deleteAgain(record, ownNumber);
    return true;
  }

  /** All were seen: tells of records that are missing. */
  end(): void {
    const finding = this.#check?.end();
    if (finding === undefined || finding.missing + finding.adopted === 0) return;
    this.#options.onFinding?.(this.#inner.descriptor.databaseId, finding);
  }

  [Symbol.dispose](): void {
    this.#check?.[Symbol.dispose]();
  }

  /** Another record may have taken its place meanwhile. */
  async #deleteAgain({ identity, subFactor }: StoredRecord, ownNumber: string): Promise<void> {
    for await (const batch of this.#inner.query({ identity, subFactor })) {
      if (!batch.some(({ template }) => isNumbered(template, ownNumber))) continue;
      const deleted = await this.#inner.delete({ identity, subFactor });
      this.#options.onDeleted?.(this.#inner.descriptor.databaseId, deleted);
      return;
    }
  }
}

/** What is said of a record that was deleted and is there. */
export function deletedRecordIsBack(): BiometricError {
  return new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'a record that was deleted is back');
}

function isNumbered(sealed: Uint8Array, ownNumber: string): boolean {
  try {
    return ownNumberOf(sealed) === ownNumber;
  } catch {
    return false;
  }
}
