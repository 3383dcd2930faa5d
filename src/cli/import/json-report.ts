/** The whole report as one JSON document on standard output, written row by row: it may be longer than memory. */

import { once } from 'node:events';
import type { PlainReport } from './report-file.ts';

export class JsonReport {
  #rows = 0;

  async write(report: PlainReport): Promise<void> {
    const before = this.#rows === 0 ? '{"reports":[\n' : ',\n';
    this.#rows += 1;
    if (!process.stdout.write(`${before}${JSON.stringify(report)}`)) await once(process.stdout, 'drain');
  }

  /** Ends the document with what is known at the end. */
  async end(fields: object): Promise<void> {
    const before = this.#rows === 0 ? '{"reports":[' : '\n';
    process.stdout.write(`${before}],${JSON.stringify(fields).slice(1)}\n`);
  }
}
