/** Readers as people know them: names and places are decided once, and kept while readers come and go. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { PlaceChange, ReaderPlace, ReaderUse } from '../../core/place.ts';

/** What is kept of a reader. */
export interface KeptPlace {
  readonly title?: string;
  readonly place?: string;
  readonly use?: ReaderUse;
  /** When it was last seen, milliseconds since 1970. */
  readonly seenAtMs?: number;
}

/** Where places are kept. */
export interface PlaceBook {
  /** By the names of the readers. */
  read(): ReadonlyMap<string, KeptPlace>;
  /** Replaces all of it, durably. */
  write(places: ReadonlyMap<string, KeptPlace>): void;
}

/** A reader with its unit, as the service has it. */
export interface NamedReader {
  readonly unitId: number;
  readonly name: string;
}

/** What is said of a reader. */
export type PlacedReader = Pick<ReaderPlace, 'title' | 'place' | 'use'>;

/** A reader nobody said anything about is for a desk. */
const DEFAULT_USE: ReaderUse = 'desk';

export class Places {
  readonly #book: PlaceBook | undefined;
  readonly #clock: Clock;
  readonly #kept: Map<string, KeptPlace>;
  #unwritten = false;

  /** Without a book nothing outlives the service. */
  constructor(book: PlaceBook | undefined, clock: Clock) {
    this.#book = book;
    this.#clock = clock;
    this.#kept = new Map(book?.read());
  }

  /** What is said of a reader. */
  of(reader: string): PlacedReader {
    const { title = '', place = '', use = DEFAULT_USE } = this.#kept.get(reader) ?? {};
    return { title: title === '' ? reader : title, place, use };
  }

  /** Readers that are for something. */
  readersFor(use: ReaderUse): readonly string[] {
    return [...this.#kept].flatMap(([reader, kept]) => (kept.use === use ? [reader] : []));
  }

  /** All readers, by place and title: those that are known to the service, and those that were named once. */
  list(units: readonly NamedReader[], names: readonly string[]): readonly ReaderPlace[] {
    const all = new Set([...names, ...units.map(({ name }) => name), ...this.#kept.keys()]);
    const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    return [...all]
      .map((reader) => this.#described(reader, units))
      .sort((a, b) => compare(a.place, b.place) || compare(a.title, b.title) || compare(a.reader, b.reader));
  }

  /** Changes what is said of a reader. Throws WINBIO_E_INVALID_UNIT when no reader has the name. */
  change(reader: string, change: PlaceChange, units: readonly NamedReader[], names: readonly string[]): ReaderPlace {
    this.requireKnown(reader, units, names);
    const before = this.#kept.get(reader);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    this.#kept.set(reader, { ...before, ...given });
    try {
      this.#write();
    } catch (thrown) {
      if (before === undefined) this.#kept.delete(reader);
      else this.#kept.set(reader, before);
      throw thrown;
    }
    return this.#described(reader, units);
  }

  /** Forgets a reader. Throws WINBIO_E_INVALID_UNIT for one that nobody named, is plugged in or configured. */
  forget(reader: string, units: readonly NamedReader[], names: readonly string[]): void {
    if (units.some(({ name }) => name === reader) || names.includes(reader)) {
      const text = `reader: ${reader} is plugged in or in the configuration; take it away there first`;
      throw new BiometricError('WINBIO_E_INVALID_UNIT', text);
    }
    this.requireKnown(reader, units, names);
    this.#kept.delete(reader);
    this.#write();
  }

  /** Throws WINBIO_E_INVALID_UNIT, which names those that there are. */
  requireKnown(reader: string, units: readonly NamedReader[], names: readonly string[]): void {
    const all = this.list(units, names).map((each) => each.reader);
    if (all.includes(reader)) return;
    const text = `reader: no reader has the name ${reader.slice(0, 64)}; there are ${all.join(', ') || 'none'}`;
    throw new BiometricError('WINBIO_E_INVALID_UNIT', text);
  }

  /** A reader was unplugged now. */
  noteRemoval(reader: string): void {
    this.#kept.set(reader, { ...this.#kept.get(reader), seenAtMs: this.#clock.nowMs() });
    this.#unwritten = true;
  }

  /** Keeps what was noted; for the end of the service. */
  flush(): void {
    if (this.#unwritten) this.#write();
  }

  #described(reader: string, units: readonly NamedReader[]): ReaderPlace {
    const unit = units.find(({ name }) => name === reader);
    const { seenAtMs } = this.#kept.get(reader) ?? {};
    return {
      reader,
      ...this.of(reader),
      attached: unit !== undefined,
      ...(unit && { unitId: unit.unitId }),
      ...(unit === undefined && seenAtMs !== undefined && { seenAtMs }),
    };
  }

  #write(): void {
    this.#book?.write(this.#kept);
    this.#unwritten = false;
  }
}
