/**
 * Which records a service has stored and deleted: a file beside the keys, whose lines nobody can write without them.
 * A record that is taken out of a database, one that comes back, and a database that is gone are seen by it.
 *
 * The first line is `whorl-ledger 2 <key number> <generation>`; the generation rises when the file is written anew. Each further one is an entry, records (`<database> <own number>,<own number>...`; one in version 1)
 * and a code that is keyed and chained to the line before. Entries: `+` the record is about to be stored, `-` it is
 * about to be deleted, `>` it is about to be replaced by the record of the line before, `x` what the line before it for
 * this record says did not happen, `=` all of this database is as
 * the lines say, `?` this database is older than the ledger, and what it has is believed once, `!` a service
 * has it open from here on, `.` it has closed it.
 */

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { DeletedRecords } from '../../storage/sealed/deleted-records.ts';
import type { Keyring, SealingKey } from '../../storage/sealed/keyring.ts';
import type { RecordSet, RecordSetCheck } from '../../storage/sealed/record-set.ts';
import { DELETED_RECORDS_FILE, readDeletedRecords } from './deleted-records-file.ts';
import { appendDurably, writeDurably } from './write-durably.ts';

type Entry = '+' | '-' | '>' | 'x' | '=' | '?' | '!' | '.';
/** An entry; all but the first four are of a whole database. */
interface Line {
  readonly entry: Entry;
  readonly databaseId: string;
  /** Own numbers of records; one that is `-` for all of the database. */
  readonly numbers: readonly string[];
}

/** Folders of a state directory. */
export interface LedgerPlaces {
  readonly keysFolder: string;
  readonly databasesFolder: string;
}

/** How far a ledger is: its last code stands for everything before it. */
export interface LedgerPosition {
  readonly generation: number;
  /** Lines after the first. */
  readonly lines: number;
  readonly code: string;
}

/** Numbers of the records of a database. */
export interface RecordNumbers {
  /** Stored, and not deleted. */
  readonly stored: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
}

/** Name of the file, in the folder of the keys. */
export const LEDGER_FILE = 'records.ledger';
const TITLE = 'whorl-ledger';
const VERSION = 2;
const LINE = /^([+\->x=?!.]) (\S{36}) ([0-9a-f]{32}(?:,[0-9a-f]{32})*|-) ([0-9a-f]{64})$/;
/** Most records of a line: one code takes as long as the numbers of some dozens. */
const LINE_RECORDS = 1000;
/** A file of more lines is written anew when most have one record, while it has few of them. */
const MANY_LINES = 5000;
const synced = promisify(fdatasync);

interface Known {
  readonly stored: Set<string>;
  readonly deleted: Set<string>;
  /** About to be stored by the last lines: the process may have ended before they were. */
  readonly uncertain: Set<string>;
  /** Stored, not deleted, and not there when the database was opened. */
  missing: readonly string[];
  /** About to be replaced: the old number of a record, and the new one. */
  readonly replaced: Map<string, string>;
  lastAdded: string;
  /** How many additions are under way. */
  adding: number;
  /** While the records of the database are compared: those not seen yet, and whether unknown ones are believed. */
  checking: { readonly unseen: ReadonlySet<string>; readonly believes: boolean } | undefined;
  checked: boolean;
  /** Older than the ledger, and not opened since. */
  older: boolean;
  /** A service had it open, and did not end by itself: the last lines may be missing. */
  inUse: boolean;
}

export class RecordLedger implements DeletedRecords, RecordSet, Disposable {
  readonly #path: string;
  readonly #keyring: Keyring;
  readonly #databases = new Map<string, Known>();
  #file: number;
  #key: KeyObject;
  #keyId: number;
  #code: string;
  #generation: number;
  #version: number;
  #lines = 0;
  #open = true;
  #unsynced = false;
  #syncing: Promise<void> | undefined;
  /** Why lines did not reach the disk; the next addition fails with it. */
  #fault: BiometricError | undefined;
  readonly #onAppend: () => void;

  /**
   * The ledger of a state directory. Throws WINBIO_E_DATABASE_CORRUPTED when a line is not one of ours,
   * WHORL_E_KEY_MISSING when its key is not on the ring.
   */
  static async open(
    { keysFolder, databasesFolder }: LedgerPlaces,
    keyring: Keyring,
    onAppend = () => {},
  ): Promise<RecordLedger> {
    const path = join(keysFolder, LEDGER_FILE);
    const isNew = !existsSync(path);
    if (isNew) writeDurably(path, titleOf(keyring.current, 1));
    const ledger = new RecordLedger(path, keyring, onAppend);
    if (isNew) ledger.#append([...linesBefore(keysFolder), ...databasesIn(databasesFolder).map(olderOne)]);
    // The key may be taken away that it was written with, now that there is another one.
    if (ledger.#keyId !== keyring.current.keyId) await ledger.rewrite();
    rmSync(join(keysFolder, DELETED_RECORDS_FILE), { force: true });
    return ledger;
  }

  /** Reads a ledger, and changes nothing. Throws as {@link open} rejects. */
  static read({ keysFolder }: Pick<LedgerPlaces, 'keysFolder'>, keyring: Keyring): RecordLedger {
    return new RecordLedger(join(keysFolder, LEDGER_FILE), keyring, () => {}, 'r');
  }

  /** Writes a ledger where there is none, durably, and says how far it is. */
  static write(keysFolder: string, keyring: Keyring, databases: ReadonlyMap<string, RecordNumbers>): LedgerPosition {
    const path = join(keysFolder, LEDGER_FILE);
    writeDurably(path, titleOf(keyring.current, 1));
    using ledger = new RecordLedger(path, keyring, () => {});
    ledger.#append(
      [...databases].flatMap(([databaseId, { stored, deleted }]) => [
        ...linesOf('-', databaseId, [...deleted]),
        ...linesOf('+', databaseId, [...stored]),
        settled(databaseId),
      ]),
    );
    return ledger.position;
  }

  private constructor(path: string, keyring: Keyring, onAppend: () => void, mode: 'a' | 'r' = 'a') {
    this.#path = path;
    this.#keyring = keyring;
    this.#onAppend = onAppend;
    const text = readFileSync(path, 'utf8');
    const [title = '', ...lines] = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
    const key = this.#keyOf(title);
    this.#keyId = key.keyId;
    this.#key = macKey(key);
    this.#code = title;
    this.#version = Number(title.split(' ')[1]);
    this.#generation = Number(title.split(' ')[3] ?? 0);
    this.#lines = lines.length;
    for (const [i, each] of lines.entries()) this.#replay(each, i + 2);
    this.#file = openSync(path, mode, 0o600);
    const whole = Buffer.byteLength(`${[title, ...lines].join('\n')}\n`);
    if (mode === 'a' && whole < fstatSync(this.#file).size) ftruncateSync(this.#file, whole);
  }

  get position(): LedgerPosition {
    return { generation: this.#generation, lines: this.#lines, code: this.#code };
  }

  /** False for a position that this ledger has never had: it is older, or another one. Reads the file again. */
  hasBeenAt({ generation, lines, code }: LedgerPosition): boolean {
    if (generation !== this.#generation) return generation < this.#generation;
    const text = readFileSync(this.#path, 'utf8').split('\n')[lines];
    return lines <= this.#lines && text?.endsWith(code) === true;
  }

  /** Resolves when every line that was written so far is on the disk. */
  async synced(): Promise<void> {
    await this.#syncing;
  }

  /** Numbers of the records of a database. */
  numbersOf(databaseId: DatabaseId): RecordNumbers {
    return this.#known(databaseId);
  }

  has(databaseId: DatabaseId, ownNumber: string): boolean {
    return this.#known(databaseId).deleted.has(ownNumber);
  }

  async remember<T>(databaseId: DatabaseId, ownNumbers: readonly string[], deletion: () => Promise<T>): Promise<T> {
    const lines = linesOf('-', databaseId, ownNumbers);
    this.#append(lines);
    try {
      return await deletion();
    } catch (thrown) {
      this.#append(linesOf('x', databaseId, ownNumbers));
      throw thrown;
    }
  }

  holds(databaseId: DatabaseId, ownNumber: string): boolean {
    const { stored, deleted, checking } = this.#known(databaseId);
    return stored.has(ownNumber) || (checking?.believes === true && !deleted.has(ownNumber));
  }

  async adding<T>(databaseId: DatabaseId, ownNumbers: readonly string[], add: () => Promise<T>): Promise<T> {
    const known = this.#known(databaseId);
    const isCertain = known.adding === 0 && known.checking === undefined;
    const before = isCertain && known.uncertain.size > 0 ? [settled(databaseId)] : [];
    const lines = [...before, ...linesOf('+', databaseId, ownNumbers)];
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault !== undefined) throw fault;
    try {
      this.#append(lines, (content) => writeWhole(this.#file, content));
    } catch (cause) {
      throw writeFault(cause);
    }
    known.adding += 1;
    this.#syncSoon();
    try {
      return await add();
    } catch (thrown) {
      this.#withdraw(linesOf('x', databaseId, ownNumbers));
      throw thrown;
    } finally {
      known.adding -= 1;
    }
  }

  async replacing<T>(databaseId: DatabaseId, before: string, after: string, replace: () => Promise<T>): Promise<T> {
    const known = this.#known(databaseId);
    this.#append([...linesOf('+', databaseId, [after]), ...linesOf('>', databaseId, [before])]);
    known.adding += 1;
    let done: T;
    try {
      done = await replace();
    } catch (thrown) {
      this.#withdraw(linesOf('x', databaseId, [after]));
      throw thrown;
    } finally {
      known.adding -= 1;
    }
    this.#withdraw(linesOf('-', databaseId, [before]));
    return done;
  }

  check(databaseId: DatabaseId): RecordSetCheck | undefined {
    const known = this.#known(databaseId);
    if (known.checked) return undefined;
    known.checked = true;
    // What is under way from here on is not what an earlier process left behind.
    const [uncertain, replaced] = [new Set(known.uncertain), new Map(known.replaced)];
    const check = { unseen: new Set(known.stored), believes: known.older || known.inUse, adopted: new Set<string>() };
    known.checking = check;
    if (!known.inUse) this.#append([ofDatabase('!', databaseId)]);
    return {
      see: (number) => {
        if (check.unseen.delete(number) || known.stored.has(number) || known.deleted.has(number)) return;
        if (check.believes) check.adopted.add(number);
      },
      end: () => {
        known.checking = undefined;
        const isThere = (number: string) => known.stored.has(number) && !check.unseen.has(number);
        const adopted = [...check.adopted].filter((number) => !known.deleted.has(number));
        const unfinished = [...uncertain].filter((number) => known.stored.has(number) && !isThere(number));
        const left = [...replaced].filter(([before]) => known.replaced.has(before));
        const done = left.filter(([, after]) => isThere(after)).map(([before]) => before);
        const undone = left.filter(([, after]) => !isThere(after)).map(([, after]) => after);
        this.#append([
          ...linesOf('+', databaseId, adopted),
          ...linesOf('-', databaseId, done),
          ...linesOf('x', databaseId, [...new Set([...unfinished, ...undone])]),
          // Others may be uncertain by now.
          ...(known.adding === 0 ? [settled(databaseId)] : []),
        ]);
        known.older = false;
        known.missing = [...check.unseen].filter((number) => known.stored.has(number));
        return { missing: known.missing.length, adopted: adopted.length };
      },
      [Symbol.dispose]: () => {
        if (known.checking !== check) return;
        known.checking = undefined;
        known.checked = false;
      },
    };
  }

  erased(databaseId: DatabaseId): void {
    this.#append(linesOf('-', databaseId, [...this.#known(databaseId).stored]));
  }

  /**
   * Writes the file anew when it is of the first version, or has far more lines than it needs. Whether it is of today
   * has to be known before: a file that was written anew has been anywhere.
   */
  async compact(): Promise<void> {
    const records = [...this.#databases.values()].reduce(
      (sum, { stored, deleted }) => sum + stored.size + deleted.size,
      0,
    );
    const tooMany = this.#lines > MANY_LINES && this.#lines > records / 10;
    if (this.#version < VERSION || tooMany) await this.rewrite();
  }

  /** Writes the file anew under the key that seals now, without the records that are missing. */
  async rewrite(): Promise<void> {
    const { current } = this.#keyring;
    const before = { key: this.#key, code: this.#code };
    const title = titleOf(current, this.#generation + 1);
    this.#key = macKey(current);
    this.#code = title.trimEnd();
    const lines: Line[] = [];
    for (const [databaseId, known] of this.#databases) {
      for (const number of known.missing) known.stored.delete(number);
      known.missing = [];
      const { deleted, stored, uncertain } = known;
      const certain = [...stored].filter((number) => !uncertain.has(number));
      lines.push(...linesOf('-', databaseId, [...deleted]), ...linesOf('+', databaseId, certain));
      lines.push(known.older ? olderOne(databaseId) : settled(databaseId));
      if (known.inUse) lines.push(ofDatabase('!', databaseId));
      lines.push(
        ...linesOf(
          '+',
          databaseId,
          [...stored].filter((number) => uncertain.has(number)),
        ),
      );
      for (const [old, after] of known.replaced) {
        lines.push(...linesOf('+', databaseId, [after]), ...linesOf('>', databaseId, [old]));
      }
    }
    try {
      writeDurably(this.#path, title + lines.map((line) => this.#coded(line)).join(''));
    } catch (thrown) {
      this.#key = before.key;
      this.#code = before.code;
      throw thrown;
    }
    this.#keyId = current.keyId;
    this.#version = VERSION;
    this.#generation += 1;
    this.#lines = lines.length;
    const old = this.#file;
    this.#file = openSync(this.#path, 'a', 0o600);
    for (const line of lines) this.#apply(line);
    await this.#syncing;
    closeSync(old);
    this.#onAppend();
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      const certain = [...this.#databases].filter(
        ([, each]) => each.adding === 0 && each.inUse && each.checking?.believes !== true,
      );
      this.#append(certain.map(([databaseId]) => ofDatabase('.', databaseId)));
    } catch {
      // The next start then takes the last records for unfinished if they are missing.
    } finally {
      closeSync(this.#file);
    }
  }

  /**
   * Lines of additions are on their way to the disk while the storage writes, and nobody waits for them: after a power
   * cut the records that they are missing for are believed once.
   */
  #syncSoon(): void {
    this.#unsynced = true;
    this.#syncing ??= this.#sync().finally(() => {
      this.#syncing = undefined;
    });
  }

  async #sync(): Promise<void> {
    try {
      while (this.#unsynced) {
        this.#unsynced = false;
        await synced(this.#file);
      }
    } catch (cause) {
      this.#fault = this.#open ? writeFault(cause) : undefined;
    }
  }

  /** Where it cannot be written, the next start finds the records missing, and their lines the last ones. */
  #withdraw(lines: readonly Line[]): void {
    try {
      this.#append(lines);
    } catch {
      for (const line of lines) this.#apply(line);
    }
  }

  #append(lines: readonly Line[], write = (content: string) => appendDurably(this.#file, content)): void {
    if (lines.length === 0) return;
    const before = this.#code;
    try {
      write(lines.map((line) => this.#coded(line)).join(''));
    } catch (thrown) {
      this.#code = before;
      throw thrown;
    }
    this.#lines += lines.length;
    for (const line of lines) this.#apply(line);
    this.#onAppend();
  }

  #coded({ entry, databaseId, numbers }: Line): string {
    const content = `${entry} ${databaseId} ${numbers.join()}`;
    this.#code = createHmac('sha256', this.#key).update(this.#code).update(content).digest('hex');
    return `${content} ${this.#code}\n`;
  }

  #replay(text: string, lineNumber: number): void {
    const [, entry, databaseId = '', list = ''] = LINE.exec(text) ?? [];
    const line = { entry: entry as Entry, databaseId, numbers: list.split(',') };
    if (entry === undefined || this.#coded(line) !== `${text}\n`) {
      const remedy = 'put back the copy that belongs to the databases';
      throw new BiometricError(
        'WINBIO_E_DATABASE_CORRUPTED',
        `${this.#path}: line ${lineNumber} was changed; ${remedy}`,
      );
    }
    this.#apply(line);
  }

  #apply({ entry, databaseId, numbers }: Line): void {
    const known = this.#known(databaseId);
    for (const number of numbers) this.#applyTo(known, entry, number);
  }

  #applyTo(known: Known, entry: Entry, number: string): void {
    switch (entry) {
      case '+':
        known.stored.add(number);
        known.uncertain.add(number);
        known.lastAdded = number;
        return;
      case '-':
        known.stored.delete(number);
        known.deleted.add(number);
        known.replaced.delete(number);
        return;
      case '>':
        known.replaced.set(number, known.lastAdded);
        return;
      case 'x':
        for (const [before, after] of known.replaced) if (after === number) known.replaced.delete(before);
        if (known.deleted.delete(number)) known.stored.add(number);
        else known.stored.delete(number);
        return;
      case '=':
        known.uncertain.clear();
        known.older = false;
        return;
      case '?':
        known.older = true;
        return;
      case '!':
        known.inUse = true;
        return;
      case '.':
        known.uncertain.clear();
        known.inUse = false;
        return;
      default:
        entry satisfies never;
    }
  }

  #known(databaseId: string): Known {
    const known = this.#databases.get(databaseId) ?? nothingKnown();
    this.#databases.set(databaseId, known);
    return known;
  }

  #keyOf(title: string): SealingKey {
    const [name, version, keyNumber = ''] = title.split(' ');
    const isKnown = name === TITLE && (version === '1' || version === String(VERSION));
    const number = isKnown ? Number.parseInt(keyNumber, 16) : Number.NaN;
    const key = Number.isNaN(number) ? undefined : this.#keyring.byId(number);
    if (key !== undefined) return key;
    const text = `${this.#path} was written with a key that is not there: restore the keys that belong to the databases`;
    throw new BiometricError('WHORL_E_KEY_MISSING', text);
  }
}

function nothingKnown(): Known {
  return {
    stored: new Set(),
    deleted: new Set(),
    uncertain: new Set(),
    missing: [],
    replaced: new Map(),
    lastAdded: '',
    adding: 0,
    checking: undefined,
    checked: false,
    older: false,
    inUse: false,
  };
}

function titleOf({ keyId }: SealingKey, generation: number): string {
  return `${TITLE} ${VERSION} ${keyId.toString(16).padStart(8, '0')} ${generation}\n`;
}

/** As Node.js wants it: made anew for each line, it would take longer than the line. */
function macKey(key: SealingKey): KeyObject {
  return createSecretKey(key.derive('whorl ledger'));
}

function linesOf(entry: Entry, databaseId: string, numbers: readonly string[]): Line[] {
  return Array.from({ length: Math.ceil(numbers.length / LINE_RECORDS) }, (_, i) => {
    return { entry, databaseId, numbers: numbers.slice(LINE_RECORDS * i, LINE_RECORDS * (i + 1)) };
  });
}

function olderOne(databaseId: string): Line {
  return ofDatabase('?', databaseId);
}

/** What was deleted before there was a ledger. */
function linesBefore(keysFolder: string): Line[] {
  return readDeletedRecords(keysFolder).map((each) => {
    const [databaseId = '', number = ''] = each.split(':');
    return { entry: '-', databaseId, numbers: [number] };
  });
}

function databasesIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) => (/^\S{36}\.db$/.test(name) ? [normalizeGuid(name.slice(0, -3))] : []));
}

function writeFault(cause: unknown): BiometricError {
  const isFull = ['ENOSPC', 'EDQUOT'].includes(String((cause as NodeJS.ErrnoException).code));
  const text = 'the ledger of records cannot be written';
  return new BiometricError(isFull ? 'WINBIO_E_DATABASE_FULL' : 'WINBIO_E_DATABASE_WRITE_ERROR', text, { cause });
}

/** An entry of all of a database. */
function ofDatabase(entry: Entry, databaseId: string): Line {
  return { entry, databaseId, numbers: ['-'] };
}

function settled(databaseId: string): Line {
  return ofDatabase('=', databaseId);
}

/** All of it, or nothing; not durable yet. */
function writeWhole(file: number, content: string): void {
  const bytes = Buffer.from(content);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(file, bytes, written);
  } catch (thrown) {
    ftruncateSync(file, fstatSync(file).size - written);
    throw thrown;
  }
}
