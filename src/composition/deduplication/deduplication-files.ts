/** A report of duplicates as JSON lines, and a file beside it that says how far one is. */

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId, RecordId } from '../../core/identifiers.ts';
import type { DeduplicationJournal, DuplicatePair } from '../../matching/batch/deduplicate.ts';
import { writeDurably } from '../state/write-durably.ts';

/** What is said of a record beside its number. */
export type DescribeRecord = (recordId: RecordId) => Promise<Readonly<Record<string, unknown>>>;

/** The files of one deduplication. */
export class DeduplicationFiles implements DeduplicationJournal {
  readonly #report: string;
  readonly #progress: string;
  readonly #databaseId: DatabaseId;
  readonly #describe: DescribeRecord;
  readonly #known = new Set<string>();
  #last: RecordId = 0;

  /**
   * Goes on with a report, or begins one; `{report}.progress` says how far it is. Throws WHORL_E_CONFIGURATION for files of
   * another database, or that are none.
   */
  constructor(report: string, databaseId: DatabaseId, describe: DescribeRecord) {
    this.#report = report;
    this.#progress = `${report}.progress`;
    this.#databaseId = databaseId;
    this.#describe = describe;
    if (!existsSync(this.#progress)) {
      if (existsSync(report)) {
        throw fault(report, 'it is there, and nothing says how far it is; name another file, or remove it');
      }
      return;
    }
    const progress = parse(this.#progress, readFileSync(this.#progress, 'utf8'));
    if (progress.databaseId !== databaseId) throw fault(this.#progress, `it is of database ${progress.databaseId}`);
    this.#last = Number(progress.last);
    if (!existsSync(report)) return;
    const lines = readFileSync(report, 'utf8').split('\n');
    // A line that was being written when the process was killed has no end.
    for (const line of lines.slice(0, -1)) this.#known.add(String(parse(report, line).records));
  }

  get last(): RecordId {
    return this.#last;
  }

  /** Pairs in the report. */
  get pairs(): number {
    return this.#known.size;
  }

  has(records: DuplicatePair['records']): boolean {
    return this.#known.has(String(records));
  }

  async advance(pairs: readonly DuplicatePair[], last: RecordId): Promise<void> {
    if (pairs.length > 0) {
      const lines = [];
      for (const { records, score } of pairs) {
        const described = await Promise.all(records.map((recordId) => this.#describe(recordId)));
        lines.push(`${JSON.stringify({ records, score, of: described })}\n`);
      }
      append(this.#report, lines.join(''));
      for (const { records } of pairs) this.#known.add(String(records));
    }
    writeDurably(this.#progress, `${JSON.stringify({ databaseId: this.#databaseId, last })}\n`);
    this.#last = last;
  }
}

function append(path: string, text: string): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function parse(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    throw fault(path, 'a line of it is not JSON; remove what was added, or begin with another file');
  }
}

function fault(path: string, words: string): BiometricError {
  return new BiometricError('WHORL_E_CONFIGURATION', `${path}: ${words}`);
}
