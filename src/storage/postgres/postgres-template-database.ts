/** An open database of PostgreSQL. Each change is one transaction, which takes the row of the database first. */

import { createHash } from 'node:crypto';
import type { Position, RecordMark, SharedPart, SharedWrite } from '../../adapters/shared-history.ts';
import type {
  DatabaseDescriptor,
  RecordChange,
  RecordName,
  SharedContent,
  StoredRecord,
} from '../../adapters/storage-adapter.ts';
import { type SubjectSelector, TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { CopyParser, type CopyRow } from './copy-parser.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { checkedValues, isSamePosition, positionOf, rowsAfter } from './postgres-history.ts';
import { bytesOfVector, conditionOf, markOfCopy, ownerColumns, recordOfCopy, recordOfRow } from './postgres-record.ts';
import type { PostgresSession, PostgresWork, Row } from './postgres-session.ts';
import { statementsFor } from './postgres-statements.ts';

type CheckedRecord = Omit<StoredRecord, 'recordId'>;

const BATCH_RECORDS = 256;
/** Of what is read whole. */
const LOAD_RECORDS = 2048;
/** Marks of deleted versions in a batch. */
const ENDED_A_BATCH = 5000;
const BATCH_CHANGES = 1000;
/** Records of one statement, so that each takes less than the time of an answer. */
const STATEMENT_RECORDS = 1000;
/** A deletion may be of everything: it may take this many answers. */
const LONG_ANSWERS = 20;
const KINDS: Readonly<Record<number, RecordChange['kind']>> = { 1: 'stored', 2: 'replaced', 3: 'deleted' };
const SNAPSHOT = 'begin isolation level repeatable read read only';
const MARK_BYTES = 16;

/** An open database over the connections of its adapter. */
export class PostgresTemplateDatabase extends TemplateDatabaseBase {
  readonly #connection: PostgresConnection;
  readonly #statements: ReturnType<typeof statementsFor>;
  readonly #reading = new Set<PostgresSession>();
  readonly #watching = new Set<Disposable>();

  constructor(descriptor: DatabaseDescriptor, connection: PostgresConnection) {
    super(descriptor);
    this.#connection = connection;
    this.#statements = statementsFor(connection.schema, connection.channel);
  }

  protected override async _add(record: CheckedRecord): Promise<RecordId> {
    const { recordIds } = await this.#addGroup([record], undefined);
    return recordIds[0] as RecordId;
  }

  protected override async _addAll(records: readonly CheckedRecord[]): Promise<readonly RecordId[]> {
    return (await this.#addGroup(records, undefined)).recordIds;
  }

  protected override async _addChecked(records: readonly CheckedRecord[], checked: Position): Promise<SharedWrite> {
    return await this.#addGroup(records, checked);
  }

  protected override async _replace(name: RecordName, template: Uint8Array): Promise<void> {
    await this.#put(name, template, undefined, markOf(template));
  }

  protected override async _replaceChecked(
    name: RecordName,
    template: Uint8Array,
    { seen, mark = markOf(template) }: { readonly seen: string; readonly mark?: string },
  ): Promise<Position> {
    return await this.#put(name, template, seen, mark);
  }

  protected override async _delete({ identity, subFactor }: SubjectSelector): Promise<readonly RecordId[]> {
    const owner = identity === undefined ? [null, null] : ownerColumns(identity);
    const values = [this.descriptor.databaseId, ...owner, subFactor ?? null, this.#connection.site];
    const work = async (session: PostgresWork) => {
      await this.#lock(session);
      return await session.query({ text: this.#statements.delete, values });
    };
    const rows =
      identity === undefined ? await this.#takingLong(work) : await this.#connection.transaction('write', work);
    return rows.map(({ record_id }) => Number(record_id));
  }

  protected override async *_query(selector: SubjectSelector): AsyncGenerator<readonly StoredRecord[]> {
    const { databaseId } = this.descriptor;
    const { identity, subFactor } = selector;
    if (identity !== undefined) {
      const values = [databaseId, ...ownerColumns(identity), subFactor ?? null];
      const rows = await this.#run('ofOwner', values);
      if (rows.length > 0) yield rows.map(recordOfRow);
      return;
    }
    const session = await this.#readAlone();
    yield* this.#copied(
      session,
      this.#statements.copyRecords(conditionOf(databaseId, selector)),
      recordOfCopy,
      BATCH_RECORDS,
    );
  }

  protected override async _count(): Promise<number> {
    const [row] = await this.#run('count', [this.descriptor.databaseId]);
    return Number(this.#present(row).record_count);
  }

  protected override async _position(): Promise<Position> {
    const [row] = await this.#run('position', [this.descriptor.databaseId]);
    return positionOf(this.#present(row));
  }

  protected override async *_changes(after: Position): AsyncGenerator<readonly RecordChange[]> {
    for (let last = after; ; ) {
      const isFromStart = last.change === 0;
      const rows = await this.#run('changes', [this.descriptor.databaseId, last.change, BATCH_CHANGES + 1]);
      const changes = rowsAfter(rows, last, isFromStart).map(changeOf);
      if (changes.length > 0) yield changes;
      if (rows.length <= BATCH_CHANGES) return;
      if (this.isClosed) throw closed();
      last = (changes.at(-1) as RecordChange).position;
    }
  }

  protected override _watch(onHint: () => void): Disposable {
    const watching = this.#connection.watch(this.descriptor.databaseId.toLowerCase(), onHint);
    this.#watching.add(watching);
    return {
      [Symbol.dispose]: () => {
        this.#watching.delete(watching);
        watching[Symbol.dispose]();
      },
    };
  }

  protected override async _load({ of, index }: SharedPart): Promise<SharedContent> {
    const condition = `${conditionOf(this.descriptor.databaseId, {})}${of === 1 ? '' : ` and record_id % ${of} = ${index}`}`;
    const { session, position } = await this.#snapshot();
    const records = this.#copied(session, this.#statements.copyRecords(condition), recordOfCopy, LOAD_RECORDS);
    return { position, records };
  }

  protected override async _numbered(recordIds: readonly RecordId[]): Promise<readonly StoredRecord[]> {
    const found: StoredRecord[] = [];
    const wanted = [...new Set(recordIds)].sort((a, b) => a - b);
    for (let start = 0; start < wanted.length; start += STATEMENT_RECORDS) {
      const values = [this.descriptor.databaseId, wanted.slice(start, start + STATEMENT_RECORDS)];
      found.push(...(await this.#run('numbered', values)).map(recordOfRow));
    }
    return found;
  }

  protected override async *_ended(): AsyncGenerator<readonly string[]> {
    for (let after = 0; ; ) {
      const rows = await this.#run('ended', [this.descriptor.databaseId, after, ENDED_A_BATCH]);
      if (rows.length > 0) yield rows.map(({ mark }) => String(mark));
      if (rows.length < ENDED_A_BATCH) return;
      if (this.isClosed) throw closed();
      after = Number(rows.at(-1)?.change);
    }
  }

  protected override async _marks(): Promise<{
    readonly position: Position;
    readonly marks: AsyncIterable<readonly RecordMark[]>;
  }> {
    const { session, position } = await this.#snapshot();
    const condition = conditionOf(this.descriptor.databaseId, {});
    const marks = this.#copied(session, this.#statements.copyMarks(condition), markOfCopy, LOAD_RECORDS);
    return { position, marks };
  }

  protected override async _close(): Promise<void> {
    for (const watching of this.#watching) watching[Symbol.dispose]();
    for (const session of this.#reading) session.destroy();
  }

  async #addGroup(records: readonly CheckedRecord[], checked: Position | undefined): Promise<SharedWrite> {
    if (records.length <= STATEMENT_RECORDS) {
      return await this.#addSome((values) => this.#run('add', values, 'write'), records, checked);
    }
    return await this.#connection.transaction('write', async (session) => {
      const recordIds: RecordId[] = [];
      let position = checked;
      for (let start = 0; start < records.length; start += STATEMENT_RECORDS) {
        const some = records.slice(start, start + STATEMENT_RECORDS);
        const query = (values: readonly unknown[]) => session.query({ text: this.#statements.add, values });
        // What comes after the first statement holds the row: nobody else writes.
        const written = await this.#addSome(query, some, start === 0 ? checked : undefined);
        recordIds.push(...written.recordIds);
        position = written.position;
      }
      return { recordIds, position: position as Position };
    });
  }

  async #addSome(
    query: (values: readonly unknown[]) => Promise<readonly Row[]>,
    records: readonly CheckedRecord[],
    checked: Position | undefined,
  ): Promise<SharedWrite> {
    const owners = records.map(({ identity }) => ownerColumns(identity));
    const values = [
      this.descriptor.databaseId,
      owners.map(([type]) => type),
      owners.map(([, bytes]) => bytes),
      records.map(({ subFactor }) => subFactor),
      records.map(({ template }) => asBuffer(template)),
      records.map(({ payload }) => asBuffer(payload)),
      records.map(({ indexVector }) => bytesOfVector(indexVector)),
      records.map(({ template, mark = markOf(template) }) => Buffer.from(mark, 'hex')),
      this.#connection.site,
      this.descriptor.recordLimit ?? null,
      ...checkedValues(checked),
    ];
    for (;;) {
      const [head] = await query(values);
      if (head !== undefined) {
        const first = Number(head.last_record) + 1;
        return { recordIds: records.map((_, i) => first + i), position: positionOf(head) };
      }
      await this.#tellRefusal(records.length, checked);
    }
  }

  /** Why nothing was stored. Whatever was in the way may be gone again: then nothing is thrown, and it is tried again. */
  async #tellRefusal(records: number, checked: Position | undefined): Promise<void> {
    const [row] = await this.#run('state', [this.descriptor.databaseId]);
    const now = positionOf(this.#present(row));
    if (checked !== undefined && !isSamePosition(now, checked)) {
      throw new BiometricError('WHORL_E_STALE', `change ${now.change} was made since change ${checked.change}`);
    }
    const { recordLimit = Number.POSITIVE_INFINITY } = this.descriptor;
    if (Number(row?.record_count) + records > recordLimit) throw new BiometricError('WINBIO_E_DATABASE_FULL');
  }

  async #put(name: RecordName, template: Uint8Array, seen: string | undefined, mark: string): Promise<Position> {
    const { recordId, identity, subFactor } = name;
    const which = [this.descriptor.databaseId, recordId, ...ownerColumns(identity), subFactor];
    return await this.#connection.transaction('write', async (session) => {
      await this.#lock(session);
      const values = [...which, asBuffer(template), mark, seen ?? null, this.#connection.site];
      const [head] = await session.query({ text: this.#statements.replace, values });
      if (head !== undefined) return positionOf(head);
      const [record] = await session.query({ text: this.#statements.has, values: which });
      if (record === undefined) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
      throw new BiometricError('WHORL_E_STALE', 'the record was replaced meanwhile');
    });
  }

  async #lock(session: PostgresWork): Promise<void> {
    const [row] = await session.query({ text: this.#statements.lock, values: [this.descriptor.databaseId] });
    this.#present(row);
  }

  async #takingLong<T>(work: (session: PostgresWork) => Promise<T>): Promise<T> {
    const session = await this.#connection.alone('write', LONG_ANSWERS * this.#connection.timeoutMs);
    try {
      return await session.transaction(work);
    } finally {
      session.destroy();
    }
  }

  async #run(
    name: 'add' | 'changes' | 'count' | 'ended' | 'numbered' | 'ofOwner' | 'position' | 'state',
    values: readonly unknown[],
    action: 'read' | 'write' = 'read',
  ): Promise<readonly Row[]> {
    return await this.#connection.run(action, { name: `whorl ${name}`, text: this.#statements[name], values });
  }

  /** One moment of the history, on a connection that stays in it. */
  async #snapshot(): Promise<{ readonly session: PostgresSession; readonly position: Position }> {
    const session = await this.#readAlone();
    try {
      await session.query({ text: SNAPSHOT });
      const values = [this.descriptor.databaseId];
      const [row] = await session.query({ text: this.#statements.position, values });
      return { session, position: positionOf(this.#present(row)) };
    } catch (thrown) {
      this.#endReading(session);
      throw thrown;
    }
  }

  async #readAlone(): Promise<PostgresSession> {
    const session = await this.#connection.alone('read');
    this.#reading.add(session);
    if (this.isClosed) {
      this.#endReading(session);
      throw closed();
    }
    return session;
  }

  #endReading(session: PostgresSession): void {
    this.#reading.delete(session);
    session.destroy();
  }

  /** Rows of a copy in batches; the connection ends with it. */
  async *#copied<T>(
    session: PostgresSession,
    sql: string,
    itemOf: (columns: CopyRow) => T,
    size: number,
  ): AsyncGenerator<readonly T[]> {
    const parser = new CopyParser();
    let batch: T[] = [];
    try {
      for await (const piece of session.copy(sql)) {
        for (const row of parser.push(piece)) {
          batch.push(itemOf(row));
          if (batch.length < size) continue;
          yield batch;
          if (this.isClosed) throw closed();
          batch = [];
        }
      }
      if (!parser.hasEnded) throw new BiometricError('WHORL_E_OFFLINE', 'PostgreSQL: the connection ended');
    } catch (thrown) {
      throw this.isClosed ? closed() : thrown;
    } finally {
      this.#endReading(session);
    }
    if (batch.length > 0) yield batch;
  }

  #present(row: Row | undefined): Row {
    if (row !== undefined) return row;
    throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND', `the database ${this.descriptor.databaseId} was erased`);
  }
}

function changeOf(row: Row): RecordChange {
  return {
    position: positionOf(row),
    kind: KINDS[Number(row.kind)] as RecordChange['kind'],
    recordId: Number(row.number),
    mark: String(row.change_mark),
    ...(row.record_id !== null && { record: recordOfRow(row) }),
  };
}

/** Names a version by its template. */
function markOf(template: Uint8Array): string {
  const digest = createHash('sha256').update(template).digest('hex');
  return digest.slice(0, 2 * MARK_BYTES);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function closed(): BiometricError {
  return new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
}
