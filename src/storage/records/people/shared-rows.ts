/** The rows of a directory as services tell them to each other, and how far it follows the others. */

import type { Position } from '../../../adapters/shared-history.ts';
import type { RecordsFile } from '../records-file.ts';
import type { PeopleRow } from './people-change.ts';

/** Of a directory that follows what services share. */
const SHARED_TABLE =
  'CREATE TABLE IF NOT EXISTS shared (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), sealed BLOB NOT NULL) STRICT';

/** Told what was sealed of a person before and is now; undefined where there was, or is, none. */
export type PersonListener = (personId: number, before: Uint8Array | undefined, now: Uint8Array | undefined) => void;

export class SharedRows {
  readonly #file: RecordsFile;

  constructor(file: RecordsFile) {
    this.#file = file;
  }

  /** How far it follows; undefined for a directory of this service alone. */
  position(): Position | undefined {
    this.#file.ensure(SHARED_TABLE);
    const row = this.#file.sql('SELECT sealed FROM shared').get();
    const what = 'how far the directory is';
    return row && (this.#file.seal.openJson(row.sealed as Uint8Array, 'shared', what) as Position);
  }

  writePosition(position: Position): void {
    this.#file.ensure(SHARED_TABLE);
    const sealed = this.#file.seal.sealJson(position, 'shared');
    this.#file.sql('INSERT OR REPLACE INTO shared VALUES (1, ?)').run(sealed);
  }

  /** Makes a row what it is elsewhere. */
  put({ kind, pseudonym: hex, mark, sealed }: PeopleRow, onPerson: PersonListener): void {
    const pseudonym = Buffer.from(hex, 'hex');
    if (kind === 'work') this.#putWork(pseudonym, sealed);
    else if (kind === 'picture') this.#putPicture(this.#find(pseudonym)?.personId, sealed);
    else this.#putPerson(pseudonym, { mark, sealed }, onPerson);
  }

  /** Every row, people before what hangs on them. */
  *all(): Generator<PeopleRow> {
    const hex = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString('hex');
    const people = 'SELECT pseudonym, number_mark, sealed FROM person ORDER BY person_id';
    for (const { pseudonym, number_mark, sealed } of this.#file.sql(people).all()) {
      const mark = number_mark === null ? undefined : hex(number_mark);
      yield { kind: 'person', pseudonym: hex(pseudonym), mark, sealed: sealed as Uint8Array };
    }
    const pictures = 'SELECT pseudonym, picture.sealed AS sealed FROM picture JOIN person USING (person_id)';
    for (const { pseudonym, sealed } of this.#file.sql(pictures).all()) {
      yield { kind: 'picture', pseudonym: hex(pseudonym), sealed: sealed as Uint8Array };
    }
    for (const { pseudonym, sealed } of this.#file.sql('SELECT pseudonym, sealed FROM work').all()) {
      yield { kind: 'work', pseudonym: hex(pseudonym), sealed: sealed as Uint8Array };
    }
  }

  #find(pseudonym: Uint8Array): { readonly personId: number; readonly sealed: Uint8Array } | undefined {
    const row = this.#file.sql('SELECT person_id, sealed FROM person WHERE pseudonym = ?').get(pseudonym);
    return row && { personId: Number(row.person_id), sealed: row.sealed as Uint8Array };
  }

  #putPerson(
    pseudonym: Uint8Array,
    { mark, sealed }: Pick<PeopleRow, 'mark' | 'sealed'>,
    onPerson: PersonListener,
  ): void {
    const before = this.#find(pseudonym);
    const number = mark === undefined ? null : Buffer.from(mark, 'hex');
    if (before === undefined) {
      if (sealed === undefined) return;
      const insert = this.#file.sql('INSERT INTO person (pseudonym, number_mark, sealed) VALUES (?, ?, ?)');
      onPerson(Number(insert.run(pseudonym, number, sealed).lastInsertRowid), undefined, sealed);
      return;
    }
    const { personId } = before;
    if (sealed === undefined) {
      this.#putPicture(personId, undefined);
      this.#file.sql('DELETE FROM person WHERE person_id = ?').run(personId);
    } else {
      const update = this.#file.sql('UPDATE person SET number_mark = ?, sealed = ? WHERE person_id = ?');
      update.run(number, sealed, personId);
    }
    onPerson(personId, before.sealed, sealed);
  }

  #putPicture(personId: number | undefined, sealed: Uint8Array | undefined): void {
    if (personId === undefined) return;
    this.#file.sql('DELETE FROM picture WHERE person_id = ?').run(personId);
    if (sealed !== undefined) this.#file.sql('INSERT INTO picture VALUES (?, ?)').run(personId, sealed);
  }

  #putWork(pseudonym: Uint8Array, sealed: Uint8Array | undefined): void {
    this.#file.sql('DELETE FROM work WHERE pseudonym = ?').run(pseudonym);
    if (sealed === undefined) return;
    this.#file.sql('INSERT INTO work (pseudonym, sealed) VALUES (?, ?)').run(pseudonym, sealed);
  }
}
