/** Who was there on a day: first time, last time and how many, out of the lines and what was entered by hand. */

import type { PresenceQuery, PresentDay } from '../../../adapters/journal-store.ts';
import type { OwnerIdentity } from '../../../core/identity.ts';
import type { JournalKind } from '../../../core/journal-line.ts';
import { dayBeginMs } from '../../../core/person-validity.ts';
import type { RecordsFile } from '../records-file.ts';
import { KINDS } from './journal-format.ts';
import { type LineKeys, pseudonymOf, whoBound } from './line-codec.ts';

interface Present {
  readonly pseudonym: string;
  firstMs: number;
  lastMs: number;
  touches: number;
  /** A line that names the person. */
  number: number;
  readonly corrections: number[];
}

const REMEMBERED = 40;

export class PresentDays {
  readonly #file: RecordsFile;
  readonly #keys: LineKeys;
  readonly #known = new Map<string, readonly Present[]>();

  constructor(file: RecordsFile, keys: LineKeys) {
    this.#file = file;
    this.#keys = keys;
  }

  /** Nothing that was worked out holds any more. */
  forget(): void {
    this.#known.clear();
  }

  /** Some of those who were there, first come first. `last` is the number of the last line. */
  on(
    { day, kinds, identities, from, limit }: PresenceQuery,
    spots: ReadonlySet<number> | undefined,
    last: number,
  ): { readonly present: readonly PresentDay[]; readonly total: number } {
    const key = JSON.stringify([day, kinds, spots && [...spots], last]);
    const all = this.#known.get(key) ?? this.#workOut(dayBeginMs(day), dayBeginMs(day, 1), kinds, spots);
    this.#known.set(key, all);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    const wanted =
      identities && new Set(identities.map((each) => nameOf(pseudonymOf(this.#keys, this.#keys.resolve(each)))));
    const found = wanted === undefined ? all : all.filter(({ pseudonym }) => wanted.has(pseudonym));
    // Only those who are asked for are named: each name has a seal to open.
    const present = found.slice(from, from + limit).map(({ number, pseudonym: _, ...times }) => {
      return { ...this.#person(number), ...times };
    });
    return { present, total: found.length };
  }

  #workOut(
    fromMs: number,
    untilMs: number,
    kinds: readonly JournalKind[],
    spots: ReadonlySet<number> | undefined,
  ): readonly Present[] {
    const found = new Map<string, Present>();
    const see = (person: Uint8Array, atMs: number, number: number, byHand: boolean) => {
      const pseudonym = nameOf(person);
      const present = found.get(pseudonym) ?? {
        pseudonym,
        firstMs: atMs,
        lastMs: atMs,
        touches: 0,
        number,
        corrections: [],
      };
      found.set(pseudonym, present);
      if (atMs < present.firstMs) Object.assign(present, { firstMs: atMs, number });
      present.lastMs = Math.max(present.lastMs, atMs);
      present.touches += 1;
      if (byHand) present.corrections.push(number);
    };
    const sql = `SELECT at_ms, number, person, spot FROM line INDEXED BY line_kind
      WHERE kind = ? AND at_ms >= ? AND at_ms < ? AND person IS NOT NULL`;
    for (const kind of kinds) {
      for (const row of this.#file.sql(sql).iterate(KINDS.indexOf(kind), fromMs, untilMs)) {
        if (spots !== undefined && !spots.has(Number(row.spot))) continue;
        see(row.person as Uint8Array, Number(row.at_ms), Number(row.number), false);
      }
    }
    const entered = `SELECT number, corrected_ms, person FROM line WHERE corrected_ms >= ? AND corrected_ms < ?
      AND corrects IS NULL AND person IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM line AS later WHERE later.corrects = line.number)`;
    for (const row of this.#file.sql(entered).iterate(fromMs, untilMs)) {
      see(row.person as Uint8Array, Number(row.corrected_ms), Number(row.number), true);
    }
    return [...found.values()].sort((a, b) => a.firstMs - b.firstMs || a.number - b.number);
  }

  #person(number: number): { readonly identity: OwnerIdentity; readonly name: string } {
    const row = this.#file.sql('SELECT who FROM line WHERE number = ?').get(number);
    const what = `line ${number} of the journal`;
    const who = this.#keys.seal.openJson(row?.who as Uint8Array, whoBound(number), what);
    const { identity, name = '' } = who as { readonly identity: OwnerIdentity; readonly name?: string };
    return { identity: this.#keys.resolve(identity), name };
  }
}

/** A pseudonym as a key of a map. */
function nameOf(pseudonym: Uint8Array): string {
  return Buffer.from(pseudonym.buffer, pseudonym.byteOffset, pseudonym.length).toString('latin1');
}
