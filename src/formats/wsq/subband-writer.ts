/** Puts decoded coefficients, in file order, in their places in the plane. */

import type { CoefficientSink } from './wsq-huffman.ts';
import { type Region, SUBBAND_COUNT } from './wsq-subbands.ts';
import type { QuantizationTable } from './wsq-tables.ts';

/** Walks through the present subbands, row by row. */
export class SubbandWriter implements CoefficientSink {
  readonly #plane: Float32Array;
  readonly #stridePx: number;
  readonly #subbands: readonly Region[];
  readonly #table: QuantizationTable;
  #subband = -1;
  #row = 0;
  #column = 0;
  #remaining = 0;

  constructor(plane: Float32Array, stridePx: number, subbands: readonly Region[], table: QuantizationTable) {
    this.#plane = plane;
    this.#stridePx = stridePx;
    this.#subbands = subbands;
    this.#table = table;
    for (let i = 0; i < SUBBAND_COUNT; i++) {
      if (table.binWidths[i] !== 0) this.#remaining += subbands[i]!.widthPx * subbands[i]!.heightPx;
    }
    this.#nextSubband();
  }

  /** Coefficients that are still missing. */
  get remaining(): number {
    return this.#remaining;
  }

  put(value: number): boolean {
    if (this.#remaining === 0) return false;
    const { binCentre, binWidths, zeroBinWidths } = this.#table;
    const region = this.#subbands[this.#subband]!;
    if (value !== 0) {
      const magnitude = binWidths[this.#subband]! * (Math.abs(value) - binCentre) + zeroBinWidths[this.#subband]! / 2;
      const at = (region.y + this.#row) * this.#stridePx + region.x + this.#column;
      this.#plane[at] = value < 0 ? -magnitude : magnitude;
    }
    this.#advance(1);
    return true;
  }

  zeros(count: number): boolean {
    if (count > this.#remaining) return false;
    for (let left = count; left > 0; ) {
      const step = Math.min(left, this.#subbands[this.#subband]!.widthPx - this.#column);
      this.#advance(step);
      left -= step;
    }
    return true;
  }

  /** Advances by `count` coefficients of the current row. */
  #advance(count: number): void {
    const region = this.#subbands[this.#subband]!;
    this.#remaining -= count;
    this.#column += count;
    if (this.#column < region.widthPx) return;
    this.#column = 0;
    this.#row++;
    if (this.#row === region.heightPx && this.#remaining > 0) this.#nextSubband();
  }

  #nextSubband(): void {
    this.#row = 0;
    if (this.#remaining === 0) return;
    do this.#subband++;
    while (this.#table.binWidths[this.#subband] === 0 || this.#isEmpty());
  }

  #isEmpty(): boolean {
    const { widthPx, heightPx } = this.#subbands[this.#subband]!;
    return widthPx * heightPx === 0;
  }
}
