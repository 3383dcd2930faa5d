/** People as a table (CSV): which columns there are, how a person is a row, and how rows are read. */

import { CsvError, parse } from 'csv-parse/sync';
import type { StoredPerson } from '../../../adapters/person-store.ts';
import { BiometricError } from '../../../core/biometric-error.ts';
import { csvRow, plainCell } from '../../../core/csv-cells.ts';
import { isGuid } from '../../../core/guid.ts';
import { guidIdentity, identityKey, type OwnerIdentity, sidIdentity } from '../../../core/identity.ts';
import type { PersonDetails, WeeklyHours } from '../../../core/person.ts';
import { isSid } from '../../../core/sid.ts';
import { firstFault, PERSON_SCHEMA } from './person-schema.ts';

/** Names of the columns, as they are written. */
const COLUMNS = [
  'identity',
  'name',
  'number',
  'groups',
  'note',
  'valid from',
  'valid until',
  'hours',
  'places',
  'suspended',
] as const;
type Column = (typeof COLUMNS)[number];

/** Column of the field of a person that is wrong. */
const COLUMN_OF: Readonly<Record<string, Column>> = {
  'validity.from': 'valid from',
  'validity.until': 'valid until',
  'validity.hours': 'hours',
  'validity.places': 'places',
};

const YES = new Set(['yes', 'true', '1', 'x']);
const NO = new Set(['', 'no', 'false', '0']);

/** The line of names. */
export const TABLE_HEADER = csvRow(COLUMNS);

/** A row that was read: columns that the table lacks are absent. */
export type TableRow = Readonly<Partial<Record<Column, string>>>;

/** A row as a person, or what is wrong with it. */
export type ReadRow =
  | {
      readonly kind: 'person';
      readonly identity?: OwnerIdentity;
      /** Fields of columns that the table has; undefined for those that a row leaves empty. */
      readonly details: PersonDetails;
      readonly given: ReadonlySet<keyof PersonDetails>;
    }
  | { readonly kind: 'rejected'; readonly column?: string; readonly message: string };

/** A person as a row. */
export function personRow(person: StoredPerson): string {
  const { identity, name, number = '', groups, note = '', validity = {}, suspended = false } = person;
  const { from = '', until = '', hours = [], places = [] } = validity;
  const listed = [identityKey(identity), name, number, groups.join('; '), note, from, until];
  return csvRow([...listed, hours.map(hoursWords).join('; '), places.join('; '), suspended ? 'yes' : '']);
}

/** The rows of a table. Throws E_INVALIDARG for one without a column `name`, WHORL_E_MALFORMED for none that is a table. */
export function readTable(csv: string): readonly TableRow[] {
  let records: string[][];
  try {
    const [line = ''] = csv.split(/\r?\n|\r/, 1);
    const counts = [',', ';', '\t'].map((separator) => line.split(separator).length);
    const delimiter = [',', ';', '\t'][counts.indexOf(Math.max(...counts))] ?? ',';
    const leniently = { relax_quotes: true, relax_column_count: true, skip_empty_lines: true } as const;
    records = parse(csv, { delimiter, bom: true, trim: true, max_record_size: 1 << 20, ...leniently });
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    throw new BiometricError('WHORL_E_MALFORMED', `the table cannot be read: ${thrown.message}`, { cause: thrown });
  }
  const [header = [], ...rows] = records;
  const places = new Map<Column, number>();
  for (const [at, cell] of header.entries()) {
    const name = cell.trim().toLowerCase().replace(/[_-]/g, ' ');
    const column = COLUMNS.find((each) => each === name);
    if (column !== undefined) places.set(column, at);
  }
  if (!places.has('name')) {
    const found = header.map((name) => (name.length > 40 ? '(long text)' : name)).join(', ') || 'nothing';
    const text = `csv: the first line names no column name: it has ${found}; the columns are ${COLUMNS.join(', ')}`;
    throw new BiometricError('E_INVALIDARG', text);
  }
  return rows.map((cells) =>
    Object.fromEntries([...places].map(([column, at]) => [column, plainCell(cells[at] ?? '')])),
  );
}

/** Reads a row. */
export function readRow(row: TableRow): ReadRow {
  const rejected = (column: Column, message: string): ReadRow => ({ kind: 'rejected', column, message });
  const cell = (column: Column) => (row[column] === '' ? undefined : row[column]);
  const identity = cell('identity');
  if (identity !== undefined && !isSid(identity) && !isGuid(identity))
    return rejected('identity', 'give a GUID or a SID');
  const hours = readHours(row.hours ?? '');
  if (hours === undefined) return rejected('hours', 'give spans such as 1-5 08:00-18:00; 6 09:00-12:00');
  const suspended = (row.suspended ?? '').toLowerCase();
  if (!YES.has(suspended) && !NO.has(suspended)) return rejected('suspended', 'give yes or no');
  const places = listOf(row.places);
  const validity = {
    ...(cell('valid from') !== undefined && { from: cell('valid from') }),
    ...(cell('valid until') !== undefined && { until: cell('valid until') }),
    ...(hours.length > 0 && { hours }),
    ...(places.length > 0 && { places }),
  };
  const checked = PERSON_SCHEMA.safeParse({
    name: row.name ?? '',
    ...(cell('number') !== undefined && { number: cell('number') }),
    groups: listOf(row.groups),
    ...(cell('note') !== undefined && { note: cell('note') }),
    ...(Object.keys(validity).length > 0 && { validity }),
    ...(YES.has(suspended) && { suspended: true }),
  });
  if (!checked.success) {
    const { field, remedy } = firstFault(checked.error);
    const column = Object.entries(COLUMN_OF).find(([path]) => field.startsWith(path))?.[1] ?? field.split('.')[0];
    return { kind: 'rejected', ...(column !== undefined && { column }), message: remedy };
  }
  return {
    kind: 'person',
    ...(identity !== undefined && { identity: isSid(identity) ? sidIdentity(identity) : guidIdentity(identity) }),
    details: checked.data,
    given: givenFields(row),
  };
}

function givenFields(row: TableRow): ReadonlySet<keyof PersonDetails> {
  const fields: (keyof PersonDetails)[] = ['name'];
  for (const field of ['number', 'groups', 'note', 'suspended'] as const)
    if (row[field] !== undefined) fields.push(field);
  const ofValidity = ['valid from', 'valid until', 'hours', 'places'] as const;
  if (ofValidity.some((column) => row[column] !== undefined)) fields.push('validity');
  return new Set(fields);
}

function listOf(cell: string | undefined): readonly string[] {
  return (cell ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function hoursWords({ days, from, until }: WeeklyHours): string {
  const spans: string[] = [];
  const sorted = [...days].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end + 1 < sorted.length && sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    spans.push(end > i ? `${sorted[i]}-${sorted[end]}` : String(sorted[i]));
    i = end + 1;
  }
  return `${spans.join('+')} ${from}-${until}`;
}

/** Undefined for what is none. */
function readHours(cell: string): readonly WeeklyHours[] | undefined {
  const all: WeeklyHours[] = [];
  for (const span of listOf(cell)) {
    const [, days = '', from = '', until = ''] = /^([1-7+,-]+)\s+(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)$/.exec(span) ?? [];
    const numbers = days.split(/[+,]/).flatMap((part) => {
      const [first, last = first] = part.split('-').map(Number);
      if (first === undefined || last === undefined || !(first <= last)) return [];
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
    if (numbers.length === 0) return undefined;
    all.push({ days: numbers, from: from.padStart(5, '0'), until: until.padStart(5, '0') });
  }
  return all;
}
