/**
 * A copy of a shared database that one service keeps in a file and reads: it is read while the database itself cannot be
 * reached, and as fast as a database of one's own. What is written is written there, and comes back (ADR 26).
 */

import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { asked } from '../../adapters/asked.ts';
import type { Freshness, Position, RecordMark, SharedPart, SharedWrite } from '../../adapters/shared-history.ts';
import type {
  DatabaseDescriptor,
  RecordChange,
  RecordName,
  SharedContent,
  StoredRecord,
  TemplateDatabase,
} from '../../adapters/storage-adapter.ts';
import { type SubjectSelector, TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { Follower } from '../../core/follower.ts';
import type { RecordId } from '../../core/identifiers.ts';
import type { ReplicaFile } from './replica-file.ts';

const RECORDS_A_STEP = 1000;
const CHANGES_A_BATCH = 1000;
/** How long opening waits for a copy that is made for the first time: small ones are whole by then, milliseconds. */
const SOON_MS = 2000;
/** How often is looked whether the copy is whole, milliseconds. */
const WAIT_MS = 50;
/** How often it is noted at least that the database was reached, milliseconds. */
const NOTE_MS = 60_000;

/** What a copy is made of. */
export interface ReplicaParts {
  /** Opens the database that is followed; asked again after a failure. */
  readonly open: () => Promise<TemplateDatabase>;
  /** The file, to read records from. */
  readonly local: TemplateDatabase;
  /** The same file, to write changes to. */
  readonly file: ReplicaFile;
  readonly clock: Clock;
  /** How long the copy is believed after the database was reached last, milliseconds. */
  readonly believedMs: number;
  /** Told when the database is reached or not reached any more, and why. */
  readonly onLive: (live: boolean, cause: unknown) => void;
}

export class ReplicaDatabase extends TemplateDatabaseBase {
  readonly #parts: ReplicaParts;
  readonly #follower: Follower;
  readonly #watchers = new Set<() => void>();
  #inner: Promise<TemplateDatabase> | undefined;
  #noted = 0;

  constructor(descriptor: DatabaseDescriptor, parts: ReplicaParts) {
    super(descriptor);
    this.#parts = parts;
    const { clock, onLive } = parts;
    const watch = async (onHint: () => void) => (await this.#reached()).watch?.(onHint) ?? { [Symbol.dispose]() {} };
    this.#follower = new Follower({ watch, pull: () => this.#pull() }, { clock, onLive });
  }

  /**
   * Begins to follow, and to make the copy whole where it is not yet: whoever reads it waits for that. Rejects with
   * WHORL_E_OFFLINE when it cannot be begun. Small copies are whole when it resolves.
   */
  async begin(): Promise<void> {
    if (this.#parts.file.position !== undefined) return this.#follower.start();
    const whole = this.#follower.catchUp();
    whole.catch(() => undefined);
    await Promise.race([whole, pause(SOON_MS, undefined, { ref: false })]);
  }

  /** Resolves when the copy is whole, or the database is closed. */
  async whole(): Promise<void> {
    while (!this.isClosed && this.#parts.file.position === undefined) await pause(WAIT_MS);
  }

  /** How far the copy is. */
  get freshness(): Freshness {
    const { file, clock, believedMs } = this.#parts;
    const { position = { incarnation: '', change: 0, token: '' }, reachedMs } = file;
    const live = this.#follower.live === true;
    const isTooOld = !live && (reachedMs === undefined || clock.nowMs() - reachedMs > believedMs);
    return { live, reachedMs: live ? clock.nowMs() : reachedMs, isTooOld, position };
  }

  protected override async _add(record: Omit<StoredRecord, 'recordId'>): Promise<RecordId> {
    return await this.#written(async (inner) => await inner.add(record));
  }

  protected override async _addAll(records: readonly Omit<StoredRecord, 'recordId'>[]): Promise<readonly RecordId[]> {
    return await this.#written(async (inner) => (await inner.addAll?.(records)) ?? []);
  }

  protected override async _addChecked(
    records: readonly Omit<StoredRecord, 'recordId'>[],
    checked: Position,
  ): Promise<SharedWrite> {
    return await this.#written(async (inner) => await asked(inner.addChecked?.(records, checked)));
  }

  protected override async _replace(record: RecordName, template: Uint8Array): Promise<void> {
    const seen = this.#parts.file.markOf(record.recordId);
    if (seen === undefined) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    await this._replaceChecked(record, template, { seen });
  }

  protected override async _replaceChecked(
    record: RecordName,
    template: Uint8Array,
    options: { readonly seen: string; readonly mark?: string },
  ): Promise<Position> {
    return await this.#written(async (inner) => await asked(inner.replaceChecked?.(record, template, options)));
  }

  protected override async _delete(selector: SubjectSelector): Promise<readonly RecordId[]> {
    return await this.#written(async (inner) => await inner.delete(selector));
  }

  /** Says with empty batches that it waits for the copy. */
  protected override async *_query(selector: SubjectSelector): AsyncGenerator<readonly StoredRecord[]> {
    while (this.#parts.file.position === undefined) {
      yield [];
      await pause(WAIT_MS);
      if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
    }
    yield* this.#parts.local.query(selector);
  }

  protected override async _count(): Promise<number> {
    if (this.#parts.file.position === undefined) return await (await this.#reached()).count();
    return await this.#parts.local.count();
  }

  protected override async _position(): Promise<Position> {
    await this.#follower.catchUp();
    return this.freshness.position;
  }

  /** From the copy, which keeps the last changes. */
  protected override async *_changes(after: Position): AsyncGenerator<readonly RecordChange[]> {
    // Whoever has nothing yet reads the whole.
    if (after.incarnation === '') return;
    for (let from = after; ; ) {
      const kept = this.#parts.file.changes(from, CHANGES_A_BATCH);
      const last = kept.at(-1);
      if (last === undefined) return;
      const numbers = kept.flatMap(({ kind, recordId }) => (kind === 'deleted' ? [] : [recordId]));
      const records = new Map((await this._numbered(numbers)).map((record) => [record.recordId, record]));
      yield kept.map((change): RecordChange => {
        const record = change.kind === 'deleted' ? undefined : records.get(change.recordId);
        return { ...change, ...(record && { record }) };
      });
      from = last.position;
    }
  }

  protected override _watch(onHint: () => void): Disposable {
    this.#watchers.add(onHint);
    return { [Symbol.dispose]: () => void this.#watchers.delete(onHint) };
  }

  /** From the copy, as far as it is. */
  protected override async _load(part: SharedPart): Promise<SharedContent> {
    const { position } = this.freshness;
    return { position, records: partOf(this.#parts.local.query({}), part) };
  }

  protected override async _numbered(recordIds: readonly RecordId[]): Promise<readonly StoredRecord[]> {
    return this.#parts.file.records(recordIds);
  }

  /** Of the database itself. */
  protected override async *_ended(): AsyncGenerator<readonly string[]> {
    yield* (await this.#reached()).ended?.() ?? [];
  }

  protected override async _marks() {
    const marks = [...this.#parts.file.marks()].map(([recordId, mark]): RecordMark => ({ recordId, mark }));
    return { position: this.freshness.position, marks: inBatches(marks) };
  }

  protected override async _close(): Promise<void> {
    await this.#follower[Symbol.asyncDispose]();
    this.#parts.file.close();
    const inner = this.#inner;
    this.#inner = undefined;
    await this.#parts.local.close();
    await (await inner?.catch(() => undefined))?.close();
  }

  /** A write where the database is; this copy has it when the promise settles. */
  async #written<T>(write: (inner: TemplateDatabase) => Promise<T>): Promise<T> {
    const result = await write(await this.#reached());
    await this.#follower.catchUp();
    return result;
  }

  async #reached(): Promise<TemplateDatabase> {
    this.#inner ??= this.#parts.open();
    try {
      return await this.#inner;
    } catch (thrown) {
      this.#inner = undefined;
      throw thrown;
    }
  }

  async #pull(): Promise<void> {
    const { file, clock } = this.#parts;
    const inner = await this.#reached();
    const before = file.position;
    if (before === undefined) await this.#fill(inner);
    else {
      try {
        for await (const batch of inner.changes?.(before) ?? []) {
          if (this.isClosed) return;
          const from = file.position ?? before;
          requireNext(from, batch);
          file.apply(batch, clock.nowMs());
          await nextTurn();
        }
      } catch (thrown) {
        if (!isBiometricError(thrown) || thrown.code !== 'WHORL_E_RESYNC') throw thrown;
        await this.#resynchronize(inner);
      }
    }
    if (this.isClosed) return;
    const isNew = file.position?.change !== before?.change || file.position?.token !== before?.token;
    if (clock.nowMs() - this.#noted > NOTE_MS) {
      this.#noted = clock.nowMs();
      file.reached(this.#noted);
    }
    if (isNew) for (const watcher of this.#watchers) watcher();
  }

  /** The whole database, for the first time. */
  async #fill(inner: TemplateDatabase): Promise<void> {
    const { file, clock } = this.#parts;
    file.begin();
    const { position, records } = await asked(inner.load?.());
    let total = 0;
    for await (const batch of records) {
      for (let start = 0; start < batch.length; start += RECORDS_A_STEP) {
        if (this.isClosed) return;
        file.put(batch.slice(start, start + RECORDS_A_STEP));
        await nextTurn();
      }
      total += batch.length;
    }
    const copied = await this.#parts.local.count();
    if (copied !== total) {
      throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR', `the copy has ${copied} of ${total} records`);
    }
    file.finish(position, clock.nowMs());
  }

  /** The database has another history: what differs is read again. */
  async #resynchronize(inner: TemplateDatabase): Promise<void> {
    const { file, clock } = this.#parts;
    const mine = new Map(file.marks());
    const { position, marks } = await asked(inner.marks?.());
    const wanted: RecordId[] = [];
    for await (const batch of marks) {
      for (const { recordId, mark } of batch) {
        if (mine.get(recordId) !== mark) wanted.push(recordId);
        mine.delete(recordId);
      }
    }
    // Numbers that others have now come first: their owners may be those of records that are gone.
    const gone = [...mine.keys(), ...wanted];
    for (let start = 0; start < gone.length; start += RECORDS_A_STEP) {
      if (this.isClosed) return;
      file.remove(gone.slice(start, start + RECORDS_A_STEP));
      await nextTurn();
    }
    for (let start = 0; start < wanted.length; start += RECORDS_A_STEP) {
      const numbers = wanted.slice(start, start + RECORDS_A_STEP);
      const records = await asked(inner.numbered?.(numbers));
      if (this.isClosed) return;
      file.put(records);
    }
    file.finish(position, clock.nowMs());
  }
}

/** What has no gap follows what is here. Throws WHORL_E_RESYNC. */
function requireNext({ change, incarnation }: Position, batch: readonly RecordChange[]): void {
  const isNext = batch.every(
    ({ position }, i) => position.change === change + 1 + i && position.incarnation === incarnation,
  );
  if (!isNext) throw new BiometricError('WHORL_E_RESYNC', `what follows change ${change} is missing`);
}

async function* partOf(all: AsyncIterable<readonly StoredRecord[]>, { of, index }: SharedPart) {
  for await (const batch of all) {
    const mine = of === 1 ? batch : batch.filter(({ recordId }) => recordId % of === index);
    if (mine.length > 0) yield mine;
  }
}

async function* inBatches<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < all.length; start += CHANGES_A_BATCH) yield all.slice(start, start + CHANGES_A_BATCH);
}
