/** A copy of a database as it was at one moment, while others write to it. */

import { createHash } from 'node:crypto';
import { backup, type DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import { storageError } from './sqlite-errors.ts';
import { connect } from './sqlite-file.ts';

/** What a database holds. */
export interface DatabaseContent {
  readonly records: number;
  /** SHA-256 over all records in their order, hexadecimal. */
  readonly digest: string;
  /** What was noted of each template, as it is stored. */
  readonly notes: readonly string[];
}

/** Notes something of a template as it is stored; undefined for nothing. */
export type NoteOf = (template: Uint8Array) => string | undefined;

const PAGES_A_STEP = 1024;
const RECORDS_A_TURN = 256;

/**
 * Copies a database to a file that does not exist, and returns what the source held at that moment. Rejects with
 * WINBIO_E_DATABASE_READ_ERROR and the like; what `onProgress` throws ends the copy.
 */
export async function snapshotDatabase(
  path: string,
  target: string,
  noteOf: NoteOf,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<DatabaseContent> {
  try {
    using source = connect(path, true);
    // The read transaction keeps the pages as they are now: the copy never begins again.
    source.exec('BEGIN');
    const content = await contentOf(source, noteOf);
    await copyPages(source, target, onProgress);
    return content;
  } catch (thrown) {
    throw storageError(thrown, 'read');
  }
}

/** Copies a file as it is at one moment, while others write to it. Rejects as {@link snapshotDatabase} does. */
export async function copyDatabase(
  path: string,
  target: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  try {
    using source = connect(path, true);
    source.exec('BEGIN');
    // The read transaction begins with the first read.
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await copyPages(source, target, onProgress);
  } catch (thrown) {
    throw storageError(thrown, 'read');
  }
}

async function copyPages(
  source: DatabaseSync,
  target: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  let ended: unknown;
  await backup(source, target, {
    rate: PAGES_A_STEP,
    progress: ({ totalPages, remainingPages }) => {
      try {
        onProgress(totalPages - remainingPages, totalPages);
      } catch (thrown) {
        ended ??= thrown;
      }
    },
  });
  if (ended !== undefined) throw ended;
  // One file, whatever was beside the source; whoever opens it chooses anew.
  using copy = connect(target);
  copy.exec('PRAGMA journal_mode = DELETE');
}

/** What a file holds, after it was checked from its first page to its last. Rejects with WINBIO_E_DATABASE_CORRUPTED. */
export async function readContent(path: string): Promise<DatabaseContent> {
  try {
    using db = connect(path, true);
    const [verdict] = db.prepare('PRAGMA integrity_check(1)').all();
    if (verdict?.integrity_check !== 'ok')
      throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `${path} is damaged`);
    return await contentOf(db, () => undefined);
  } catch (thrown) {
    throw storageError(thrown, 'read');
  }
}

async function contentOf(db: DatabaseSync, noteOf: NoteOf): Promise<DatabaseContent> {
  const hash = createHash('sha256');
  const notes: string[] = [];
  let records = 0;
  for (const row of db.prepare('SELECT * FROM record ORDER BY record_id').iterate()) {
    for (const value of Object.values(row)) {
      const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
      hash.update(`${bytes.length}:`).update(bytes);
    }
    const note = row.template instanceof Uint8Array ? noteOf(row.template) : undefined;
    if (note !== undefined) notes.push(note);
    records += 1;
    // Other work gets its turn.
    if (records % RECORDS_A_TURN === 0) await setImmediate();
  }
  return { records, digest: hash.digest('hex'), notes };
}
