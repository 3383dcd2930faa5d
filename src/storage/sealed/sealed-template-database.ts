/** An open database whose templates are sealed. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Freshness, Position, SharedPart, SharedWrite } from '../../adapters/shared-history.ts';
import type {
  RecordChange,
  RecordName,
  SharedContent,
  StoredRecord,
  TemplateDatabase,
} from '../../adapters/storage-adapter.ts';
import { type SubjectSelector, TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError, deserializeError, isBiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';
import type { Keyring } from './keyring.ts';
import { readOnThread } from './read-on-thread.ts';
import { unpackPage } from './record-page.ts';
import { keyIdOf, type Opened, openSeal, ownNumberOf, seal } from './seal.ts';
import type { Sealing } from './sealing.ts';
import { deletedRecordIsBack, Sweep } from './sweep.ts';

const NOTHING = new Uint8Array();
/** How often is looked whether a copy is whole, milliseconds. */
const WAIT_MS = 50;
/** Of what is no seal. */
const NO_NUMBER = '0'.repeat(32);

/** For each running query, the own numbers of records deleted since it began, which it still sees. */
export type SparedRecords = Set<Set<string>>;

/** An open database whose templates are sealed. */
export class SealedTemplateDatabase extends TemplateDatabaseBase {
  readonly #inner: TemplateDatabase;
  readonly #options: Sealing;
  readonly #isShared: boolean;
  readonly #spared: SparedRecords;
  #isSwept = false;

  /** `spared` is shared by all open databases of the storage; `isShared` says that other services have it open. */
  constructor(inner: TemplateDatabase, options: Sealing, spared: SparedRecords, isShared = false) {
    super(inner.descriptor);
    this.#inner = inner;
    this.#isShared = isShared;
    this.#options = options;
    this.#spared = spared;
  }

  /**
   * Removes records that were deleted and are present again: a deletion was interrupted, or a copy was restored. Tells
   * of records that are missing. What is read on a thread is swept as it is read first, everything else at once.
   */
  async sweep(): Promise<void> {
    if (await this.#readsOnThread()) return;
    using sweep = this.#sweep();
    for await (const batch of this.#inner.query({})) {
      for (const record of batch) {
        if (isSealed(record.template)) await sweep.see(record, ownNumberOf(record.template), new Set());
      }
    }
    sweep.end();
  }

  /**
   * Seals with the current key the templates that an older key sealed, and returns their number. May be interrupted and
   * called again. Rejects with WHORL_E_KEY_MISSING, and with E_NOTIMPL where the storage cannot replace a template.
   */
  async reseal(onProgress: (done: number, total: number) => void = () => {}): Promise<number> {
    const { keyring } = this.#options;
    const { databaseId } = this.descriptor;
    const total = await this.#inner.count();
    let seen = 0;
    let resealed = 0;
    for await (const batch of this.#inner.query({})) {
      for (const record of batch) {
        seen += 1;
        if (keyIdOf(record.template) === keyring.current.keyId) continue;
        const opened = this.#opened(record);
        const number = ownNumberOf(record.template);
        const again = this.#isShared ? undefined : number;
        const sealed = seal(keyring.current, databaseId, { ...record, ...opened }, again);
        opened.template.fill(0);
        opened.searchCodes?.fill(0);
        await this.#replaceInner(record, sealed, number).catch(ignoreStale);
        resealed += 1;
      }
      onProgress(seen, total);
    }
    return resealed;
  }

  protected override async _add(record: Omit<StoredRecord, 'recordId'>): Promise<RecordId> {
    const { keyring, recordSet } = this.#options;
    const { databaseId } = this.descriptor;
    const sealed = sealedRecord(keyring, databaseId, record);
    const add = () => this.#inner.add(sealed);
    return await (recordSet?.adding(databaseId, [sealed.mark], add) ?? add());
  }

  protected override async _addAll(records: readonly Omit<StoredRecord, 'recordId'>[]): Promise<readonly RecordId[]> {
    const { keyring, recordSet } = this.#options;
    const { databaseId } = this.descriptor;
    const inner = this.#inner;
    if (inner.addAll === undefined) return await super._addAll(records);
    const sealed = records.map((record) => sealedRecord(keyring, databaseId, record));
    const numbers = sealed.map(({ mark }) => mark);
    const add = async () => (await inner.addAll?.(sealed)) ?? [];
    return await (recordSet?.adding(databaseId, numbers, add) ?? add());
  }

  protected override async _replace(name: RecordName, template: Uint8Array, searchCodes: Uint8Array): Promise<void> {
    const { recordId, identity, subFactor } = name;
    for await (const batch of this.#inner.query({ identity, subFactor })) {
      const record = batch.find((each) => each.recordId === recordId);
      if (record === undefined) continue;
      const { keyring, recordSet } = this.#options;
      const { databaseId } = this.descriptor;
      const number = ownNumberOf(record.template);
      // Where there is a record set, the version before gets the number of a deleted record: it does not open again.
      const again = recordSet === undefined && !this.#isShared ? number : undefined;
      const sealed = seal(keyring.current, databaseId, { ...record, template, searchCodes }, again);
      const replace = () => this.#replaceInner(name, sealed, number);
      for (const spared of this.#spared) spared.add(number);
      return await (recordSet?.replacing(databaseId, number, ownNumberOf(sealed), replace) ?? replace());
    }
    throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
  }

  protected override async _addChecked(
    records: readonly Omit<StoredRecord, 'recordId'>[],
    checked: Position,
  ): Promise<SharedWrite> {
    const { keyring } = this.#options;
    const { databaseId } = this.descriptor;
    const sealed = records.map((record) => sealedRecord(keyring, databaseId, record));
    return await (this.#inner.addChecked?.(sealed, checked) ?? super._addChecked(records, checked));
  }

  protected override async _position(): Promise<Position> {
    return await (this.#inner.position?.() ?? super._position());
  }

  protected override _watch(onHint: () => void): Disposable {
    return this.#inner.watch?.(onHint) ?? super._watch(onHint);
  }

  /** What other services deleted does not open here again, either. */
  protected override async *_changes(after: Position): AsyncGenerator<readonly RecordChange[]> {
    const { deletedRecords } = this.#options;
    const { databaseId } = this.descriptor;
    for await (const batch of this.#inner.changes?.(after) ?? super._changes(after)) {
      const gone = batch.flatMap(({ kind, mark }) =>
        kind === 'deleted' && !deletedRecords.has(databaseId, mark) ? [mark] : [],
      );
      for (const spared of this.#spared) for (const number of gone) spared.add(number);
      if (gone.length > 0) await deletedRecords.remember(databaseId, gone, async () => {});
      yield batch.map(({ record, ...change }): RecordChange => {
        const [opened] = record === undefined ? [] : this.#openOrTell(record, new Set());
        return { ...change, ...(opened && { record: opened }) };
      });
    }
  }

  protected override async _load(part: SharedPart): Promise<SharedContent> {
    const { position, records } = await (this.#inner.load?.(part) ?? super._load(part));
    return { position, records: this.#openedBatches(records) };
  }

  protected override async _numbered(recordIds: readonly RecordId[]): Promise<readonly StoredRecord[]> {
    const records = await (this.#inner.numbered?.(recordIds) ?? super._numbered(recordIds));
    return records.flatMap((record) => this.#openOrTell(record, new Set()));
  }

  protected override _ended(): AsyncIterable<readonly string[]> {
    return this.#inner.ended?.() ?? super._ended();
  }

  /**
   * Takes in what other services deleted: none of it opens here, whoever puts it back. Where the database cannot be reached,
   * what is known stays known.
   */
  async learnEnded(): Promise<void> {
    const { deletedRecords } = this.#options;
    const { databaseId } = this.descriptor;
    try {
      for await (const marks of this.#inner.ended?.() ?? []) {
        const gone = marks.filter((mark) => !deletedRecords.has(databaseId, mark));
        if (gone.length > 0) await deletedRecords.remember(databaseId, gone, async () => {});
      }
    } catch (thrown) {
      if (!isBiometricError(thrown) || thrown.code !== 'WHORL_E_OFFLINE') throw thrown;
    }
  }

  protected override async _marks() {
    return await (this.#inner.marks?.() ?? super._marks());
  }

  /** How far the copy is, where there is one. */
  get freshness(): Freshness | undefined {
    return this.#inner.freshness;
  }

  protected override async _delete(selector: SubjectSelector): Promise<readonly RecordId[]> {
    const numbers: string[] = [];
    for await (const batch of this.#inner.query(selector)) {
      for (const { template } of batch) if (isSealed(template)) numbers.push(ownNumberOf(template));
    }
    for (const spared of this.#spared) for (const number of numbers) spared.add(number);
    const { deletedRecords, onDeleted } = this.#options;
    const { databaseId } = this.descriptor;
    const deleted = await deletedRecords.remember(databaseId, numbers, () => this.#inner.delete(selector));
    onDeleted?.(databaseId, deleted);
    return deleted;
  }

  protected override async *_query(selector: SubjectSelector): AsyncGenerator<readonly StoredRecord[]> {
    const spared = new Set<string>();
    this.#spared.add(spared);
    try {
      // A copy that is being made is read once it is whole; an empty batch says that nothing is wrong.
      while (this.#inner.freshness?.position.incarnation === '') {
        yield [];
        await pause(WAIT_MS);
        if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
      }
      const isAll = selector.identity === undefined && selector.subFactor === undefined;
      if (isAll && (await this.#readsOnThread())) {
        yield* this.#pages(spared);
        return;
      }
      for await (const batch of this.#inner.query(selector)) {
        const opened = batch.flatMap((record) => this.#openOrTell(record, spared));
        if (opened.length > 0) yield opened;
      }
    } finally {
      this.#spared.delete(spared);
    }
  }

  /** Everything, opened on a thread; the first time it is swept on the way. */
  async *#pages(spared: ReadonlySet<string>): AsyncGenerator<readonly StoredRecord[]> {
    const { keyring, onUnreadable } = this.#options;
    const { databaseId, path = '' } = this.descriptor;
    const { keyId } = keyring.current;
    using sweep = this.#isSwept ? undefined : this.#sweep();
    for await (const page of readOnThread({ path, databaseId, keyId, key: keyring.current.databaseKey(databaseId) })) {
      if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
      const opened: StoredRecord[] = [];
      for (const { record, ownNumber, isSealed, fault } of unpackPage(page)) {
        if (sweep !== undefined && ownNumber !== NO_NUMBER && (await sweep.see(record, ownNumber, spared))) continue;
        const refusal = fault === undefined ? this.#refusal(ownNumber, spared) : deserializeError(fault);
        if (isSealed) opened.push(...this.#openOrTell(record, spared));
        else if (refusal === undefined) opened.push(record);
        else onUnreadable(databaseId, record.recordId, refusal);
      }
      if (opened.length > 0) yield opened;
    }
    sweep?.end();
    this.#isSwept ||= sweep !== undefined;
  }

  async *#openedBatches(batches: AsyncIterable<readonly StoredRecord[]>): AsyncGenerator<readonly StoredRecord[]> {
    for await (const batch of batches) yield batch.flatMap((record) => this.#openOrTell(record, new Set()));
  }

  /** A version of a shared record is replaced only if it is the one that was seen. */
  async #replaceInner(name: RecordName, sealed: Uint8Array, seen: string): Promise<void> {
    if (!this.#isShared) return await this.#inner.replace(name, sealed);
    await this.#inner.replaceChecked?.(name, sealed, { seen, mark: ownNumberOf(sealed) });
  }

  /** Small databases are read sooner than a thread is started. */
  async #readsOnThread(): Promise<boolean> {
    const { threadFrom } = this.#options;
    return threadFrom !== undefined && this.descriptor.path !== undefined && (await this.#inner.count()) >= threadFrom;
  }

  #sweep(): Sweep {
    return new Sweep(this.#inner, this.#options, this.#isShared);
  }

  protected override async _count(): Promise<number> {
    return await this.#inner.count();
  }

  protected override async _close(): Promise<void> {
    await this.#inner.close();
  }

  #openOrTell(record: StoredRecord, spared: ReadonlySet<string>): readonly StoredRecord[] {
    const { mark: _, ...rest } = record;
    try {
      return [{ ...rest, ...this.#opened(record, spared) }];
    } catch (thrown) {
      if (!isBiometricError(thrown)) throw thrown;
      this.#options.onUnreadable(this.descriptor.databaseId, record.recordId, thrown);
      return [];
    }
  }

  #opened(record: StoredRecord, spared: ReadonlySet<string> = new Set()): Opened {
    const opened = openSeal(this.#options.keyring, this.descriptor.databaseId, record);
    const refusal = this.#refusal(ownNumberOf(record.template), spared);
    if (refusal === undefined) return opened;
    opened.template.fill(0);
    opened.searchCodes?.fill(0);
    throw refusal;
  }

  /** Why a record is not used though it opens. */
  #refusal(number: string, spared: ReadonlySet<string>): BiometricError | undefined {
    const { deletedRecords, recordSet } = this.#options;
    const { databaseId } = this.descriptor;
    if (spared.has(number)) return undefined;
    if (deletedRecords.has(databaseId, number)) return deletedRecordIsBack();
    return recordSet?.holds(databaseId, number) === false ? recordWasPutThere() : undefined;
  }
}

/** What the storage gets of a record: the mark is the own number of its seal. */
function sealedRecord(keyring: Keyring, databaseId: DatabaseId, record: Omit<StoredRecord, 'recordId'>) {
  const template = seal(keyring.current, databaseId, record);
  return { ...record, template, searchCodes: NOTHING, mark: ownNumberOf(template) };
}

/** Somebody else has replaced it by one that is sealed with the newest key that there is. */
function ignoreStale(thrown: unknown): void {
  if (!isBiometricError(thrown) || thrown.code !== 'WHORL_E_STALE') throw thrown;
}

function recordWasPutThere(): BiometricError {
  return new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'a record is there that was not stored here');
}

function isSealed(template: Uint8Array): boolean {
  try {
    return ownNumberOf(template) !== '';
  } catch {
    return false;
  }
}
