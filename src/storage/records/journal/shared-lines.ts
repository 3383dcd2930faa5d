/** Lines as services tell them to each other: what was told, which lines came from elsewhere, and how far it follows. */

import type { NewJournalLine } from '../../../adapters/journal-store.ts';
import type { Position } from '../../../adapters/shared-history.ts';
import type { LogEntry, NewLogEntry } from '../../../adapters/shared-log.ts';
import { BiometricError } from '../../../core/biometric-error.ts';
import { identityKey, type OwnerIdentity } from '../../../core/identity.ts';
import type { JournalEntry, JournalLine } from '../../../core/journal-line.ts';
import { codeOf } from '../record-keys.ts';
import type { RecordsFile } from '../records-file.ts';

/** Key of the secret that subjects are made with. */
export const SUBJECTS_KEY = 'secret/subjects';
const SUBJECTS = 'subjects';
const SUBJECT_BYTES = 16;
const ORIGIN_BYTES = 8;

// `origin` names the journal that a line was written in; `kin` says whose lines are another one's since two became one.
const TABLES = `
  CREATE TABLE IF NOT EXISTS shared (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    sent INTEGER NOT NULL DEFAULT 0,
    sealed BLOB
  ) STRICT;
  CREATE TABLE IF NOT EXISTS origin (
    number INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    origin_number INTEGER NOT NULL,
    site TEXT NOT NULL,
    UNIQUE (origin, origin_number)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS kin (subject TEXT PRIMARY KEY, into_subject TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO shared (only_row) VALUES (1);
`;

/** Where a line was written first. */
export interface LineOrigin {
  readonly origin: string;
  readonly number: number;
  /** Name of the service. */
  readonly site: string;
}

/** What is told of a line. */
interface ToldLine {
  readonly atMs: number;
  readonly entry: Omit<JournalEntry, 'corrects'>;
  /** Line that this one corrects. */
  readonly corrects?: Omit<LineOrigin, 'site'>;
  /** A PNG, base64. */
  readonly picture?: string;
}

/** What an entry of another service asks to be done. */
export type LineStep =
  | { readonly kind: 'line'; readonly line: NewJournalLine; readonly origin: LineOrigin }
  | { readonly kind: 'forget'; readonly identity: OwnerIdentity }
  | { readonly kind: 'merge'; readonly from: OwnerIdentity; readonly into: OwnerIdentity }
  | { readonly kind: 'nothing' };

export class SharedLines {
  readonly #file: RecordsFile;
  readonly #origin: string;

  /** Of a journal that is shared from now on. */
  constructor(file: RecordsFile) {
    this.#file = file;
    file.ensure(TABLES);
    this.#origin = Buffer.from(file.secret('origin')).toString('hex', 0, ORIGIN_BYTES);
  }

  /** How far it follows; undefined before the first time. */
  get position(): Position | undefined {
    const sealed = this.#file.sql('SELECT sealed FROM shared').get()?.sealed;
    if (!(sealed instanceof Uint8Array)) return undefined;
    return this.#file.seal.openJson(sealed, 'shared', 'how far the journal is') as Position;
  }

  writePosition(position: Position): void {
    this.#file.sql('UPDATE shared SET sealed = ?').run(this.#file.seal.sealJson(position, 'shared'));
  }

  /** Number of the last line that was told. */
  get sent(): number {
    return Number(this.#file.sql('SELECT sent FROM shared').get()?.sent);
  }

  /** With 0 everything is told again. */
  noteSent(number: number): void {
    this.#file.sql('UPDATE shared SET sent = ?').run(number);
  }

  /** Secret that subjects are made with, sealed with the key that seals now. */
  get secret(): Uint8Array {
    this.#file.resealSecrets();
    return this.#file.sealedSecret(SUBJECTS);
  }

  /** Where a line comes from; undefined for one of this service. */
  originOf(number: number): LineOrigin | undefined {
    const row = this.#file.sql('SELECT origin, origin_number, site FROM origin WHERE number = ?').get(number);
    return row && { origin: String(row.origin), number: Number(row.origin_number), site: String(row.site) };
  }

  noteOrigin(number: number, { origin, number: originNumber, site }: LineOrigin): void {
    this.#file.sql('INSERT INTO origin VALUES (?, ?, ?, ?)').run(number, origin, originNumber, site);
  }

  /** Lines up to this one are there no more. */
  forgetOrigins(number: number): void {
    this.#file.sql('DELETE FROM origin WHERE number <= ?').run(number);
  }

  /** The entry that tells of a line of this service. */
  entryOf(
    { number, atMs, forgotten, hasPicture: _, site: __, corrects, ...entry }: JournalLine,
    picture: Uint8Array | undefined,
  ): NewLogEntry {
    const key = `line/${this.#origin}/${number}`;
    if (forgotten === true) return { key, body: undefined };
    const corrected = corrects === undefined ? undefined : this.#placeOf(corrects);
    const told: ToldLine = {
      atMs,
      entry,
      ...(corrected && { corrects: corrected }),
      ...(picture && { picture: Buffer.from(picture).toString('base64') }),
    };
    const subject = entry.person && this.#subjectOf(entry.person.identity);
    return { key, body: this.#file.seal.sealJson(told, key), ...(subject !== undefined && { subject }) };
  }

  /** Entries that take away what was told of a person. */
  forgetting(identity: OwnerIdentity): readonly NewLogEntry[] {
    const own = this.#subjectOf(identity);
    const kin = this.#file.sql('SELECT subject FROM kin WHERE into_subject = ?').all(own);
    return [own, ...kin.map(({ subject }) => String(subject))].map((subject) => {
      const key = `forget/${subject}`;
      return { key, body: this.#file.seal.sealJson(identity, key), forgets: subject };
    });
  }

  /** The entry that tells that two people are one. */
  merging(from: OwnerIdentity, into: OwnerIdentity): NewLogEntry {
    const key = `merge/${this.#subjectOf(from)}`;
    return { key, body: this.#file.seal.sealJson({ from, into }, key), subject: this.#subjectOf(into) };
  }

  /** Remembers that lines about one person are about another one. */
  noteKin(from: OwnerIdentity, into: OwnerIdentity): void {
    const [before, after] = [this.#subjectOf(from), this.#subjectOf(into)];
    this.#file.sql('UPDATE kin SET into_subject = ? WHERE into_subject = ?').run(after, before);
    this.#file.sql('INSERT OR REPLACE INTO kin VALUES (?, ?)').run(before, after);
  }

  /** What an entry asks to be done here. Throws WHORL_E_NEWER_FORMAT, WHORL_E_KEY_MISSING, WINBIO_E_DATABASE_CORRUPTED. */
  stepOf({ key, body, isGone, site }: LogEntry): LineStep {
    if (isGone || body === undefined) return { kind: 'nothing' };
    if (key === SUBJECTS_KEY) {
      this.#file.adoptSecret(SUBJECTS, body);
      return { kind: 'nothing' };
    }
    const [kind = '', origin = '', number = ''] = key.split('/');
    const open = () => this.#file.seal.openJson(body, key, 'a line of another service');
    switch (kind) {
      case 'line': {
        if (origin === this.#origin || this.#numberOf({ origin, number: Number(number) }) !== undefined) {
          return { kind: 'nothing' };
        }
        return { kind, line: this.#lineOf(open() as ToldLine), origin: { origin, number: Number(number), site } };
      }
      // Under a key from before it joined, it is about lines that were not told to this service.
      case 'forget':
        return this.#isOld(body) ? { kind: 'nothing' } : { kind, identity: open() as OwnerIdentity };
      case 'merge':
        if (this.#isOld(body)) return { kind: 'nothing' };
        return { kind, ...(open() as { readonly from: OwnerIdentity; readonly into: OwnerIdentity }) };
      default:
        throw new BiometricError('WHORL_E_NEWER_FORMAT', 'the journal is shared by a newer version');
    }
  }

  #isOld(body: Uint8Array): boolean {
    return !this.#file.seal.opens(body);
  }

  #lineOf({ atMs, entry, corrects, picture }: ToldLine): NewJournalLine {
    const corrected = corrects && this.#numberOf(corrects);
    return {
      atMs,
      entry: { ...entry, ...(corrected !== undefined && { corrects: corrected }) },
      picture: picture === undefined ? undefined : Buffer.from(picture, 'base64'),
    };
  }

  #placeOf(number: number): Omit<LineOrigin, 'site'> {
    const { origin, number: there } = this.originOf(number) ?? { origin: this.#origin, number };
    return { origin, number: there };
  }

  /** Number of a line here; undefined when it did not arrive. */
  #numberOf({ origin, number }: Omit<LineOrigin, 'site'>): number | undefined {
    if (origin === this.#origin) return number;
    const row = this.#file.sql('SELECT number FROM origin WHERE origin = ? AND origin_number = ?').get(origin, number);
    return row && Number(row.number);
  }

  #subjectOf(identity: OwnerIdentity): string {
    const secret = this.#file.secret(SUBJECTS);
    return codeOf(secret, SUBJECT_BYTES, identity.type, identityKey(identity)).toString('hex');
  }
}
