/** An import of people from a table, some rows at a time. */

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ImportedPerson, NewPerson, StoredPerson } from '../../../adapters/person-store.ts';
import { foldText } from '../../../core/fold-text.ts';
import { randomGuid } from '../../../core/guid.ts';
import { guidIdentity, identityKey, type OwnerIdentity } from '../../../core/identity.ts';
import type { PersonDetails, PersonImportReport } from '../../../core/person.ts';
import { type ReadRow, readRow, readTable, type TableRow } from './people-table.ts';

/** Where people are looked for, and put. */
interface Directory {
  byIdentity(identity: OwnerIdentity): StoredPerson | undefined;
  byNumber(number: string): StoredPerson | undefined;
  create(person: NewPerson): StoredPerson;
  change(person: StoredPerson, details: PersonDetails): StoredPerson;
}

interface NumberedRow {
  readonly number: number;
  readonly row: TableRow;
}

type Step =
  | { readonly kind: 'create'; readonly person: NewPerson }
  | { readonly kind: 'update' | 'same'; readonly person: StoredPerson; readonly details: PersonDetails }
  | { readonly kind: 'rejected'; readonly column?: string; readonly message: string };

const ROWS_A_PART = 500;
const DETAILS = ['name', 'number', 'groups', 'note', 'validity', 'suspended'] as const;

export class PeopleImport {
  readonly id = randomUUID();
  readonly preview: boolean;
  readonly #rows: readonly TableRow[];
  /** Numbers and identities of rows before. */
  readonly #taken = new Set<string>();
  /** Of those, the numbers and identities of the rows that were looked at last. */
  #tried: string[] = [];
  #done = 0;

  /** Throws E_INVALIDARG and WHORL_E_MALFORMED for what is no table of people. */
  constructor(csv: string, preview: boolean) {
    this.#rows = readTable(csv);
    this.preview = preview;
  }

  get total(): number {
    return this.#rows.length;
  }

  /** The next rows; none after the last. */
  next(): readonly NumberedRow[] {
    const rows = this.#rowsFrom(this.#done);
    this.#done += rows.length;
    this.#tried = [];
    return rows;
  }

  /** The next rows, without going on: as if nobody had looked at them. */
  peek(): readonly NumberedRow[] {
    for (const mark of this.#tried) this.#taken.delete(mark);
    this.#tried = [];
    return this.#rowsFrom(this.#done);
  }

  /** Goes on after the next rows; false when there were none. */
  advance(): boolean {
    return this.next().length > 0;
  }

  #rowsFrom(from: number): readonly NumberedRow[] {
    return this.#rows.slice(from, from + ROWS_A_PART).map((row, i) => ({ number: from + i + 1, row }));
  }

  /** What would become of a row. */
  look({ number, row }: NumberedRow, directory: Directory): ImportedPerson {
    return { report: reportOf(number, row, this.#step(row, directory)) };
  }

  /** Does it. */
  take({ number, row }: NumberedRow, directory: Directory): ImportedPerson {
    const step = this.#step(row, directory);
    const report = reportOf(number, row, step);
    if (step.kind === 'create') return { report, person: directory.create(step.person) };
    if (step.kind === 'update') return { report, person: directory.change(step.person, step.details) };
    return { report };
  }

  #step(row: TableRow, directory: Directory): Step {
    const read = readRow(row);
    if (read.kind === 'rejected') return read;
    const { details } = read;
    const known = personOf(read, directory);
    const number = details.number === undefined ? undefined : `number ${foldText(details.number)}`;
    const identity = read.identity ?? known?.identity;
    const marks = [...(number ? [number] : []), ...(identity ? [`identity ${identityKey(identity)}`] : [])];
    const twice = marks.find((mark) => this.#taken.has(mark));
    if (twice !== undefined) {
      const [column = 'number'] = twice.split(' ');
      return { kind: 'rejected', column, message: 'a row before has it; give each person one row' };
    }
    const holder = details.number === undefined ? undefined : directory.byNumber(details.number);
    if (holder !== undefined && known !== undefined && identityKey(holder.identity) !== identityKey(known.identity)) {
      return { kind: 'rejected', column: 'number', message: `${holder.name} has it; give another one` };
    }
    for (const mark of marks) {
      this.#taken.add(mark);
      this.#tried.push(mark);
    }
    if (known === undefined) {
      return { kind: 'create', person: { ...details, identity: read.identity ?? guidIdentity(randomGuid()) } };
    }
    const changed = mergedDetails(known, read);
    const same = DETAILS.every((name) => isDeepStrictEqual(plain(known, name), plain(changed, name)));
    return { kind: same ? 'same' : 'update', person: known, details: changed };
  }
}

function personOf({ identity, details }: Extract<ReadRow, { kind: 'person' }>, directory: Directory) {
  if (identity !== undefined) return directory.byIdentity(identity);
  return details.number === undefined ? undefined : directory.byNumber(details.number);
}

/** What the table does not have a column for stays. */
function mergedDetails(known: StoredPerson, { details, given }: Extract<ReadRow, { kind: 'person' }>): PersonDetails {
  const fields = DETAILS.map((name) => [name, given.has(name) ? details[name] : known[name]] as const);
  const present = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  return { ...present, name: details.name };
}

/** A detail as it would be stored. */
function plain(details: PersonDetails, name: (typeof DETAILS)[number]): unknown {
  if (name === 'groups') return [...(details.groups ?? [])].sort();
  return name === 'suspended' ? details.suspended === true : details[name];
}

function reportOf(number: number, row: TableRow, step: Step): PersonImportReport {
  const name = row.name ?? '';
  if (step.kind !== 'rejected') return { row: number, kind: step.kind, name };
  const { column, message } = step;
  return { row: number, kind: 'rejected', name, ...(column !== undefined && { column }), message };
}
