/** An open database in memory with a history, shared by all services of this process that have it open. */

import { createHash } from 'node:crypto';
import type { Position, RecordMark, SharedPart, SharedWrite } from '../../adapters/shared-history.ts';
import type {
  DatabaseDescriptor,
  RecordChange,
  RecordName,
  SharedContent,
  StoredRecord,
} from '../../adapters/storage-adapter.ts';
import type { SubjectSelector } from '../../adapters/template-database-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import type { MemoryChange, MemoryHistory } from './memory-history.ts';
import { copyOf, type MemoryContent, MemoryTemplateDatabase } from './memory-template-database.ts';

const MARK_BYTES = 16;

/** Content with the history of it. */
export interface SharedMemoryContent extends MemoryContent {
  readonly history: MemoryHistory<MemoryChange>;
}

export class SharedMemoryDatabase extends MemoryTemplateDatabase {
  readonly #content: SharedMemoryContent;

  constructor(descriptor: DatabaseDescriptor, content: SharedMemoryContent) {
    super(descriptor, content);
    this.#content = content;
  }

  protected override store(records: readonly Omit<StoredRecord, 'recordId'>[]): readonly RecordId[] {
    const marked = records.map((record) => ({ ...record, mark: record.mark ?? markOf(record.template) }));
    const recordIds = super.store(marked);
    for (const [i, { mark }] of marked.entries()) {
      this.#content.history.note({ kind: 'stored', recordId: recordIds[i] as RecordId, mark });
    }
    return recordIds;
  }

  protected override async _replace(name: RecordName, template: Uint8Array): Promise<void> {
    this.#put(name, template, markOf(template));
  }

  protected override async _delete(selector: SubjectSelector): Promise<readonly RecordId[]> {
    const marks = new Map([...this.#content.records.values()].map(({ recordId, mark = '' }) => [recordId, mark]));
    const gone = await super._delete(selector);
    for (const recordId of gone) {
      this.#content.history.note({ kind: 'deleted', recordId, mark: marks.get(recordId) ?? '' });
    }
    return gone;
  }

  protected override async _position(): Promise<Position> {
    return this.#content.history.position;
  }

  protected override async *_changes(after: Position): AsyncGenerator<readonly RecordChange[]> {
    const records = this.#byNumber();
    const changes = this.#content.history.since(after).map((change): RecordChange => {
      const record = change.kind === 'deleted' ? undefined : records.get(change.recordId);
      return { ...change, ...(record && { record: copyOf(record) }) };
    });
    if (changes.length > 0) yield changes;
  }

  protected override _watch(onHint: () => void): Disposable {
    return this.#content.history.watch(onHint);
  }

  protected override async _addChecked(
    records: readonly Omit<StoredRecord, 'recordId'>[],
    checked: Position,
  ): Promise<SharedWrite> {
    this.#content.history.require(checked);
    const recordIds = this.store(records);
    return { recordIds, position: this.#content.history.position };
  }

  protected override async _replaceChecked(
    name: RecordName,
    template: Uint8Array,
    { seen, mark = markOf(template) }: { readonly seen: string; readonly mark?: string },
  ): Promise<Position> {
    const record = this.#byNumber().get(name.recordId);
    if (record === undefined) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    if (record.mark !== seen) throw new BiometricError('WHORL_E_STALE', 'the record was replaced meanwhile');
    return this.#put(name, template, mark);
  }

  protected override async _load({ of, index }: SharedPart): Promise<SharedContent> {
    const { position } = this.#content.history;
    const all = [...this.#byNumber().values()].filter(({ recordId }) => recordId % of === index).map(copyOf);
    return { position, records: batchesOf(all.sort((a, b) => a.recordId - b.recordId)) };
  }

  protected override async _numbered(recordIds: readonly RecordId[]): Promise<readonly StoredRecord[]> {
    const records = this.#byNumber();
    const wanted = [...recordIds].sort((a, b) => a - b);
    return wanted.flatMap((recordId) => records.get(recordId) ?? []).map(copyOf);
  }

  protected override async *_ended(): AsyncGenerator<readonly string[]> {
    const all = this.#content.history.since({ incarnation: '', change: 0, token: '' });
    yield* batchesOf(all.flatMap(({ kind, mark }) => (kind === 'deleted' ? [mark] : [])));
  }

  protected override async _marks() {
    const { position } = this.#content.history;
    const all = [...this.#byNumber().values()].map(({ recordId, mark = '' }): RecordMark => ({ recordId, mark }));
    return { position, marks: batchesOf(all) };
  }

  #put({ recordId }: RecordName, template: Uint8Array, mark: string): Position {
    this.put(recordId, { template, mark });
    return this.#content.history.note({ kind: 'replaced', recordId, mark });
  }

  #byNumber(): ReadonlyMap<RecordId, StoredRecord> {
    return new Map([...this.#content.records.values()].map((record) => [record.recordId, record]));
  }
}

async function* batchesOf<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  if (all.length > 0) yield all;
}

/** Names a version by its template. */
function markOf(template: Uint8Array): string {
  return createHash('sha256')
    .update(template)
    .digest('hex')
    .slice(0, 2 * MARK_BYTES);
}
