/** All people in memory, as lists are searched and sorted: folded text, one array an order. */

import { createHash } from 'node:crypto';
import type { StoredPerson } from '../../../adapters/person-store.ts';
import { BiometricError } from '../../../core/biometric-error.ts';
import { foldedWords, foldText } from '../../../core/fold-text.ts';
import { identityKey, type OwnerIdentity } from '../../../core/identity.ts';
import type { PageRequest } from '../../../core/page.ts';
import type { PersonGroup, PersonQuery, PersonValidity } from '../../../core/person.ts';
import { invalidReason, localMoment } from '../../../core/person-validity.ts';

type Sort = NonNullable<PersonQuery['sort']>;

/** What is known of a person in memory. */
export interface PersonEntry {
  readonly personId: number;
  readonly identity: OwnerIdentity;
  readonly text: string;
  readonly keys: Readonly<Record<Sort, string>>;
  readonly groups: readonly string[];
  readonly validity: PersonValidity | undefined;
  readonly suspended: boolean;
}

/** Texts in an order, one after the other, and where each begins. */
interface Haystack {
  readonly text: string;
  readonly starts: Uint32Array;
}

/** Between two texts; in no word. */
const SEPARATOR = '\n';

/** A page of entries. */
export interface EntryPage {
  readonly entries: readonly PersonEntry[];
  readonly next?: string;
  readonly total: number;
}

const DEFAULT_LIMIT = 50;
/** Comes after every number that somebody may have. */
const NO_NUMBER = '\uffff';

export class PersonIndex {
  readonly #entries = new Map<number, PersonEntry>();
  /** Sorted arrays that were asked for so far. */
  readonly #orders = new Map<Sort, PersonEntry[]>();
  /** Their texts in the same order; made anew for the first search after a change. */
  readonly #haystacks = new Map<Sort, Haystack>();
  readonly #enrolled = new Set<string>();
  readonly #groups = new Map<string, number>();

  get size(): number {
    return this.#entries.size;
  }

  /** Adds a person, or puts one in the place of what was known. */
  set(personId: number, person: StoredPerson): void {
    this.delete(personId);
    const entry = entryOf(personId, person);
    this.#entries.set(personId, entry);
    this.#haystacks.clear();
    for (const [sort, order] of this.#orders) order.splice(placeOf(order, sort, entry), 0, entry);
    for (const group of entry.groups) this.#groups.set(group, (this.#groups.get(group) ?? 0) + 1);
  }

  delete(personId: number): void {
    const entry = this.#entries.get(personId);
    if (entry === undefined) return;
    this.#entries.delete(personId);
    this.#haystacks.clear();
    for (const [sort, order] of this.#orders) order.splice(placeOf(order, sort, entry), 1);
    for (const group of entry.groups) {
      const left = (this.#groups.get(group) ?? 1) - 1;
      if (left > 0) this.#groups.set(group, left);
      else this.#groups.delete(group);
    }
  }

  /** Forgets everybody, and keeps who has an enrolled finger. */
  clear(): void {
    this.#entries.clear();
    this.#orders.clear();
    this.#haystacks.clear();
    this.#groups.clear();
  }

  /** How many owners have an enrolled finger. */
  get enrolled(): number {
    return this.#enrolled.size;
  }

  /** Whether the owner has an enrolled finger. */
  noteEnrolled(identity: OwnerIdentity, enrolled: boolean): void {
    if (enrolled) this.#enrolled.add(identityKey(identity));
    else this.#enrolled.delete(identityKey(identity));
  }

  /** All groups, by name. */
  get groups(): readonly PersonGroup[] {
    const groups = [...this.#groups].map(([name, people]) => ({ name, people }));
    return groups.sort((a, b) => compare(foldText(a.name), foldText(b.name)) || compare(a.name, b.name));
  }

  /** Entries that fit, in order. */
  *matching(query: PersonQuery, nowMs: number): Generator<PersonEntry> {
    const { sort = 'name', descending = false, text, group, enrolled, valid } = query;
    const order = this.#order(sort);
    const words = text === undefined ? [] : foldedWords(text);
    const now = localMoment(nowMs);
    const fits = (entry: PersonEntry): boolean => {
      if (group !== undefined && !entry.groups.includes(group)) return false;
      if (enrolled !== undefined && this.#enrolled.has(identityKey(entry.identity)) !== enrolled) return false;
      return valid === undefined || (invalidReason(entry, now) === undefined) === valid;
    };
    if (words.length > 0) {
      const found = this.#withWords(sort, words);
      for (const at of descending ? found.reverse() : found) {
        const entry = order[at] as PersonEntry;
        if (fits(entry)) yield entry;
      }
      return;
    }
    for (let i = 0; i < order.length; i++) {
      const entry = order[descending ? order.length - 1 - i : i] as PersonEntry;
      if (fits(entry)) yield entry;
    }
  }

  /** A page of those that fit. Throws E_INVALIDARG for a cursor of another query. */
  page(query: PersonQuery & PageRequest, nowMs: number): EntryPage {
    const { limit = DEFAULT_LIMIT, cursor, ...filters } = query;
    const { sort = 'name', descending = false, text, group, enrolled, valid } = query;
    const name = queryName(filters);
    const after = cursor === undefined ? undefined : readCursor(cursor, name);
    const isAll = (text ?? '').trim() === '' && group === undefined && enrolled === undefined && valid === undefined;
    const found = isAll ? this.#order(sort) : [...this.matching(filters, nowMs)];
    const upward = isAll || !descending;
    // Where the page begins, by the place of the last person of the page before.
    let begin = 0;
    if (after !== undefined) {
      let [low, high] = [0, found.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const entry = found[middle] as PersonEntry;
        const place = compare(entry.keys[sort], after.key) || entry.personId - after.personId;
        const isBefore = upward ? (descending ? place < 0 : place <= 0) : place >= 0;
        if (isBefore) low = middle + 1;
        else high = middle;
      }
      begin = isAll && descending ? found.length - low : low;
    }
    const at = (i: number) => found[isAll && descending ? found.length - 1 - i : i] as PersonEntry;
    const size = Math.max(0, Math.min(limit, found.length - begin));
    const entries = Array.from({ length: size }, (_, i) => at(begin + i));
    const last = entries.at(-1);
    const more = begin + size < found.length && last !== undefined;
    return { entries, total: found.length, ...(more && { next: writeCursor(name, last.keys[sort], last.personId) }) };
  }

  /** Places in an order of those whose texts have all words, ascending. */
  #withWords(sort: Sort, words: readonly string[]): number[] {
    const [longest = '', ...others] = [...words].sort((a, b) => b.length - a.length);
    const order = this.#order(sort);
    const { text, starts } = this.#haystack(sort);
    const found: number[] = [];
    let entry = 0;
    for (let at = text.indexOf(longest); at >= 0; ) {
      while ((starts[entry + 1] ?? text.length) <= at) entry += 1;
      const own = (order[entry] as PersonEntry).text;
      if (others.every((word) => own.includes(word))) found.push(entry);
      at = text.indexOf(longest, starts[entry + 1] ?? text.length);
    }
    return found;
  }

  /** The texts of all in one, so that a search is one pass over memory. */
  #haystack(sort: Sort): Haystack {
    const known = this.#haystacks.get(sort);
    if (known !== undefined) return known;
    const order = this.#order(sort);
    const starts = new Uint32Array(order.length + 1);
    let length = 0;
    for (const [i, { text }] of order.entries()) {
      starts[i] = length;
      length += text.length + SEPARATOR.length;
    }
    starts[order.length] = length;
    const made = { text: order.map(({ text }) => text + SEPARATOR).join(''), starts };
    this.#haystacks.set(sort, made);
    return made;
  }

  #order(sort: Sort): readonly PersonEntry[] {
    let order = this.#orders.get(sort);
    if (order === undefined) {
      order = [...this.#entries.values()].sort((a, b) => compareEntries(sort, a, b));
      this.#orders.set(sort, order);
    }
    return order;
  }
}

function entryOf(personId: number, person: StoredPerson): PersonEntry {
  const { identity, name, number, groups, validity, suspended = false, createdAtMs, changedAtMs } = person;
  const time = (atMs: number) => String(Math.trunc(atMs)).padStart(16, '0');
  const folded = foldText(name);
  const keys = {
    name: folded,
    number: number === undefined ? NO_NUMBER : foldText(number).replace(/\d+/g, (digits) => digits.padStart(20, '0')),
    created: time(createdAtMs),
    changed: time(changedAtMs),
  };
  const text = number === undefined ? folded : `${folded}\n${foldText(number)}`;
  return { personId, identity, text, keys, groups, validity, suspended };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareEntries(sort: Sort, a: PersonEntry, b: PersonEntry): number {
  return compare(a.keys[sort], b.keys[sort]) || a.personId - b.personId;
}

/** Where an entry is in an order, or belongs. */
function placeOf(order: readonly PersonEntry[], sort: Sort, entry: PersonEntry): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareEntries(sort, order[middle] as PersonEntry, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function queryName(filters: PersonQuery): string {
  const { text = '', group = '', enrolled = null, valid = null, sort = 'name', descending = false } = filters;
  const whole = JSON.stringify([foldedWords(text), group, enrolled, valid, sort, descending]);
  return createHash('sha256').update(whole).digest('base64url').slice(0, 12);
}

function writeCursor(query: string, key: string, personId: number): string {
  return Buffer.from(JSON.stringify([query, key, personId])).toString('base64url');
}

function readCursor(cursor: string, query: string): { readonly key: string; readonly personId: number } {
  try {
    const [of, key, personId] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (of === query && typeof key === 'string' && typeof personId === 'number') return { key, personId };
  } catch {
    // Not one of ours.
  }
  throw new BiometricError('E_INVALIDARG', 'cursor: it belongs to another query; ask for the first page again');
}
