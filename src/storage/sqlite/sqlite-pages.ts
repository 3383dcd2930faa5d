/** All records of a file, page by page, from a connection of its own that sees them as they were when it began. */

import type { SQLOutputValue } from 'node:sqlite';
import { connect } from './sqlite-file.ts';
import { COLUMNS, type RecordRow, rowOf } from './sqlite-record.ts';

/** Patience with a lock, milliseconds: whoever reads so has a thread for it. */
const PATIENCE_MS = 250;

/** By ascending record number. Throws errors of SQLite unmapped, and WINBIO_E_DATABASE_CORRUPTED. */
export function* readPages(path: string, records: number): Generator<readonly RecordRow[], undefined> {
  const db = connect(path, true);
  try {
    db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}; BEGIN`);
    const statement = db.prepare(`SELECT ${COLUMNS} FROM record WHERE record_id > ? ORDER BY record_id LIMIT ?`);
    statement.setReturnArrays(true);
    for (let after = 0; ; ) {
      const rows = statement.all(after, records) as unknown as readonly SQLOutputValue[][];
      if (rows.length === 0) return;
      const page = rows.map(rowOf);
      after = page.at(-1)?.recordId as number;
      yield page;
    }
  } finally {
    db.close();
  }
}
