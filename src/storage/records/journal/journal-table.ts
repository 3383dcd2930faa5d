/** Lines of the journal as a table (CSV). */

import { csvRow } from '../../../core/csv-cells.ts';
import { identityKey } from '../../../core/identity.ts';
import type { JournalLine } from '../../../core/journal-line.ts';
import { localDay, localTime } from '../../../core/person-validity.ts';
import { fingerName } from '../../../core/sub-factor.ts';

/** The line of names. */
export const LINES_HEADER = csvRow([
  ...['number', 'day', 'time', 'at', 'kind', 'name', 'identity', 'finger', 'reader', 'title', 'place'],
  ...['score', 'reason', 'asked by', 'entered time', 'corrects', 'service'],
]);

/** A line as a row: day and time on the clock of this machine, `at` in UTC. */
export function lineRow(line: JournalLine): string {
  const { number, atMs, kind, sid, reader = '', title = '', place = '', person, subFactor, forgotten } = line;
  const { scoreClass = '', reason = '', correctedMs, corrects = '', site = '' } = line;
  const name = person?.name ?? (forgotten === true ? '(forgotten)' : '');
  return csvRow([
    ...[number, localDay(atMs), localTime(atMs), new Date(atMs).toISOString(), kind, name],
    ...[person === undefined ? '' : identityKey(person.identity), subFactor ? fingerName(subFactor) : ''],
    ...[reader, title, place, scoreClass, reason, sid],
    ...[correctedMs === undefined ? '' : `${localDay(correctedMs)} ${localTime(correctedMs)}`, corrects, site],
  ]);
}
