/** Where a record departs from its standard but can still be read. */

import type { ByteReader } from '../bytes/byte-reader.ts';

/** A departure from the standard. */
export interface Deviation {
  /** Field that departs. */
  readonly field: string;
  /** Byte of the record where it lies. */
  readonly offset: number;
  /** What is wrong with it. */
  readonly text: string;
}

/** Strict reading throws at the first deviation, lenient reading lists them. */
export class DeviationList {
  readonly found: Deviation[] = [];
  readonly #isLenient: boolean;

  constructor(isLenient: boolean) {
    this.#isLenient = isLenient;
  }

  get isLenient(): boolean {
    return this.#isLenient;
  }

  /** Notes a deviation unless the rule is kept. Throws WHORL_E_MALFORMED when strict. */
  expect(isKept: boolean, reader: ByteReader, field: string, text: string, offset: number = reader.offset): void {
    if (isKept) return;
    if (!this.#isLenient) throw reader.malformed(field, text, offset);
    this.found.push({ field, offset, text });
  }
}
