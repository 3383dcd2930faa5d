/** The directory of people in a SQLite file, each person sealed, with a code over all of them. */

import { setImmediate } from 'node:timers/promises';
import type { NewPerson, PeoplePosition, PersonWork, StoredPerson } from '../../../adapters/person-store.ts';
import type { Position } from '../../../adapters/shared-history.ts';
import { BiometricError, isBiometricError } from '../../../core/biometric-error.ts';
import { foldText } from '../../../core/fold-text.ts';
import { identityKey, type OwnerIdentity, sameIdentity } from '../../../core/identity.ts';
import type { Page, PageRequest } from '../../../core/page.ts';
import type { BulkChange, PersonDetails, PersonGroup, PersonQuery } from '../../../core/person.ts';
import { codeOf, type RecordKeys, sealedPrefix } from '../record-keys.ts';
import { RecordsFile } from '../records-file.ts';
import type { PeopleRow, PeopleStep, ProposedChange } from './people-change.ts';
import { PEOPLE_FORMAT } from './people-format.ts';
import { PeopleImport } from './people-import.ts';
import { personRow, TABLE_HEADER } from './people-table.ts';
import {
  changedDetails,
  detailsOf,
  digestOf,
  type PersonContent,
  pictureBound,
  sortedGroups,
  storedOf,
} from './person-content.ts';
import { PersonIndex } from './person-index.ts';
import { type PersonListener, SharedRows } from './shared-rows.ts';

const PSEUDONYM_BYTES = 16;
const SUM_BYTES = 32;
const ROWS_A_TURN = 250;
const ROWS_RESEALED = 200;

/** Changes that can be tried. */
export type ProposedMethod =
  | 'create'
  | 'change'
  | 'changeAll'
  | 'setPicture'
  | PersonWorkMethod
  | 'importPart'
  | 'reseal';
type PersonWorkMethod = 'begin' | 'end';

interface Row {
  readonly personId: number;
  readonly content: PersonContent;
  readonly sealed: Uint8Array;
}

interface Counted {
  counter: number;
  /** Codes of all rows, added bit by bit: a row that is older, or missing, changes it. */
  sum: Uint8Array;
}

export class SqlitePeople {
  readonly #file: RecordsFile;
  readonly #rows: SharedRows;
  #secret: Uint8Array;
  readonly #imports = new Map<string, PeopleImport>();
  readonly #index = new PersonIndex();
  #position: Counted;
  /** What a change has made of people; the index follows once it is stored. */
  readonly #touched = new Map<number, StoredPerson | undefined>();
  #unreadable = 0;
  #loading: Promise<void> | undefined;
  /** Rows of the change that is being tried; undefined while changes are made. */
  #proposed: PeopleRow[] | undefined;
  /** Proposals and what others changed, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Opens the file at the path, or makes it. */
  constructor(path: string, keys: RecordKeys) {
    this.#file = new RecordsFile(path, PEOPLE_FORMAT, keys);
    this.#rows = new SharedRows(this.#file);
    this.#secret = this.#file.secret('pseudonyms');
    this.#position = this.#readPosition();
  }

  rekey(keys: RecordKeys): void {
    this.#file.seal.rekey(keys);
  }

  close(): void {
    this.#file.close();
  }

  /** How far it follows what services share; undefined for a directory of this service alone. */
  async sharedPosition(): Promise<Position | undefined> {
    return this.#rows.position();
  }

  /** The secret that pseudonyms are made with, sealed with the key that seals now. */
  async sharedSecret(): Promise<Uint8Array> {
    this.#file.resealSecrets();
    return this.#file.sealedSecret('pseudonyms');
  }

  /** True for the secret of this directory, sealed. Rejects as seals do. */
  async isSecret(sealed: Uint8Array): Promise<boolean> {
    return Buffer.from(this.#secret).equals(this.#file.openSecret('pseudonyms', sealed));
  }

  /** Tries a change and undoes it: what it would answer, and the rows to tell others. Rejects as the change does. */
  propose(method: ProposedMethod, given: readonly unknown[]): Promise<ProposedChange> {
    return this.#inTurn(async () => {
      await this.#loaded();
      const rows: PeopleRow[] = [];
      this.#proposed = rows;
      try {
        const change = this[method] as (...given: unknown[]) => unknown;
        return { result: await change.apply(this, [...given]), rows };
      } finally {
        this.#proposed = undefined;
      }
    });
  }

  /** Makes changes that are shared, all or none. */
  takeIn(steps: readonly PeopleStep[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#loaded();
      for (const { secret } of steps) if (secret !== undefined) this.#adopt(secret);
      const last = steps.at(-1);
      if (last === undefined) return;
      const rows = steps.flatMap((step) => step.rows);
      const onPerson = this.#onPerson;
      this.#change(() => {
        for (const row of rows) this.#rows.put(row, onPerson);
        this.#rows.writePosition(last.position);
      }, rows.length > 0);
      if (rows.some(({ sealed }) => sealed === undefined)) this.#file.emptyLog();
    });
  }

  /** Makes it what is shared, whatever it was. */
  takeAll(rows: readonly PeopleRow[], position: Position): Promise<void> {
    return this.#inTurn(async () => {
      await this.#loaded();
      const kept = new Set(rows.map(({ kind, pseudonym }) => `${kind}/${pseudonym}`));
      const onPerson = this.#onPerson;
      const before = [...this.#rows.all()].filter(({ kind, pseudonym }) => !kept.has(`${kind}/${pseudonym}`));
      this.#change(() => {
        for (const { kind, pseudonym } of before) this.#rows.put({ kind, pseudonym, sealed: undefined }, onPerson);
        for (const row of rows) this.#rows.put(row, onPerson);
        this.#rows.writePosition(position);
      });
      this.#file.emptyLog();
    });
  }

  /** Every row, as it is told to others. */
  async rows(): Promise<readonly PeopleRow[]> {
    return [...this.#rows.all()];
  }

  /** Goes on after the rows that were tried last. */
  async advanceImport(id: string): Promise<void> {
    if (this.#imports.get(id)?.advance() === false) this.#imports.delete(id);
  }

  async create(person: NewPerson, nowMs: number): Promise<StoredPerson> {
    await this.#loaded();
    return this.#change(() => this.#insert(person, nowMs));
  }

  get(identity: OwnerIdentity): StoredPerson | undefined {
    const row = this.#find(identity);
    return row && storedOf(row.content);
  }

  getAll(identities: readonly OwnerIdentity[]): readonly (StoredPerson | undefined)[] {
    return identities.map((identity) => this.get(identity));
  }

  async list(query: PersonQuery & PageRequest, nowMs: number): Promise<Page<StoredPerson>> {
    await this.#loaded();
    const { entries, ...rest } = this.#index.page(query, nowMs);
    return { items: entries.map(({ personId }) => storedOf(this.#row(personId).content)), ...rest };
  }

  async identities(query: PersonQuery, nowMs: number): Promise<readonly OwnerIdentity[]> {
    await this.#loaded();
    return [...this.#index.matching(query, nowMs)].map(({ identity }) => identity);
  }

  async count(): Promise<number> {
    await this.#loaded();
    return this.#index.size;
  }

  async groups(): Promise<readonly PersonGroup[]> {
    await this.#loaded();
    return this.#index.groups;
  }

  async change(
    identity: OwnerIdentity,
    details: PersonDetails,
    revision: number | undefined,
    nowMs: number,
  ): Promise<StoredPerson> {
    await this.#loaded();
    return this.#change(() => this.#update(this.#require(identity), details, revision, nowMs));
  }

  async changeAll(
    identities: readonly OwnerIdentity[],
    change: BulkChange,
    nowMs: number,
  ): Promise<readonly StoredPerson[]> {
    await this.#loaded();
    return this.#change(() =>
      identities.flatMap((identity) => {
        const row = this.#require(identity);
        const details = changedDetails(row.content, change);
        return details === undefined ? [] : [this.#update(row, details, undefined, nowMs)];
      }),
    );
  }

  picture(identity: OwnerIdentity): Uint8Array | undefined {
    const { personId, content } = this.#require(identity);
    if (content.picture === undefined) return undefined;
    const sealed = this.#file.sql('SELECT sealed FROM picture WHERE person_id = ?').get(personId)?.sealed;
    const what = 'the picture of a person';
    if (!(sealed instanceof Uint8Array)) throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `${what} is missing`);
    const picture = this.#file.seal.open(sealed, pictureBound(identity), what);
    if (digestOf(picture) === content.picture) return new Uint8Array(picture);
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `${what} is of an earlier day`);
  }

  async setPicture(identity: OwnerIdentity, picture: Uint8Array | undefined, nowMs: number): Promise<void> {
    await this.#loaded();
    this.#change(() => {
      const row = this.#require(identity);
      const { picture: _, ...content } = row.content;
      this.#file.sql('DELETE FROM picture WHERE person_id = ?').run(row.personId);
      if (picture !== undefined) {
        const sealed = this.#file.seal.seal(picture, pictureBound(identity));
        this.#file.sql('INSERT INTO picture VALUES (?, ?)').run(row.personId, sealed);
        this.#tell('picture', identity, sealed);
      } else this.#tell('picture', identity, undefined);
      const digest = picture && { picture: digestOf(picture) };
      this.#replace(row, { ...content, ...digest, changedAtMs: nowMs });
    });
    if (picture === undefined) this.#file.emptyLog();
  }

  begin(work: PersonWork): void {
    this.#change(() => {
      this.#require(work.identity);
      if (work.kind === 'merge') this.#require(work.into);
      const pseudonym = this.#pseudonym(work.identity);
      const sealed = this.#file.seal.sealJson(work, 'work');
      const into = 'INSERT INTO work (pseudonym, sealed) VALUES (?, ?) ON CONFLICT (pseudonym) DO NOTHING';
      this.#file.sql(into).run(pseudonym, sealed);
      this.#tell('work', work.identity, sealed);
    });
  }

  unfinished(): readonly PersonWork[] {
    const rows = this.#file.sql('SELECT sealed FROM work ORDER BY work_id').all();
    return rows.map(({ sealed }) => this.#file.seal.openJson(sealed as Uint8Array, 'work', 'work') as PersonWork);
  }

  async end(work: PersonWork, nowMs: number): Promise<void> {
    await this.#loaded();
    this.#change(() => {
      const row = this.#find(work.identity);
      const into = work.kind === 'merge' ? this.#find(work.into) : undefined;
      if (row !== undefined && into !== undefined) {
        const groups = sortedGroups([...into.content.groups, ...row.content.groups]);
        if (groups.length > into.content.groups.length) {
          this.#update(into, { ...detailsOf(into.content), groups }, undefined, nowMs);
        }
      }
      if (row !== undefined) {
        this.#file.sql('DELETE FROM picture WHERE person_id = ?').run(row.personId);
        this.#file.sql('DELETE FROM person WHERE person_id = ?').run(row.personId);
        this.#add(row);
        this.#touched.set(row.personId, undefined);
        if (row.content.picture !== undefined) this.#tell('picture', work.identity, undefined);
        this.#tell('person', work.identity, undefined);
      }
      this.#tell('work', work.identity, undefined);
      this.#file.sql('DELETE FROM work WHERE pseudonym = ?').run(this.#pseudonym(work.identity));
    });
    this.#file.emptyLog();
  }

  async beginImport(csv: string, preview: boolean): Promise<{ readonly id: string; readonly total: number }> {
    await this.#loaded();
    const job = new PeopleImport(csv, preview);
    this.#imports.set(job.id, job);
    // One that nobody goes on with makes room.
    const [oldest] = this.#imports.keys();
    if (this.#imports.size > 4 && oldest !== undefined) this.#imports.delete(oldest);
    return { id: job.id, total: job.total };
  }

  async importPart(id: string, nowMs: number) {
    await this.#loaded();
    const job = this.#imports.get(id);
    if (job === undefined) throw new BiometricError('E_INVALIDARG', 'id: this import is over; begin it again');
    const isTried = this.#proposed !== undefined;
    const rows = isTried ? job.peek() : job.next();
    if (rows.length === 0 && !isTried) this.#imports.delete(id);
    const directory = {
      byIdentity: (identity: OwnerIdentity) => this.get(identity),
      byNumber: (number: string) => this.#findNumber(number),
      create: (person: NewPerson) => this.#insert(person, nowMs),
      change: (person: StoredPerson, details: PersonDetails) =>
        this.#update(this.#require(person.identity), details, undefined, nowMs),
    };
    if (job.preview) return rows.map((row) => job.look(row, directory));
    return rows.length === 0 ? [] : this.#change(() => rows.map((row) => job.take(row, directory)));
  }

  async exportPart(query: PersonQuery & PageRequest, nowMs: number) {
    const { items, next } = await this.list({ ...query, limit: query.limit ?? 1000 }, nowMs);
    const csv = (query.cursor === undefined ? TABLE_HEADER : '') + items.map(personRow).join('');
    return { csv, people: items.length, ...(next !== undefined && { next }) };
  }

  async noteEnrolled(
    owners: readonly { readonly identity: OwnerIdentity; readonly enrolled: boolean }[],
  ): Promise<number> {
    for (const { identity, enrolled } of owners) this.#index.noteEnrolled(identity, enrolled);
    return this.#index.enrolled;
  }

  async unreadable(): Promise<number> {
    await this.#loaded();
    return this.#unreadable;
  }

  position(): PeoplePosition {
    return { counter: this.#position.counter };
  }

  async reseal(): Promise<number> {
    await this.#loaded();
    const { seal } = this.#file;
    return this.#change(() => {
      // Secrets are not among the rows that are told.
      let resealed = this.#proposed === undefined ? this.#file.resealSecrets() : 0;
      for (const { person_id, sealed } of this.#stale('person')) {
        const row = this.#opened(Number(person_id), sealed as Uint8Array);
        this.#replace(row, row.content);
        resealed += 1;
      }
      for (const { person_id, sealed } of this.#stale('picture')) {
        const { identity } = this.#row(Number(person_id)).content;
        const anew = seal.resealed(sealed as Uint8Array, pictureBound(identity), 'the picture of a person');
        if (anew !== undefined) {
          this.#file.sql('UPDATE picture SET sealed = ? WHERE person_id = ?').run(anew, Number(person_id));
          this.#tell('picture', identity, anew);
        }
        resealed += 1;
      }
      for (const { work_id, sealed } of this.#file.sql('SELECT work_id, sealed FROM work').all()) {
        const anew = seal.resealed(sealed as Uint8Array, 'work', 'work');
        if (anew !== undefined) {
          this.#file.sql('UPDATE work SET sealed = ? WHERE work_id = ?').run(anew, Number(work_id));
          this.#tell('work', (seal.openJson(anew, 'work', 'work') as PersonWork).identity, anew);
        }
      }
      return resealed;
    }, false);
  }

  /** Rows under another key than the one that seals, some of them. */
  #stale(table: 'person' | 'picture'): readonly Readonly<Record<string, unknown>>[] {
    const prefix = sealedPrefix(this.#file.seal.keyId);
    const sql = `SELECT person_id, sealed FROM ${table} WHERE substr(sealed, 1, ?) <> ? ORDER BY person_id LIMIT ?`;
    return this.#file.sql(sql).all(prefix.length, prefix, ROWS_RESEALED);
  }

  #insert(person: NewPerson, nowMs: number): StoredPerson {
    const { identity, number } = person;
    if (this.#find(identity) !== undefined) {
      throw new BiometricError('WHORL_E_PERSON_EXISTS', 'identity: a person has it already');
    }
    this.#requireFree(number, undefined);
    const details = detailsOf(person);
    const times = { createdAtMs: nowMs, changedAtMs: nowMs, revision: 1 };
    const content: PersonContent = { identity, ...details, groups: sortedGroups(details.groups), ...times };
    const sealed = this.#seal(content);
    const insert = this.#file.sql('INSERT INTO person (pseudonym, number_mark, sealed) VALUES (?, ?, ?)');
    const { lastInsertRowid } = insert.run(this.#pseudonym(identity), this.#mark(number), sealed);
    const row = { personId: Number(lastInsertRowid), content, sealed };
    this.#tell('person', identity, sealed, number);
    this.#add(row);
    this.#touched.set(row.personId, storedOf(content));
    return storedOf(content);
  }

  #update(row: Row, details: PersonDetails, revision: number | undefined, nowMs: number): StoredPerson {
    const { identity, createdAtMs, picture } = row.content;
    if (revision !== undefined && revision !== row.content.revision) {
      const text = `revision: the person is at ${row.content.revision}, and ${revision} was read`;
      throw new BiometricError('WHORL_E_PERSON_CHANGED', text);
    }
    this.#requireFree(details.number, row.personId);
    const content: PersonContent = {
      identity,
      ...detailsOf(details),
      groups: sortedGroups(details.groups),
      createdAtMs,
      changedAtMs: nowMs,
      revision: row.content.revision + 1,
      ...(picture !== undefined && { picture }),
    };
    this.#replace(row, content);
    return storedOf(content);
  }

  #replace(row: Row, content: PersonContent): void {
    const sealed = this.#seal(content);
    const update = this.#file.sql('UPDATE person SET number_mark = ?, sealed = ? WHERE person_id = ?');
    update.run(this.#mark(content.number), sealed, row.personId);
    this.#tell('person', content.identity, sealed, content.number);
    this.#add(row);
    this.#add({ personId: row.personId, content, sealed });
    this.#touched.set(row.personId, storedOf(content));
  }

  /** A change of rows in one transaction, with the position that belongs to it. */
  #change<T>(work: () => T, counts = true): T {
    const before = { counter: this.#position.counter, sum: Uint8Array.from(this.#position.sum) };
    try {
      if (this.#proposed !== undefined) {
        const tried = this.#file.rehearsal(work);
        this.#position = before;
        return tried;
      }
      const result = this.#file.transaction(() => {
        const made = work();
        if (counts) this.#position.counter += 1;
        this.#writePosition();
        return made;
      });
      for (const [personId, person] of this.#touched) {
        if (person === undefined) this.#index.delete(personId);
        else this.#index.set(personId, person);
      }
      return result;
    } catch (thrown) {
      this.#position = before;
      throw thrown;
    } finally {
      this.#touched.clear();
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  /** Notes a row of a change that is being tried. */
  #tell(kind: PeopleRow['kind'], identity: OwnerIdentity, sealed: Uint8Array | undefined, number?: string): void {
    if (this.#proposed === undefined) return;
    const mark = this.#mark(number);
    const pseudonym = Buffer.from(this.#pseudonym(identity)).toString('hex');
    this.#proposed.push({ kind, pseudonym, sealed, ...(mark && { mark: Buffer.from(mark).toString('hex') }) });
  }

  /** What another service has made of a person. */
  readonly #onPerson: PersonListener = (personId, before, now) => {
    if (before !== undefined) this.#addCode(personId, before);
    if (now !== undefined) this.#addCode(personId, now);
    this.#touched.set(personId, now && storedOf(this.#opened(personId, now).content));
  };

  /** Takes the secret of what is shared. Throws WHORL_E_CONFIGURATION when there are people under another one. */
  #adopt(secret: Uint8Array): void {
    const mine = this.#file.sealedSecret('pseudonyms');
    if (!this.#file.adoptSecret('pseudonyms', secret)) return;
    if (this.#index.size > 0) {
      this.#file.adoptSecret('pseudonyms', mine);
      const text = 'shared: there are people of this service alone; move them with whorl database copy';
      throw new BiometricError('WHORL_E_CONFIGURATION', text);
    }
    this.#secret = this.#file.secret('pseudonyms');
  }

  #requireFree(number: string | undefined, personId: number | undefined): void {
    if (number === undefined) return;
    const row = this.#file.sql('SELECT person_id FROM person WHERE number_mark = ?').get(this.#mark(number));
    if (row === undefined || Number(row.person_id) === personId) return;
    throw new BiometricError('WHORL_E_PERSON_EXISTS', 'number: another person has it');
  }

  #findNumber(number: string): StoredPerson | undefined {
    const row = this.#file.sql('SELECT person_id, sealed FROM person WHERE number_mark = ?').get(this.#mark(number));
    return row && storedOf(this.#opened(Number(row.person_id), row.sealed as Uint8Array).content);
  }

  #find(identity: OwnerIdentity): Row | undefined {
    const row = this.#file
      .sql('SELECT person_id, sealed FROM person WHERE pseudonym = ?')
      .get(this.#pseudonym(identity));
    if (row === undefined) return undefined;
    const found = this.#opened(Number(row.person_id), row.sealed as Uint8Array);
    if (sameIdentity(found.content.identity, identity)) return found;
    throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'a person stands in the place of another one');
  }

  #require(identity: OwnerIdentity): Row {
    const row = this.#find(identity);
    if (row === undefined) throw new BiometricError('WHORL_E_NO_SUCH_PERSON');
    return row;
  }

  #row(personId: number): Row {
    const row = this.#file.sql('SELECT sealed FROM person WHERE person_id = ?').get(personId);
    if (row === undefined) throw new BiometricError('WHORL_E_NO_SUCH_PERSON');
    return this.#opened(personId, row.sealed as Uint8Array);
  }

  #opened(personId: number, sealed: Uint8Array): Row {
    return { personId, content: this.#file.seal.openJson(sealed, 'person', 'a person') as PersonContent, sealed };
  }

  #seal(content: PersonContent): Uint8Array {
    return this.#file.seal.sealJson(content, 'person');
  }

  #pseudonym(identity: OwnerIdentity): Uint8Array {
    return codeOf(this.#secret, PSEUDONYM_BYTES, 'identity', identity.type, identityKey(identity));
  }

  #mark(number: string | undefined): Uint8Array | null {
    return number === undefined ? null : codeOf(this.#secret, PSEUDONYM_BYTES, 'number', foldText(number));
  }

  /** Adds the code of a row to the sum; a second time takes it out. */
  #add({ personId, sealed }: Row): void {
    this.#addCode(personId, sealed);
  }

  #addCode(personId: number, sealed: Uint8Array): void {
    const code = codeOf(this.#secret, SUM_BYTES, 'row', String(personId), sealed);
    const { sum } = this.#position;
    for (let i = 0; i < SUM_BYTES; i++) sum[i] = (sum[i] ?? 0) ^ (code[i] ?? 0);
  }

  #readPosition(): Counted {
    const row = this.#file.sql('SELECT sealed FROM position').get();
    if (row === undefined) return { counter: 0, sum: new Uint8Array(SUM_BYTES) };
    const what = 'the position of the directory';
    const { counter, sum } = this.#file.seal.openJson(row.sealed as Uint8Array, 'position', what) as {
      counter: number;
      sum: string;
    };
    return { counter, sum: Uint8Array.from(Buffer.from(sum, 'hex')) };
  }

  #writePosition(): void {
    const { counter, sum } = this.#position;
    const sealed = this.#file.seal.sealJson({ counter, sum: Buffer.from(sum).toString('hex') }, 'position');
    this.#file.sql('INSERT OR REPLACE INTO position VALUES (1, ?)').run(sealed);
  }

  /** Resolves when everybody is in memory; begun with the first question that needs it. */
  #loaded(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    this.#index.clear();
    this.#unreadable = 0;
    const sum = new Uint8Array(SUM_BYTES);
    let last = 0;
    const part = this.#file.sql('SELECT person_id, sealed FROM person WHERE person_id > ? ORDER BY person_id LIMIT ?');
    for (;;) {
      const rows = part.all(last, ROWS_A_TURN);
      for (const { person_id, sealed } of rows) {
        last = Number(person_id);
        const code = codeOf(this.#secret, SUM_BYTES, 'row', String(last), sealed as Uint8Array);
        for (let i = 0; i < SUM_BYTES; i++) sum[i] = (sum[i] ?? 0) ^ (code[i] ?? 0);
        try {
          this.#index.set(last, storedOf(this.#opened(last, sealed as Uint8Array).content));
        } catch (thrown) {
          if (!isBiometricError(thrown)) throw thrown;
          this.#unreadable += 1;
        }
      }
      if (rows.length < ROWS_A_TURN) break;
      await setImmediate();
    }
    if (!Buffer.from(sum).equals(this.#position.sum)) this.#unreadable += 1;
  }
}
