/** The report of an import as a file: a row each, as CSV or as lines of JSON. */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import { fingerName, type ImportReport } from '../../exports/whorl/index.ts';
import { ownerWords } from '../owner-words.ts';
import { verdictWords } from './verdict-words.ts';

/** A report as programs read it. */
export interface PlainReport {
  readonly row: number;
  readonly place: string;
  readonly person: string;
  readonly owner: string;
  readonly finger: string;
  readonly outcome: ImportReport['kind'];
  /** Name of the code of a rejected row, else empty. */
  readonly code: string;
  readonly words: string;
  readonly assumedPpi?: number;
}

/** The report of a row as plain data. */
export function plainReport(report: ImportReport, place: string): PlainReport {
  const { row, person, identity, subFactor, kind, assumedPpi } = report;
  return {
    ...{ row, place, person },
    owner: ownerWords(identity),
    finger: subFactor === undefined ? '' : fingerName(subFactor),
    outcome: kind,
    code: report.kind === 'rejected' ? report.error.code : '',
    words: verdictWords(report),
    ...(assumedPpi !== undefined && { assumedPpi }),
  };
}

const COLUMNS = ['row', 'place', 'person', 'owner', 'finger', 'outcome', 'code', 'words'] as const;

/** Writes as fast as the disk takes it. Close it to know that all is written; it can be closed twice. */
export class ReportFile implements AsyncDisposable {
  readonly #file: WriteStream;
  #isReported = false;
  readonly #line: (report: PlainReport) => string;

  /** `.jsonl` in the name selects lines of JSON; anything else is CSV. */
  constructor(path: string) {
    this.#file = createWriteStream(path, { mode: 0o600 });
    this.#file.on('error', () => {
      // Whoever writes next, or closes, hears of it.
    });
    const isJson = /\.jsonl$/i.test(path);
    this.#line = isJson ? JSON.stringify : (report) => COLUMNS.map((column) => quoted(report[column])).join(',');
    if (!isJson) this.#file.write(`${COLUMNS.join(',')}\n`);
  }

  async write(report: PlainReport): Promise<void> {
    // A file that failed would never ask for more.
    if (this.#file.errored !== null) throw this.#faultOf(this.#file.errored);
    if (!this.#file.write(`${this.#line(report)}\n`)) await once(this.#file, 'drain');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isReported || this.#file.closed) return;
    this.#file.end();
    try {
      await finished(this.#file);
    } catch (thrown) {
      throw this.#faultOf(thrown);
    }
  }

  #faultOf(cause: unknown): BiometricError {
    this.#isReported = true;
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    return new BiometricError('E_INVALIDARG', `--report: ${String(this.#file.path)} cannot be written (${code})`, {
      cause,
    });
  }
}

/**
 * A cell; RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe: rows come from others, and
 * their reports are opened by administrators.
 */
function quoted(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
