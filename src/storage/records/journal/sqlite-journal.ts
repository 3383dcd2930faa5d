/** The journal in a SQLite file: lines in a chain, found by their columns. */

import { createHash } from 'node:crypto';
import type {
  ChainPart,
  JournalPosition,
  JournalRetention,
  NewJournalLine,
  PresenceQuery,
  PresentDay,
} from '../../../adapters/journal-store.ts';
import type { Position } from '../../../adapters/shared-history.ts';
import type { LogEntry, NewLogEntry } from '../../../adapters/shared-log.ts';
import { BiometricError } from '../../../core/biometric-error.ts';
import { identityKey, type OwnerIdentity, sameIdentity } from '../../../core/identity.ts';
import type { JournalCount, JournalKind, JournalLine, JournalQuery } from '../../../core/journal-line.ts';
import type { Page, PageRequest } from '../../../core/page.ts';
import { codeOf, type RecordKeys } from '../record-keys.ts';
import { RecordsFile } from '../records-file.ts';
import { countByTime } from './journal-counts.ts';
import { ALL_SPOTS, JOURNAL_FORMAT, KINDS, QUARTER_MS } from './journal-format.ts';
import { LINES_HEADER, lineRow } from './journal-table.ts';
import { JournalWords } from './journal-words.ts';
import {
  CODE_BYTES,
  chainCode,
  columnsOf,
  isForgotten,
  isWhole,
  type LineColumns,
  type LineKeys,
  lineOf,
  pseudonymOf,
  whoBound,
  writtenLine,
} from './line-codec.ts';
import { countLines, type LineKey, type LineSpan, type LineStream, lineOrder } from './line-order.ts';
import { PresentDays } from './present-days.ts';
import { type LineOrigin, type LineStep, SharedLines } from './shared-lines.ts';

const DEFAULT_LIMIT = 50;
const MOST_COUNTED = 10_000;
const LINES_A_LOOK = 1000;
const LINES_A_CHECK = 1000;
const LINES_A_STEP = 400;
const BEFORE_FIRST: Uint8Array = new Uint8Array(CODE_BYTES);
/** Every time that a line may have. */
const ALWAYS = { fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER };
const INSERT = `INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

interface StoredLine extends LineColumns {
  readonly mac: Uint8Array;
}

export class SqliteJournal {
  readonly #file: RecordsFile;
  readonly #words: JournalWords;
  readonly #keys: LineKeys;
  readonly #days: PresentDays;
  /** Undefined for a journal of this service alone. */
  #shared: SharedLines | undefined;
  /** Who took whose place, by pseudonyms. */
  readonly #aliases = new Map<string, OwnerIdentity>();
  #last: { readonly number: number; readonly mac: Uint8Array };

  /** Opens the file at the path, or makes it. */
  constructor(path: string, keys: RecordKeys) {
    this.#file = new RecordsFile(path, JOURNAL_FORMAT, keys);
    this.#words = new JournalWords(this.#file);
    const pseudonyms = this.#file.secret('pseudonyms');
    this.#keys = {
      seal: this.#file.seal,
      chain: this.#file.secret('chain'),
      pseudonyms,
      words: this.#words,
      resolve: (identity) => {
        if (this.#aliases.size === 0) return identity;
        return this.#aliases.get(Buffer.from(pseudonymOf({ pseudonyms }, identity)).toString('hex')) ?? identity;
      },
    };
    for (const { pseudonym, sealed } of this.#file.sql('SELECT * FROM alias').all()) {
      const into = this.#file.seal.openJson(sealed as Uint8Array, 'alias', 'an alias of the journal') as OwnerIdentity;
      this.#aliases.set(Buffer.from(pseudonym as Uint8Array).toString('hex'), into);
    }
    this.#days = new PresentDays(this.#file, this.#keys);
    this.#last = this.#readLast();
  }

  rekey(keys: RecordKeys): void {
    this.#file.seal.rekey(keys);
  }

  close(): void {
    this.#file.close();
  }

  /** Begins to tell lines to other services, and to take in theirs; returns how far it follows them. */
  share(): Position | undefined {
    this.#shared ??= new SharedLines(this.#file);
    return this.#shared.position;
  }

  /** The secret that subjects are made with, sealed. */
  sharedSecret(): Uint8Array {
    return this.#sharing().secret;
  }

  /** Some lines of this service after one, by default the last that others were told of, and up to which line these are all. */
  unsent(after?: number): { readonly entries: readonly NewLogEntry[]; readonly last: number } {
    const shared = this.#sharing();
    const sent = after ?? shared.sent;
    const rows = this.#file.sql('SELECT * FROM line WHERE number > ? ORDER BY number LIMIT ?').all(sent, LINES_A_STEP);
    const own = rows.map(storedLine).filter(({ number }) => shared.originOf(number) === undefined);
    return {
      entries: own.map((line) => shared.entryOf(this.#read(line), this.picture(line.number))),
      last: rows.length === 0 ? sent : Number(rows.at(-1)?.number),
    };
  }

  /** Others were told of everything up to this line. */
  sent(number: number): void {
    this.#sharing().noteSent(number);
  }

  /** Does what others told, each thing once. */
  takeIn(entries: readonly LogEntry[]): void {
    const shared = this.#sharing();
    let lines: Extract<LineStep, { readonly kind: 'line' }>[] = [];
    const flush = () => {
      if (lines.length > 0) this.#write(lines.map(({ line, origin }) => ({ ...line, origin })));
      lines = [];
    };
    for (const entry of entries) {
      const step = shared.stepOf(entry);
      if (step.kind === 'line') lines.push(step);
      else if (step.kind !== 'nothing') {
        flush();
        if (step.kind === 'merge') this.#takeMerge(step.from, step.into);
        else while (this.forget(step.identity) > 0);
      }
    }
    flush();
    const last = entries.at(-1);
    if (last !== undefined) shared.writePosition(last.position);
  }

  /** What to tell others so that they forget a person. */
  forgetting(identity: OwnerIdentity): readonly NewLogEntry[] {
    return this.#sharing().forgetting(identity);
  }

  /** What to tell others of two people who are one. */
  merging(from: OwnerIdentity, into: OwnerIdentity): readonly NewLogEntry[] {
    this.#sharing().noteKin(from, into);
    return [this.#sharing().merging(from, into)];
  }

  append(lines: readonly NewJournalLine[]): readonly JournalLine[] {
    return this.#write(lines);
  }

  #sharing(): SharedLines {
    if (this.#shared === undefined) throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the journal is not shared');
    return this.#shared;
  }

  #takeMerge(from: OwnerIdentity, into: OwnerIdentity): void {
    this.merge(from, into);
    this.#sharing().noteKin(from, into);
  }

  #write(lines: readonly (NewJournalLine & { readonly origin?: LineOrigin })[]): readonly JournalLine[] {
    let { number, mac } = this.#last;
    const write = () => {
      const insert = this.#file.sql(INSERT);
      const quarters = new Map<string, number>();
      const all = lines.map(({ atMs, entry, picture, origin }) => {
        number += 1;
        const columns = columnsOf(this.#keys, number, Math.round(atMs), entry);
        mac = chainCode(this.#keys, mac, columns);
        insert.run(...valuesOf(columns), mac);
        if (picture !== undefined) {
          const sealed = this.#file.seal.seal(picture, pictureBound(number));
          this.#file.sql('INSERT INTO picture VALUES (?, ?, ?)').run(number, columns.atMs, sealed);
        }
        if (origin !== undefined) this.#shared?.noteOrigin(number, origin);
        this.#words.notePair(columns.spot, columns.kind);
        noteQuarter(quarters, columns);
        return writtenLine(this.#keys, columns, entry, picture !== undefined);
      });
      this.#addToQuarters(quarters, 1);
      return all;
    };
    try {
      const written = this.#file.transaction(write);
      this.#last = { number, mac };
      return written;
    } catch (thrown) {
      this.#words.reload();
      throw thrown;
    }
  }

  list(query: JournalQuery & PageRequest): Page<JournalLine> {
    const { limit = DEFAULT_LIMIT, cursor, ...filters } = query;
    const name = queryName(filters);
    const streams = this.#streams(filters);
    const span = { ...spanOf(filters), after: cursor === undefined ? undefined : readCursor(cursor, name) };
    const keys: LineKey[] = [];
    for (const key of lineOrder(this.#file, streams, span)) if (keys.push(key) > limit) break;
    const last = keys.length > limit ? keys[limit - 1] : undefined;
    return {
      items: keys.slice(0, limit).flatMap(({ number }) => this.line(number) ?? []),
      ...(last && { next: writeCursor(name, last) }),
      total: countLines(this.#file, streams, span, MOST_COUNTED),
    };
  }

  since(query: JournalQuery, after: number) {
    const rows = this.#file.sql('SELECT * FROM line WHERE number > ? ORDER BY number LIMIT ?').all(after, LINES_A_LOOK);
    const person = query.identity && Buffer.from(pseudonymOf(this.#keys, this.#keys.resolve(query.identity)));
    const { fromMs, untilMs } = spanOf(query);
    const kinds = query.kinds && new Set<JournalKind>(query.kinds);
    const lines = rows.map(storedLine).flatMap((line) => {
      if (person !== undefined && (line.person === null || !person.equals(line.person))) return [];
      const spot = this.#words.spot(line.spot);
      if (query.reader !== undefined && spot.reader !== query.reader) return [];
      if (query.place !== undefined && spot.place !== query.place) return [];
      if (kinds !== undefined && !kinds.has(KINDS[line.kind] as JournalKind)) return [];
      if (line.atMs < fromMs || line.atMs >= untilMs) return [];
      return [this.#read(line)];
    });
    const more = rows.length === LINES_A_LOOK;
    return { lines, after: rows.length === 0 ? after : Number(rows.at(-1)?.number), more };
  }

  line(number: number): JournalLine | undefined {
    const row = this.#file.sql('SELECT * FROM line WHERE number = ?').get(number);
    return row && this.#read(storedLine(row));
  }

  counts(query: JournalQuery, per: 'hour' | 'day'): readonly JournalCount[] {
    const streams = this.#streams(query);
    return countByTime(this.#file, streams, { ...spanOf(query), per });
  }

  countOf(identity: OwnerIdentity): number {
    return countLines(this.#file, this.#streams({ identity }), ALWAYS, MOST_COUNTED);
  }

  exportPart(query: JournalQuery & PageRequest, format: 'csv' | 'jsonl') {
    const { items, next } = this.list({ ...query, limit: query.limit ?? 1000 });
    const header = format === 'csv' && query.cursor === undefined ? LINES_HEADER : '';
    const text = items.map(format === 'csv' ? lineRow : (line) => `${JSON.stringify(line)}\n`).join('');
    return { text: header + text, lines: items.length, ...(next !== undefined && { next }) };
  }

  picture(number: number): Uint8Array | undefined {
    const row = this.#file.sql('SELECT sealed FROM picture WHERE number = ?').get(number);
    if (row === undefined) return undefined;
    return new Uint8Array(this.#file.seal.open(row.sealed as Uint8Array, pictureBound(number), `a picture`));
  }

  forget(identity: OwnerIdentity): number {
    const person = pseudonymOf(this.#keys, identity);
    const forgotten = this.#file.transaction(() => {
      const find = this.#file.sql('SELECT number FROM line WHERE person = ? LIMIT ?');
      const numbers = find.all(person, LINES_A_STEP).map(({ number }) => Number(number));
      const forget = this.#file.sql('UPDATE line SET person = NULL, who = NULL WHERE number = ?');
      const unsee = this.#file.sql('DELETE FROM picture WHERE number = ?');
      for (const number of numbers) {
        forget.run(number);
        unsee.run(number);
      }
      if (numbers.length === 0) this.#forgetAliases(identity);
      return numbers.length;
    });
    if (forgotten < LINES_A_STEP) this.#file.emptyLog();
    this.#days.forget();
    return forgotten;
  }

  merge(from: OwnerIdentity, into: OwnerIdentity): void {
    const [before, after] = [pseudonymOf(this.#keys, from), pseudonymOf(this.#keys, into)];
    this.#file.transaction(() => {
      this.#file.sql('UPDATE line SET person = ? WHERE person = ?').run(after, before);
      const put = this.#file.sql('INSERT OR REPLACE INTO alias VALUES (?, ?)');
      const sealed = () => this.#file.seal.sealJson(into, 'alias');
      put.run(before, sealed());
      for (const [pseudonym, to] of this.#aliases) {
        if (sameIdentity(to, from)) put.run(Buffer.from(pseudonym, 'hex'), sealed());
      }
    });
    for (const [pseudonym, to] of this.#aliases) if (sameIdentity(to, from)) this.#aliases.set(pseudonym, into);
    this.#aliases.set(Buffer.from(before).toString('hex'), into);
    this.#days.forget();
  }

  verify(from: number): ChainPart {
    const start = this.#start();
    if (start === undefined) return { lines: 0, forgotten: 0, broken: 1 };
    const rows = this.#file
      .sql('SELECT * FROM line WHERE number >= ? ORDER BY number LIMIT ?')
      .all(from, LINES_A_CHECK);
    const first = Math.max(from, start.number + 1);
    let before = first === start.number + 1 ? start.mac : this.#macOf(first - 1);
    let forgotten = 0;
    let number = first - 1;
    for (const line of rows.map(storedLine)) {
      number += 1;
      const broken = { lines: number - first, forgotten, broken: number };
      if (line.number !== number || before === undefined) return broken;
      const mac = chainCode(this.#keys, before, line);
      if (!Buffer.from(mac).equals(line.mac) || !this.#isWhole(line)) return broken;
      if (isForgotten(line)) forgotten += 1;
      before = mac;
    }
    // Lines that are cut off while the file is open.
    if (rows.length < LINES_A_CHECK && number < this.#last.number) {
      return { lines: number - first + 1, forgotten, broken: number + 1 };
    }
    const next = rows.length === LINES_A_CHECK ? number + 1 : undefined;
    return { lines: number - first + 1, forgotten, ...(next !== undefined && { next }) };
  }

  presentOn(query: PresenceQuery): { readonly present: readonly PresentDay[]; readonly total: number } {
    const { readers } = query;
    const spots = readers && this.#spotsWith(({ reader }) => readers.includes(reader));
    return this.#days.on(query, spots, this.#last.number);
  }

  trim({ linesBeforeMs, picturesBeforeMs }: JournalRetention): number {
    const start = this.#start();
    const trimmed = this.#file.transaction(() => {
      const some = 'SELECT number FROM picture WHERE at_ms < ? ORDER BY at_ms LIMIT ?';
      const unseen = this.#file
        .sql(`DELETE FROM picture WHERE number IN (${some})`)
        .run(Math.max(picturesBeforeMs, linesBeforeMs), LINES_A_STEP).changes;
      if (start === undefined) return Number(unseen);
      const rows = this.#file.sql('SELECT * FROM line ORDER BY number LIMIT ?').all(LINES_A_STEP).map(storedLine);
      const young = rows.findIndex(({ atMs }) => atMs >= linesBeforeMs);
      const old = young < 0 ? rows : rows.slice(0, young);
      const last = old.at(-1);
      if (last === undefined) return Number(unseen);
      const quarters = new Map<string, number>();
      for (const line of old) noteQuarter(quarters, line);
      this.#addToQuarters(quarters, -1);
      this.#file.sql('DELETE FROM line WHERE number <= ?').run(last.number);
      this.#shared?.forgetOrigins(last.number);
      this.#writeStart(last.number, last.mac);
      return Number(unseen) + old.length;
    });
    if (trimmed > 0 && trimmed < LINES_A_STEP) this.#file.emptyLog();
    return trimmed;
  }

  position(): JournalPosition {
    return { number: this.#last.number, chain: Buffer.from(this.#last.mac).toString('hex') };
  }

  hasEndedWith({ number, chain }: JournalPosition): boolean {
    if (number === 0) return true;
    if (number > this.#last.number) return false;
    const start = this.#start();
    if (start !== undefined && number < start.number) return true;
    const mac = start?.number === number ? start.mac : this.#macOf(number);
    return mac !== undefined && Buffer.from(mac).toString('hex') === chain;
  }

  reseal(): number {
    const { seal } = this.#file;
    return this.#file.transaction(() => {
      const row = this.#file.sql('SELECT key_id, number FROM resealing').get();
      const isNew = Number(row?.key_id) !== seal.keyId;
      const after = isNew ? 0 : Number(row?.number);
      if (isNew) this.#resealBeside();
      const find = 'SELECT number, who FROM line WHERE number > ? AND who IS NOT NULL ORDER BY number LIMIT ?';
      const rows = this.#file.sql(find).all(after, LINES_A_STEP);
      const update = this.#file.sql('UPDATE line SET who = ? WHERE number = ?');
      const picture = this.#file.sql('SELECT sealed FROM picture WHERE number = ?');
      let done = after;
      for (const { number, who } of rows) {
        done = Number(number);
        const anew = seal.resealed(who as Uint8Array, whoBound(done), `line ${done}`);
        if (anew !== undefined) update.run(anew, done);
      }
      // Pictures of lines whose person is not known are few; they are taken with the lines they lie between.
      const upTo = rows.length < LINES_A_STEP ? Number.MAX_SAFE_INTEGER : done;
      for (const each of this.#file
        .sql('SELECT number FROM picture WHERE number > ? AND number <= ?')
        .all(after, upTo)) {
        const number = Number(each.number);
        const anew = seal.resealed(picture.get(number)?.sealed as Uint8Array, pictureBound(number), 'a picture');
        if (anew !== undefined) this.#file.sql('UPDATE picture SET sealed = ? WHERE number = ?').run(anew, number);
      }
      this.#file.sql('INSERT OR REPLACE INTO resealing VALUES (1, ?, ?)').run(seal.keyId, done);
      return rows.length;
    });
  }

  #resealBeside(): void {
    this.#file.resealSecrets();
    for (const { pseudonym, sealed } of this.#file.sql('SELECT * FROM alias').all()) {
      const anew = this.#file.seal.resealed(sealed as Uint8Array, 'alias', 'an alias of the journal');
      if (anew !== undefined) {
        this.#file.sql('UPDATE alias SET sealed = ? WHERE pseudonym = ?').run(anew, pseudonym as Uint8Array);
      }
    }
  }

  #isWhole(line: LineColumns): boolean {
    try {
      return isWhole(this.#keys, line);
    } catch {
      return false;
    }
  }

  #read(line: StoredLine): JournalLine {
    const picture = this.#file.sql('SELECT 1 AS there FROM picture WHERE number = ?').get(line.number);
    const site = this.#shared?.originOf(line.number)?.site;
    return { ...lineOf(this.#keys, line, picture !== undefined), ...(site !== undefined && { site }) };
  }

  /** Streams of the lines that the filters other than time leave. */
  #streams(query: JournalQuery): readonly LineStream[] {
    const kinds = this.#kindsOf(query);
    const spots = this.#spotsOf(query);
    if (query.identity !== undefined) {
      const person = pseudonymOf(this.#keys, this.#keys.resolve(query.identity));
      const where = 'person = ? AND kind = ?';
      if (spots === undefined) return kinds.map((kind) => ({ index: 'line_person', where, values: [person, kind] }));
      const within = `${where} AND spot IN (SELECT value FROM json_each(?))`;
      const list = JSON.stringify([...spots]);
      return kinds.map((kind) => ({ index: 'line_person', where: within, values: [person, kind, list] }));
    }
    if (spots === undefined) return kinds.map((kind) => ({ index: 'line_kind', where: 'kind = ?', values: [kind] }));
    return [...this.#words.spots].flatMap(([id, , known]) =>
      spots.has(id)
        ? kinds
            .filter((kind) => known.has(kind))
            .map((kind) => ({ index: 'line_spot' as const, where: 'spot = ? AND kind = ?', values: [id, kind] }))
        : [],
    );
  }

  #kindsOf({ kinds }: JournalQuery): readonly number[] {
    const known = this.#words.kinds;
    const wanted = kinds === undefined ? [...known] : [...new Set(kinds)].map((kind) => KINDS.indexOf(kind));
    return wanted.filter((kind) => known.has(kind));
  }

  /** Undefined for everywhere. */
  #spotsOf({ reader, place }: JournalQuery): ReadonlySet<number> | undefined {
    if (reader === undefined && place === undefined) return undefined;
    return this.#spotsWith(
      (spot) => (reader === undefined || spot.reader === reader) && (place === undefined || spot.place === place),
    );
  }

  #spotsWith(fits: (spot: { readonly reader: string; readonly place: string }) => boolean): ReadonlySet<number> {
    return new Set([...this.#words.spots].flatMap(([id, spot]) => (fits(spot) ? [id] : [])));
  }

  #addToQuarters(quarters: ReadonlyMap<string, number>, sign: 1 | -1): void {
    const add = this.#file.sql(`INSERT INTO quarter VALUES (?, ?, ?, ?)
      ON CONFLICT (spot, kind, quarter) DO UPDATE SET lines = lines + excluded.lines`);
    for (const [key, lines] of quarters) {
      const [quarter = 0, spot = 0, kind = 0] = key.split(' ').map(Number);
      add.run(quarter, spot, kind, sign * lines);
      if (sign > 0) continue;
      const empty = 'DELETE FROM quarter WHERE spot = ? AND kind = ? AND quarter = ? AND lines <= 0';
      this.#file.sql(empty).run(spot, kind, quarter);
    }
  }

  #forgetAliases(identity: OwnerIdentity): void {
    const own = Buffer.from(pseudonymOf(this.#keys, identity)).toString('hex');
    for (const [pseudonym, into] of [...this.#aliases]) {
      if (pseudonym !== own && !sameIdentity(into, identity)) continue;
      this.#file.sql('DELETE FROM alias WHERE pseudonym = ?').run(Buffer.from(pseudonym, 'hex'));
      this.#aliases.delete(pseudonym);
    }
  }

  #macOf(number: number): Uint8Array | undefined {
    return this.#file.sql('SELECT mac FROM line WHERE number = ?').get(number)?.mac as Uint8Array | undefined;
  }

  /** What the first line follows; undefined when it was changed. */
  #start(): { readonly number: number; readonly mac: Uint8Array } | undefined {
    const row = this.#file.sql('SELECT * FROM start').get();
    if (row === undefined) return { number: 0, mac: BEFORE_FIRST };
    const [number, mac] = [Number(row.number), row.mac as Uint8Array];
    return this.#startCode(number, mac).equals(row.code as Uint8Array) ? { number, mac } : undefined;
  }

  #writeStart(number: number, mac: Uint8Array): void {
    const code = this.#startCode(number, mac);
    this.#file.sql('INSERT OR REPLACE INTO start VALUES (1, ?, ?, ?)').run(number, mac, code);
  }

  #startCode(number: number, mac: Uint8Array): Buffer {
    return codeOf(this.#keys.chain, CODE_BYTES, 'start', String(number), mac);
  }

  #readLast(): { readonly number: number; readonly mac: Uint8Array } {
    const row = this.#file.sql('SELECT number, mac FROM line ORDER BY number DESC LIMIT 1').get();
    if (row !== undefined) return { number: Number(row.number), mac: row.mac as Uint8Array };
    return this.#start() ?? { number: 0, mac: BEFORE_FIRST };
  }
}

/** Counts a line, at its reader and at all. */
function noteQuarter(quarters: Map<string, number>, { atMs, spot, kind }: LineColumns): void {
  for (const where of [spot, ALL_SPOTS]) {
    const key = `${Math.floor(atMs / QUARTER_MS)} ${where} ${kind}`;
    quarters.set(key, (quarters.get(key) ?? 0) + 1);
  }
}

function valuesOf(line: LineColumns): (number | Uint8Array | null)[] {
  const { number, atMs, kind, spot, asker, person, subFactor, scoreClass, reason, rejectDetail } = line;
  const { correctedMs, corrects, who, whoDigest } = line;
  const found = [number, atMs, kind, spot, asker, person, subFactor, scoreClass, reason, rejectDetail];
  return [...found, correctedMs, corrects, who, whoDigest];
}

function storedLine(row: Readonly<Record<string, unknown>>): StoredLine {
  const number = (name: string) => (row[name] === null ? null : Number(row[name]));
  const bytes = (name: string) => (row[name] instanceof Uint8Array ? row[name] : null);
  return {
    number: Number(row.number),
    atMs: Number(row.at_ms),
    kind: Number(row.kind),
    spot: Number(row.spot),
    asker: number('asker'),
    person: bytes('person'),
    subFactor: number('sub_factor'),
    scoreClass: number('score_class'),
    reason: number('reason'),
    rejectDetail: number('reject_detail'),
    correctedMs: number('corrected_ms'),
    corrects: number('corrects'),
    who: bytes('who'),
    whoDigest: bytes('who_digest'),
    mac: bytes('mac') ?? BEFORE_FIRST,
  };
}

function spanOf({ fromMs, untilMs, ascending = false }: JournalQuery): LineSpan {
  return { fromMs: Math.ceil(fromMs ?? ALWAYS.fromMs), untilMs: Math.ceil(untilMs ?? ALWAYS.untilMs), ascending };
}

function pictureBound(number: number): string {
  return `picture of line ${number}`;
}

function queryName({ identity, place, reader, kinds, fromMs, untilMs, ascending = false }: JournalQuery): string {
  const who = identity === undefined ? null : identityKey(identity);
  const whole = JSON.stringify([who, place, reader, kinds, fromMs, untilMs, ascending]);
  return createHash('sha256').update(whole).digest('base64url').slice(0, 12);
}

function writeCursor(query: string, { atMs, number }: LineKey): string {
  return Buffer.from(JSON.stringify([query, atMs, number])).toString('base64url');
}

function readCursor(cursor: string, query: string): LineKey {
  try {
    const [of, atMs, number] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (of === query && typeof atMs === 'number' && typeof number === 'number') return { atMs, number };
  } catch {
    // Not one of ours.
  }
  throw new BiometricError('E_INVALIDARG', 'cursor: it belongs to another query; ask for the first page again');
}
