/** Rebuilds an image from its subbands.  WSQ 3.1, 5.2. */

import { inColumnStrips } from './column-strips.ts';
import { type Extension, extend, type SynthesisFilters, type Taps } from './wsq-filters.ts';
import type { Region, SubbandPlan } from './wsq-subbands.ts';

/** Undoes every split of the plan, the last first; `plane` has `stridePx` values a row and is changed in place. */
export function synthesize(plane: Float32Array, stridePx: number, plan: SubbandPlan, filters: SynthesisFilters): void {
  for (const region of [...plan.splits].reverse()) {
    if (region.widthPx === 0 || region.heightPx === 0) continue;
    joinColumns(plane, stridePx, region, filters);
    joinRows(plane, stridePx, region, filters);
  }
}

/** Rows of coefficients to rows of samples. */
function joinColumns(plane: Float32Array, stridePx: number, region: Region, filters: SynthesisFilters) {
  const { heightPx } = region;
  const { low, high, lowStart, highStart } = halves(heightPx, region.highFirstInColumns, filters);
  inColumnStrips(plane, stridePx, region, (before, width, start) => {
    const add = (row: number, taps: Taps, half: Extension, halfStart: number): void => {
      const target = start + row * stridePx;
      for (let i = 0; i < taps.weights.length; i++) {
        const n = (row >> 1) - (taps.first + i) - half.from;
        const weight = taps.weights[i]! * half.sign[n]!;
        if (weight === 0) continue;
        const source = (halfStart + half.index[n]!) * width;
        for (let x = 0; x < width; x++) plane[target + x]! += weight * before[source + x]!;
      }
    };
    for (let row = 0; row < heightPx; row++) {
      plane.fill(0, start + row * stridePx, start + row * stridePx + width);
      add(row, filters.low[row & 1]!, low, lowStart);
      add(row, filters.high[row & 1]!, high, highStart);
    }
  });
}

function joinRows(plane: Float32Array, stridePx: number, region: Region, filters: SynthesisFilters) {
  const { heightPx, widthPx } = region;
  const { low, high, lowStart, highStart } = halves(widthPx, region.highFirstInRows, filters);
  const lowLine = new Float64Array(low.index.length);
  const highLine = new Float64Array(high.index.length);
  for (let row = 0; row < heightPx; row++) {
    const start = (region.y + row) * stridePx + region.x;
    for (let i = 0; i < lowLine.length; i++) lowLine[i] = low.sign[i]! * plane[start + lowStart + low.index[i]!]!;
    for (let i = 0; i < highLine.length; i++) highLine[i] = high.sign[i]! * plane[start + highStart + high.index[i]!]!;
    for (let parity = 0; parity < 2; parity++) {
      const { first: lowFirst, weights: lowWeights } = filters.low[parity]!;
      const { first: highFirst, weights: highWeights } = filters.high[parity]!;
      for (let x = parity; x < widthPx; x += 2) {
        const lowAt = (x >> 1) - lowFirst - low.from;
        const highAt = (x >> 1) - highFirst - high.from;
        let sum = 0;
        for (let i = 0; i < lowWeights.length; i++) sum += lowWeights[i]! * lowLine[lowAt - i]!;
        for (let i = 0; i < highWeights.length; i++) sum += highWeights[i]! * highLine[highAt - i]!;
        plane[start + x] = sum;
      }
    }
  }
}

/** Where the two halves of a line begin, and how each goes on as far as the filters reach. */
function halves(length: number, highFirst: boolean, filters: SynthesisFilters) {
  const lowCount = (length + 1) >> 1;
  const half = (isHigh: boolean, [even, odd]: readonly [Taps, Taps]): Extension => {
    const reach = [even.first, odd.first, even.first + even.weights.length, odd.first + odd.weights.length];
    const from = -Math.max(...reach);
    return extend(length, isHigh, filters.isOdd, from, (length >> 1) - Math.min(...reach));
  };
  return {
    low: half(false, filters.low),
    high: half(true, filters.high),
    lowStart: highFirst ? length - lowCount : 0,
    highStart: highFirst ? 0 : lowCount,
  };
}
