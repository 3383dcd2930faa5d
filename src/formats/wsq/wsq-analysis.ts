/** Splits an image into its subbands, with filters of odd length.  WSQ 3.1, 5.1, 5.2. */

import { inColumnStrips } from './column-strips.ts';
import { type AnalysisFilters, mirror } from './wsq-filters.ts';
import type { Region, SubbandPlan } from './wsq-subbands.ts';

/** Performs every split of the plan;  `plane` has `stridePx` values a row and is changed in place. */
export function analyze(plane: Float32Array, stridePx: number, plan: SubbandPlan, filters: AnalysisFilters): void {
  for (const region of plan.splits) {
    if (region.widthPx === 0 || region.heightPx === 0) continue;
    splitRows(plane, stridePx, region, filters);
    splitColumns(plane, stridePx, region, filters);
  }
}

function splitRows(plane: Float32Array, stridePx: number, region: Region, filters: AnalysisFilters) {
  const { widthPx, heightPx } = region;
  const reach = Math.max(filters.lowHalf.length, filters.highHalf.length);
  const source = Int32Array.from({ length: widthPx + 2 * reach }, (_, i) => mirror(i - reach, widthPx));
  const line = new Float64Array(source.length);
  const places = placesOf(widthPx, region.highFirstInRows);
  for (let row = 0; row < heightPx; row++) {
    const start = (region.y + row) * stridePx + region.x;
    for (let i = 0; i < line.length; i++) line[i] = plane[start + source[i]!]!;
    for (let x = 0; x < widthPx; x++) {
      const half = x % 2 === 0 ? filters.lowHalf : filters.highHalf;
      const centre = x + reach;
      let sum = half[0]! * line[centre]!;
      for (let k = 1; k < half.length; k++) sum += half[k]! * (line[centre - k]! + line[centre + k]!);
      plane[start + places[x]!] = sum;
    }
  }
}

function splitColumns(plane: Float32Array, stridePx: number, region: Region, filters: AnalysisFilters) {
  const { heightPx } = region;
  const places = placesOf(heightPx, region.highFirstInColumns);
  inColumnStrips(plane, stridePx, region, (before, width, start) => {
    for (let row = 0; row < heightPx; row++) {
      const half = row % 2 === 0 ? filters.lowHalf : filters.highHalf;
      const target = start + places[row]! * stridePx;
      plane.fill(0, target, target + width);
      for (let k = 1 - half.length; k < half.length; k++) {
        const source = mirror(row + k, heightPx) * width;
        const weight = half[Math.abs(k)]!;
        for (let x = 0; x < width; x++) plane[target + x]! += weight * before[source + x]!;
      }
    }
  });
}

/** Where the coefficient that sits on each sample is put: low ones on even samples, high ones on odd ones. */
function placesOf(length: number, highFirst: boolean): Int32Array {
  const lowStart = highFirst ? length >> 1 : 0;
  const highStart = highFirst ? 0 : (length + 1) >> 1;
  return Int32Array.from({ length }, (_, i) => (i % 2 === 0 ? lowStart : highStart) + (i >> 1));
}
