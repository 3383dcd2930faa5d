/** What lines have in common, once in the file and in memory: readers as they were named, accounts, reasons. */

import type { RecordsFile } from '../records-file.ts';

/** A reader as it was named at a time. */
export interface Spot {
  readonly reader: string;
  readonly title: string;
  readonly place: string;
}

/** No reader took part. */
const NOWHERE: Spot = { reader: '', title: '', place: '' };

export class JournalWords {
  readonly #file: RecordsFile;
  readonly #words = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  readonly #spots = new Map<number, Spot>();
  readonly #spotIds = new Map<string, number>();
  readonly #kinds = new Map<number, Set<number>>();

  constructor(file: RecordsFile) {
    this.#file = file;
    this.reload();
  }

  /** Knows what is in the file again, and nothing of a change that was not made. */
  reload(): void {
    for (const known of [this.#words, this.#texts, this.#spots, this.#spotIds, this.#kinds]) known.clear();
    for (const { word_id, text } of this.#file.sql('SELECT * FROM word').all())
      this.#knowWord(Number(word_id), String(text));
    for (const { spot_id, reader, title, place } of this.#file.sql('SELECT * FROM spot').all()) {
      this.#knowSpot(Number(spot_id), { reader: String(reader), title: String(title), place: String(place) });
    }
    for (const { spot, kind } of this.#file.sql('SELECT * FROM pair').all()) this.#knowPair(Number(spot), Number(kind));
  }

  /** Readers as they were named, with the kinds of lines that each has. */
  get spots(): Iterable<readonly [id: number, spot: Spot, kinds: ReadonlySet<number>]> {
    return [...this.#spots].map(([id, spot]) => [id, spot, this.#kinds.get(id) ?? new Set<number>()] as const);
  }

  /** Kinds that any line has. */
  get kinds(): ReadonlySet<number> {
    return new Set([...this.#kinds.values()].flatMap((kinds) => [...kinds]));
  }

  word(id: number): string {
    return this.#texts.get(id) ?? '';
  }

  /** Number of a text; it has one from now on. */
  wordId(text: string): number {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    const id = Number(this.#file.sql('INSERT INTO word (text) VALUES (?)').run(text).lastInsertRowid);
    this.#knowWord(id, text);
    return id;
  }

  spot(id: number): Spot {
    return this.#spots.get(id) ?? NOWHERE;
  }

  /** Number of a reader as it is named; it has one from now on. */
  spotId(spot: Spot): number {
    const known = this.#spotIds.get(JSON.stringify([spot.reader, spot.title, spot.place]));
    if (known !== undefined) return known;
    const insert = this.#file.sql('INSERT INTO spot (reader, title, place) VALUES (?, ?, ?)');
    const id = Number(insert.run(spot.reader, spot.title, spot.place).lastInsertRowid);
    this.#knowSpot(id, spot);
    return id;
  }

  /** A line of this kind is written there. */
  notePair(spot: number, kind: number): void {
    if (this.#kinds.get(spot)?.has(kind) === true) return;
    this.#file.sql('INSERT OR IGNORE INTO pair VALUES (?, ?)').run(spot, kind);
    this.#knowPair(spot, kind);
  }

  #knowWord(id: number, text: string): void {
    this.#words.set(text, id);
    this.#texts.set(id, text);
  }

  #knowSpot(id: number, spot: Spot): void {
    this.#spots.set(id, spot);
    this.#spotIds.set(JSON.stringify([spot.reader, spot.title, spot.place]), id);
  }

  #knowPair(spot: number, kind: number): void {
    const kinds = this.#kinds.get(spot) ?? new Set();
    kinds.add(kind);
    this.#kinds.set(spot, kinds);
  }
}
