/** The file of a database: its content, and how it is made, opened and checked. WBF: storage 4, 14. */

import { accessSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DatabaseDescriptor } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { makeFolder } from '../make-folder.ts';

/** Version of {@link SCHEMA}; a file with a higher one was written by a newer Whorl. */
const SCHEMA_VERSION = 2;
/** `WHRL`, so that other SQLite files are not taken for ours. */
const APPLICATION_ID = 0x5748_524c;
/** Files up to this size are checked in full when they are opened. */
const FULL_CHECK_BYTES = 32 * 1024 * 1024;

// AUTOINCREMENT: a record number is never reused. The unique index lets only one of two commits win.
const SCHEMA = `
  CREATE TABLE database (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    database_id TEXT NOT NULL,
    factor INTEGER NOT NULL,
    template_format TEXT NOT NULL,
    index_length INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE record (
    record_id INTEGER PRIMARY KEY AUTOINCREMENT,
    identity_type INTEGER NOT NULL CHECK (identity_type IN (2, 3)),
    identity_value BLOB NOT NULL,
    sub_factor INTEGER NOT NULL CHECK (sub_factor BETWEEN 1 AND 254),
    template BLOB NOT NULL CHECK (length(template) > 0),
    payload BLOB NOT NULL,
    index_vector BLOB NOT NULL DEFAULT x''
  ) STRICT;
  CREATE UNIQUE INDEX record_owner ON record (identity_type, identity_value, sub_factor);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** From schema 1, which had no index vectors. */
const UPGRADE_1 = `
  ALTER TABLE database ADD COLUMN index_length INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE record ADD COLUMN index_vector BLOB NOT NULL DEFAULT x'';
  PRAGMA user_version = 2;
`;

/** The path of a file database. Throws E_INVALIDARG for a descriptor without one. */
export function pathOf(descriptor: DatabaseDescriptor): string {
  if (!descriptor.path) throw new BiometricError('E_INVALIDARG', 'a file database needs a path');
  return descriptor.path;
}

/** A connection to a file; reads nothing yet. */
export function connect(path: string, readOnly = false): DatabaseSync {
  return new DatabaseSync(path, { readOnly, timeout: 0 });
}

/**
 * Creates the file, empty and accessible to its owner only, when it does not exist. SQLite gives its side files the
 * same mode.
 */
export function makeFile(path: string): void {
  makeFolder(dirname(path), 0o700);
  if (!existsSync(path)) closeSync(openSync(path, 'ax', 0o600));
}

/**
 * A writing connection to a sound database. Throws WINBIO_E_DATABASE_CANT_FIND, errors of SQLite unmapped, and those of
 * {@link checkFile}.
 */
export function openFile(descriptor: DatabaseDescriptor, create: boolean): DatabaseSync {
  const path = pathOf(descriptor);
  if (create) makeFile(path);
  else if (!existsSync(path)) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND', `there is no file ${path}`);
  // SQLite opens a file that it may only read without a word, and leaves side files of that mode beside it.
  accessSync(path, constants.R_OK | constants.W_OK);
  const db = connect(path);
  try {
    // Before the first write: states what the file is.
    if (isEmpty(db)) {
      if (!create) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND', `${path} is empty`);
      db.exec('PRAGMA journal_mode = WAL');
      initialize(db, descriptor);
    }
    checkFile(db, descriptor);
    upgrade(db);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Throws WHORL_E_NEWER_FORMAT for a schema of a later version, WINBIO_E_DATABASE_CORRUPTED for a file that is not ours,
 * is damaged, or belongs to another descriptor.
 */
export function checkFile(db: DatabaseSync, descriptor: DatabaseDescriptor): void {
  if (pragma(db, 'application_id') !== APPLICATION_ID) throw corrupted('is not a template database');
  const version = pragma(db, 'user_version');
  if (version > SCHEMA_VERSION) {
    throw new BiometricError(
      'WHORL_E_NEWER_FORMAT',
      `the database has schema ${version}, this version knows ${SCHEMA_VERSION}`,
    );
  }
  if (statSync(pathOf(descriptor)).size <= FULL_CHECK_BYTES) {
    const [verdict] = db.prepare('PRAGMA quick_check(1)').all();
    if (verdict?.quick_check !== 'ok') throw corrupted('is damaged');
  }
  const row = db.prepare('SELECT database_id, factor, template_format FROM database').get();
  if (row?.database_id !== descriptor.databaseId) throw corrupted('has another database id');
  if (row.factor !== descriptor.factor || row.template_format !== descriptor.templateFormat) {
    throw corrupted('holds templates of another format');
  }
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n === 0 && pragma(db, 'user_version') === 0;
}

function initialize(db: DatabaseSync, descriptor: DatabaseDescriptor): void {
  db.exec('BEGIN IMMEDIATE');
  // Another process may have been first.
  if (!isEmpty(db)) {
    db.exec('ROLLBACK');
    return;
  }
  db.exec(SCHEMA);
  db.prepare('INSERT INTO database VALUES (1, ?, ?, ?, ?)').run(
    descriptor.databaseId,
    descriptor.factor,
    descriptor.templateFormat,
    descriptor.indexLength ?? 0,
  );
  db.exec('COMMIT');
}

/** True for a template database with records, at this path. Throws errors of SQLite unmapped. */
export function hasRecords(path: string): boolean {
  using db = connect(path, true);
  if (pragma(db, 'application_id') !== APPLICATION_ID) return false;
  return db.prepare('SELECT 1 FROM record LIMIT 1').get() !== undefined;
}

/** Brings a file that an earlier version wrote to the schema of this one. */
function upgrade(db: DatabaseSync): void {
  if (pragma(db, 'user_version') === SCHEMA_VERSION) return;
  db.exec('BEGIN IMMEDIATE');
  // Another process may have been first.
  if (pragma(db, 'user_version') === 1) db.exec(UPGRADE_1);
  db.exec('COMMIT');
}

/** Numbers in the index vector of each record. */
export function indexLengthOf(db: DatabaseSync): number {
  return Number(db.prepare('SELECT index_length FROM database').get()?.index_length);
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function corrupted(text: string): BiometricError {
  return new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `the file ${text}`);
}
