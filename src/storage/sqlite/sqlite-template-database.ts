/**
 * An open SQLite database. Each change is one transaction that holds the write lock from its first statement. A
 * query reads from a connection of its own, whose read transaction keeps the records as they were when it began.
 */

import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseDescriptor, RecordName, StoredRecord } from '../../adapters/storage-adapter.ts';
import { type SubjectSelector, TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { retryWhileBusy } from './retry-while-busy.ts';
import { storageError } from './sqlite-errors.ts';
import { connect, pathOf } from './sqlite-file.ts';
import { COLUMNS, ownerColumns, recordOf, recordValues } from './sqlite-record.ts';

const BATCH_RECORDS = 256;
const INSERT = `INSERT INTO record (identity_type, identity_value, sub_factor, template, payload, index_vector)
  VALUES (?, ?, ?, ?, ?, ?)`;

interface WaitingRecord {
  readonly record: Omit<StoredRecord, 'recordId'>;
  readonly resolve: (recordId: RecordId) => void;
  readonly reject: (thrown: unknown) => void;
}

/** An open database over its connection to the file. */
export class SqliteTemplateDatabase extends TemplateDatabaseBase {
  readonly #db: DatabaseSync;
  readonly #readers = new Set<DatabaseSync>();
  /** Prepared once: there are as many as kinds of questions. */
  readonly #statements = new Map<string, StatementSync>();
  /** Records of this turn of the event loop. */
  #waiting: WaitingRecord[] = [];

  /** `db` becomes its own. */
  constructor(descriptor: DatabaseDescriptor, db: DatabaseSync) {
    super(descriptor);
    this.#db = db;
  }

  /** Those that are added in one turn of the event loop are one transaction, and so one write to the disk. */
  protected override _add(record: Omit<StoredRecord, 'recordId'>): Promise<RecordId> {
    const { promise, resolve, reject } = Promise.withResolvers<RecordId>();
    if (this.#waiting.push({ record, resolve, reject }) === 1) setImmediate(() => void this.#addWaiting());
    return promise;
  }

  /** One transaction. */
  protected override async _addAll(records: readonly Omit<StoredRecord, 'recordId'>[]): Promise<readonly RecordId[]> {
    await this.#addWaiting();
    const { recordLimit } = this.descriptor;
    return await retryWhileBusy('write', () =>
      this.#transaction(() => {
        const recordIds = records.map((record) => this.#insert(record));
        if (recordLimit !== undefined && countRecords(this.#db) > recordLimit) {
          throw new BiometricError('WINBIO_E_DATABASE_FULL');
        }
        return recordIds;
      }),
    );
  }

  protected override async _replace({ recordId }: RecordName, template: Uint8Array): Promise<void> {
    await this.#addWaiting();
    const { changes } = await retryWhileBusy('write', () =>
      this.#transaction(() =>
        this.#db.prepare('UPDATE record SET template = ? WHERE record_id = ?').run(template, recordId),
      ),
    );
    if (Number(changes) === 0) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
  }

  protected override async _delete(selector: SubjectSelector): Promise<readonly RecordId[]> {
    await this.#addWaiting();
    const { where, values } = condition(selector);
    const gone = await retryWhileBusy('write', () =>
      this.#transaction(() => this.#db.prepare(`DELETE FROM record ${where} RETURNING record_id`).all(...values)),
    );
    if (gone.length > 0) this.#emptyLog();
    return gone.map((row) => Number(row.record_id)).sort((a, b) => a - b);
  }

  protected override async *_query(selector: SubjectSelector): AsyncGenerator<readonly StoredRecord[]> {
    await this.#addWaiting();
    const { where, values } = condition(selector);
    const columns = `SELECT ${COLUMNS} FROM record ${where} ORDER BY record_id`;
    if (selector.identity !== undefined) {
      // The fingers of one owner are read in one step, which needs no connection that keeps them as they are.
      const found = await retryWhileBusy('read', () => this.#statement(columns).all(...values));
      if (found.length > 0) yield (found as unknown as SQLOutputValue[][]).map(recordOf);
      return;
    }
    const reader = await retryWhileBusy('read', () => connect(pathOf(this.descriptor), true));
    this.#readers.add(reader);
    try {
      const statement = reader.prepare(columns);
      statement.setReturnArrays(true);
      const rows = statement.iterate(...values) as unknown as Iterator<readonly SQLOutputValue[]>;
      let next = await retryWhileBusy('read', () => rows.next());
      while (!next.done) {
        const batch: StoredRecord[] = [];
        for (; !next.done && batch.length < BATCH_RECORDS; next = rows.next()) batch.push(recordOf(next.value));
        yield batch;
        // Other work gets its turn between two batches.
        await nextTurn();
        if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'database is closed');
      }
    } catch (error) {
      throw storageError(error, 'read');
    } finally {
      if (this.#readers.delete(reader)) reader.close();
    }
  }

  protected override async _count(): Promise<number> {
    await this.#addWaiting();
    return await retryWhileBusy('read', () => countRecords(this.#db));
  }

  protected override async _close(): Promise<void> {
    await this.#addWaiting();
    try {
      for (const reader of this.#readers) {
        this.#readers.delete(reader);
        reader.close();
      }
      this.#emptyLog();
    } finally {
      await retryWhileBusy('close', () => this.#db.close());
    }
  }

  /** Adds what waits; each record is accepted or refused by itself, and told after the commit. */
  async #addWaiting(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const group = this.#waiting;
    this.#waiting = [];
    try {
      const outcomes = await retryWhileBusy('write', () => this.#transaction(() => this.#insertEach(group)));
      for (const [i, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[i] as RecordId | BiometricError;
        if (typeof outcome === 'number') resolve(outcome);
        else reject(outcome);
      }
    } catch (thrown) {
      for (const { reject } of group) reject(thrown);
    }
  }

  #insertEach(group: readonly WaitingRecord[]): (RecordId | BiometricError)[] {
    const { recordLimit = Number.POSITIVE_INFINITY } = this.descriptor;
    let records = recordLimit === Number.POSITIVE_INFINITY ? 0 : countRecords(this.#db);
    return group.map(({ record }) => {
      if (records >= recordLimit) return new BiometricError('WINBIO_E_DATABASE_FULL');
      try {
        const recordId = this.#insert(record);
        records += 1;
        return recordId;
      } catch (thrown) {
        // A statement that breaks a constraint is undone by itself.
        const fault = storageError(thrown, 'write');
        if (fault.code === 'WINBIO_E_DUPLICATE_ENROLLMENT') return fault;
        throw thrown;
      }
    });
  }

  #insert(record: Omit<StoredRecord, 'recordId'>): RecordId {
    return Number(this.#statement(INSERT).run(...recordValues(record)).lastInsertRowid);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }

  #transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } finally {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    }
  }

  /**
   * Removes deleted templates from the write-ahead log; pages that a running query still reads stay until the next
   * time.
   */
  #emptyLog(): void {
    try {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The change itself is committed; a lock on the log is no reason to report it as failed.
    }
  }
}

function countRecords(db: DatabaseSync): number {
  return Number(db.prepare('SELECT count(*) AS n FROM record').get()?.n);
}

function condition(selector: SubjectSelector): { where: string; values: SQLInputValue[] } {
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  if (selector.identity !== undefined) {
    parts.push('identity_type = ? AND identity_value = ?');
    values.push(...ownerColumns(selector.identity));
  }
  if (selector.subFactor !== undefined) {
    parts.push('sub_factor = ?');
    values.push(selector.subFactor);
  }
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}
