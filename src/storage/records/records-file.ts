/** A SQLite file of records: how it is made, opened and checked, and the secrets that it keeps sealed. */

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { BiometricError } from '../../core/biometric-error.ts';
import { storageError } from '../sqlite/sqlite-errors.ts';
import { makeFile } from '../sqlite/sqlite-file.ts';
import { type RecordKeys, RecordSeal } from './record-keys.ts';

/** What a file is. */
export interface RecordsFormat {
  /** For people: what it holds. */
  readonly name: string;
  /** So that other files are not taken for it. */
  readonly applicationId: number;
  readonly version: number;
  /** Its tables. */
  readonly schema: string;
}

/** A file with this path is in memory. */
export const IN_MEMORY = ':memory:';

const SECRET_BYTES = 32;
const SECRETS = `
  CREATE TABLE secret (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
`;

/** An open file. */
export class RecordsFile {
  readonly seal: RecordSeal;
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #statements = new Map<string, StatementSync>();
  readonly #secrets = new Map<string, Uint8Array>();

  /** Opens the file, making it if need be. Throws the codes of the storage contract. */
  constructor(path: string, format: RecordsFormat, keys: RecordKeys) {
    this.#path = path;
    this.seal = new RecordSeal(keys);
    try {
      const isNew = path === IN_MEMORY || !existsSync(path);
      if (path !== IN_MEMORY) makeFile(path);
      this.#db = new DatabaseSync(path, { timeout: 250 });
      try {
        this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
        this.#db.exec('PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY');
        this.#prepare(format, isNew);
      } catch (thrown) {
        this.#db.close();
        throw thrown;
      }
    } catch (thrown) {
      throw storageError(thrown, 'open');
    }
  }

  /** True until it is closed. */
  get isOpen(): boolean {
    return this.#db.isOpen;
  }

  /** A prepared statement; each is prepared once. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /** One transaction: wholly or not at all, and durable when it returns. Throws the codes of the storage contract. */
  transaction<T>(work: () => T): T {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (thrown) {
      throw storageError(thrown, 'write');
    } finally {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK');
    }
  }

  /** Does the work, and undoes it: what it returns is what it would have been. Throws the codes of the storage contract. */
  rehearsal<T>(work: () => T): T {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      return work();
    } catch (thrown) {
      throw storageError(thrown, 'write');
    } finally {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK');
    }
  }

  /** Makes tables that not every file of its format has. */
  ensure(schema: string): void {
    this.#db.exec(schema);
  }

  /** A secret of the file as it is sealed. */
  sealedSecret(name: string): Uint8Array {
    this.secret(name);
    return this.sql('SELECT sealed FROM secret WHERE name = ?').get(name)?.sealed as Uint8Array;
  }

  /** A secret of another file with the same keys. */
  openSecret(name: string, sealed: Uint8Array): Uint8Array {
    return this.seal.open(sealed, `secret ${name}`, `a secret of ${this.#path}`);
  }

  /** Puts a secret of another file with the same keys in the place of this one's; says whether it is another one. */
  adoptSecret(name: string, sealed: Uint8Array): boolean {
    const secret = this.openSecret(name, sealed);
    const isSame = Buffer.from(this.secret(name)).equals(secret);
    this.sql('INSERT OR REPLACE INTO secret VALUES (?, ?)').run(name, sealed);
    this.#secrets.set(name, secret);
    return !isSame;
  }

  /** A secret of the file, 32 bytes, made at its first use and the same under every master key. */
  secret(name: string): Uint8Array {
    const known = this.#secrets.get(name);
    if (known !== undefined) return known;
    const row = this.sql('SELECT sealed FROM secret WHERE name = ?').get(name);
    const secret =
      row === undefined
        ? randomBytes(SECRET_BYTES)
        : this.seal.open(row.sealed as Uint8Array, `secret ${name}`, `a secret of ${this.#path}`);
    if (row === undefined) {
      this.sql('INSERT INTO secret VALUES (?, ?)').run(name, this.seal.seal(secret, `secret ${name}`));
    }
    this.#secrets.set(name, secret);
    return secret;
  }

  /** Seals the secrets with the key that seals now; says how many were under another one. */
  resealSecrets(): number {
    let resealed = 0;
    for (const { name, sealed } of this.sql('SELECT name, sealed FROM secret').all()) {
      const anew = this.seal.resealed(sealed as Uint8Array, `secret ${name}`, `a secret of ${this.#path}`);
      if (anew === undefined) continue;
      this.sql('UPDATE secret SET sealed = ? WHERE name = ?').run(anew, String(name));
      resealed += 1;
    }
    return resealed;
  }

  /** Takes what was deleted out of the write-ahead log too. */
  emptyLog(): void {
    if (this.#path === IN_MEMORY) return;
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Closes it; can be closed twice. */
  close(): void {
    if (!this.#db.isOpen) return;
    this.#statements.clear();
    try {
      this.emptyLog();
    } finally {
      this.#db.close();
    }
  }

  #prepare({ name, applicationId, version, schema }: RecordsFormat, isNew: boolean): void {
    const pragma = (which: string) => Number(this.#db.prepare(`PRAGMA ${which}`).get()?.[which]);
    const tables = Number(this.#db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n);
    if (tables === 0 && (isNew || pragma('user_version') === 0)) {
      this.#db.exec(`BEGIN IMMEDIATE; ${SECRETS} ${schema}
        PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}; COMMIT`);
      return;
    }
    if (pragma('application_id') !== applicationId) {
      throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `${this.#path} is not ${name}`);
    }
    const found = pragma('user_version');
    if (found > version) {
      const text = `${this.#path} has schema ${found}, this version knows ${version}`;
      throw new BiometricError('WHORL_E_NEWER_FORMAT', text);
    }
  }
}
