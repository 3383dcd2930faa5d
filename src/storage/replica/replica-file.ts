/**
 * The file of a copy: a template database of the shared record's bytes, with the numbers they have there, how far it is,
 * and the last changes.
 */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position, RecordMark } from '../../adapters/shared-history.ts';
import type { RecordChange, StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { storageError } from '../sqlite/sqlite-errors.ts';
import { COLUMNS, recordOf, recordValues } from '../sqlite/sqlite-record.ts';

/** Changes that are kept to tell whoever reads this copy; one that is further behind reads it anew. */
const CHANGES_KEPT = 50_000;
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS replica (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    incarnation TEXT NOT NULL,
    change INTEGER NOT NULL,
    token TEXT NOT NULL,
    reached_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS mark (record_id INTEGER PRIMARY KEY, mark TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS change (
    change INTEGER PRIMARY KEY,
    token TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    mark TEXT NOT NULL
  ) STRICT;
`;
const PUT = `INSERT OR REPLACE INTO record
  (record_id, identity_type, identity_value, sub_factor, template, payload, index_vector) VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** A change without its record, as the file keeps it. */
export type KeptChange = Omit<RecordChange, 'record'>;

export class ReplicaFile {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #position: Position | undefined;
  #reachedMs: number | undefined;

  /** `db` becomes its own: a connection to a template database that may write. */
  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(SCHEMA);
    const row = db.prepare('SELECT * FROM replica').get();
    if (row !== undefined) {
      this.#position = {
        incarnation: String(row.incarnation),
        change: Number(row.change),
        token: String(row.token),
      };
      this.#reachedMs = Number(row.reached_ms);
    }
  }

  /** How far the copy is; undefined before it was made whole for the first time. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** When the record was reached last, milliseconds since 1970. */
  get reachedMs(): number | undefined {
    return this.#reachedMs;
  }

  /** Notes that the record was reached. */
  reached(nowMs: number): void {
    this.#reachedMs = nowMs;
    this.#sql('UPDATE replica SET reached_ms = ?').run(nowMs);
  }

  /** Makes changes, all or none. */
  apply(changes: readonly RecordChange[], nowMs: number): void {
    const last = changes.at(-1);
    if (last === undefined) return;
    let deleted = false;
    this.#transaction(() => {
      for (const { kind, recordId, mark, record, position } of changes) {
        if (kind === 'deleted') {
          this.#remove(recordId);
          deleted = true;
        } else if (record !== undefined) this.#put(record, mark);
        this.#sql('INSERT OR REPLACE INTO change VALUES (?, ?, ?, ?, ?)').run(
          position.change,
          position.token,
          kind,
          recordId,
          mark,
        );
      }
      this.#sql('DELETE FROM change WHERE change <= ?').run(last.position.change - CHANGES_KEPT);
      this.#write(last.position, nowMs);
    });
    this.#at(last.position, nowMs);
    // What was deleted leaves the write-ahead log, too.
    if (deleted) this.emptyLog();
  }

  /** Empties the copy: what was in it is not believed any more until {@link finish}. */
  begin(): void {
    this.#transaction(() => {
      this.#db.exec('DELETE FROM replica; DELETE FROM record; DELETE FROM mark; DELETE FROM change');
    });
    this.#position = undefined;
  }

  /** Puts records into it, all or none; the copy is not further than before. */
  put(records: readonly StoredRecord[]): void {
    this.#transaction(() => {
      for (const record of records) this.#put(record, record.mark ?? '');
    });
  }

  /** Takes records away, all or none; the copy is not further than before. */
  remove(recordIds: readonly RecordId[]): void {
    this.#transaction(() => {
      for (const recordId of recordIds) this.#remove(recordId);
    });
  }

  /** The copy is whole, and as far as this. Changes before it are not told any more. */
  finish(position: Position, nowMs: number): void {
    this.#transaction(() => {
      this.#db.exec('DELETE FROM change');
      this.#write(position, nowMs);
    });
    this.#at(position, nowMs);
    this.emptyLog();
  }

  /** Which version of each record it has. */
  marks(): ReadonlyMap<RecordId, string> {
    const rows = this.#sql('SELECT record_id, mark FROM mark').all();
    return new Map(rows.map(({ record_id, mark }): [RecordId, string] => [Number(record_id), String(mark)]));
  }

  /** Version of a record; undefined without one. */
  markOf(recordId: RecordId): RecordMark['mark'] | undefined {
    const row = this.#sql('SELECT mark FROM mark WHERE record_id = ?').get(recordId);
    return row && String(row.mark);
  }

  /** Records by their numbers, those that are there, by ascending number. */
  records(recordIds: readonly RecordId[]): readonly StoredRecord[] {
    const statement = this.#sql(`SELECT ${COLUMNS} FROM record WHERE record_id = ?`);
    return [...new Set(recordIds)]
      .sort((a, b) => a - b)
      .flatMap((recordId) => {
        const row = statement.get(recordId);
        return row === undefined ? [] : [{ ...recordOf(Object.values(row)), mark: this.markOf(recordId) ?? '' }];
      });
  }

  /** Some changes after a position. Throws WHORL_E_RESYNC when they are not kept. */
  changes(after: Position, most: number): readonly KeptChange[] {
    const { incarnation } = after;
    const current = this.#position;
    if (current === undefined || !this.#knows(after, current)) {
      throw new BiometricError('WHORL_E_RESYNC', `change ${after.change} is not known any more`);
    }
    const rows = this.#sql('SELECT * FROM change WHERE change > ? ORDER BY change LIMIT ?').all(after.change, most);
    return rows.map((row) => ({
      position: { incarnation, change: Number(row.change), token: String(row.token) },
      kind: String(row.kind) as KeptChange['kind'],
      recordId: Number(row.record_id),
      mark: String(row.mark),
    }));
  }

  /** Takes what was deleted out of the write-ahead log. */
  emptyLog(): void {
    try {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The change itself is committed; a lock on the log is no reason to report it as failed.
    }
  }

  /** Closes it; can be closed twice. */
  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #knows(after: Position, current: Position): boolean {
    if (after.incarnation !== current.incarnation || after.change > current.change) return false;
    if (after.change === current.change) return after.token === current.token;
    const row = this.#sql('SELECT token FROM change WHERE change = ?').get(after.change);
    return row !== undefined && String(row.token) === after.token;
  }

  #put(record: StoredRecord, mark: string): void {
    this.#sql(PUT).run(record.recordId, ...recordValues(record));
    this.#sql('INSERT OR REPLACE INTO mark VALUES (?, ?)').run(record.recordId, mark);
  }

  #remove(recordId: RecordId): void {
    this.#sql('DELETE FROM record WHERE record_id = ?').run(recordId);
    this.#sql('DELETE FROM mark WHERE record_id = ?').run(recordId);
  }

  #write({ incarnation, change, token }: Position, nowMs: number): void {
    this.#sql('INSERT OR REPLACE INTO replica VALUES (1, ?, ?, ?, ?)').run(incarnation, change, token, nowMs);
  }

  #at(position: Position, nowMs: number): void {
    this.#position = position;
    this.#reachedMs = nowMs;
  }

  #sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  #transaction(work: () => void): void {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      work();
      this.#db.exec('COMMIT');
    } catch (thrown) {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw storageError(thrown, 'write');
    }
  }
}
