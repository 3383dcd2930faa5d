/** What an import did so far: counts, and the first rows that were rejected. */

import type { ImportReport } from '../../exports/whorl/index.ts';
import type { PlainReport } from './report-file.ts';
import { VERDICTS } from './verdict-words.ts';

/** Rejected rows that a summary shows. */
const SHOWN = 10;

export class ImportTally {
  rows = 0;
  readonly counts: Record<ImportReport['kind'], number> = {
    stored: 0,
    accepted: 0,
    replaced: 0,
    upgraded: 0,
    unused: 0,
    skipped: 0,
    duplicate: 0,
    rejected: 0,
  };
  /** Pictures whose resolution had to be assumed. */
  assumed = 0;
  readonly #refused: PlainReport[] = [];

  add(report: PlainReport): void {
    this.rows += 1;
    this.counts[report.outcome] += 1;
    if (report.assumedPpi !== undefined) this.assumed += 1;
    if (isRefused(report) && this.#refused.length < SHOWN) this.#refused.push(report);
  }

  /** Rows that were given and are not in the database for it. */
  get refused(): number {
    return this.counts.rejected + this.counts.duplicate;
  }

  /** Several lines for people. */
  get words(): string {
    const kinds = (Object.keys(VERDICTS) as ImportReport['kind'][]).filter((kind) => this.counts[kind] > 0);
    const lines = [
      `${this.rows} rows`,
      ...kinds.map((kind) => `${String(this.counts[kind]).padStart(8)}  ${VERDICTS[kind]}`),
    ];
    if (this.assumed > 0)
      lines.push(`${this.assumed} pictures state no resolution: taken as 500 ppi; --ppi says otherwise`);
    lines.push(...this.#refused.map(({ place, person, words }) => `${place}${person && `, ${person}`}: ${words}`));
    const more = this.refused - this.#refused.length;
    if (more > 0) lines.push(`... and ${more} more; --report writes them all to a file`);
    return lines.join('\n');
  }
}

function isRefused({ outcome }: PlainReport): boolean {
  return outcome === 'rejected' || outcome === 'duplicate';
}
