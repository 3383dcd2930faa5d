/** What became of a row, in words. */

import { fingerName, type ImportReport } from '../../exports/whorl/index.ts';
import { ownerWords } from '../owner-words.ts';

/** The kinds, in the order in which a summary lists them, each with what a person calls it. */
export const VERDICTS = {
  stored: 'stored',
  accepted: 'would be stored',
  replaced: 'replaced',
  upgraded: 'upgraded',
  unused: 'unused: no template of that finger was made of it, or it is up to date',
  skipped: 'skipped: already there',
  duplicate: 'not stored: the finger is there under another name',
  rejected: 'rejected',
} as const satisfies Record<ImportReport['kind'], string>;

/** One line about a row. */
export function verdictWords(report: ImportReport): string {
  switch (report.kind) {
    case 'duplicate':
      return `duplicate of the ${fingerName(report.ofSubFactor)} of ${ownerWords(report.of)}`;
    case 'rejected':
      return report.error.message;
    default:
      return VERDICTS[report.kind];
  }
}
