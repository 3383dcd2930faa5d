/** Cancels pairs of opposite residues: spurs, bridges, breaks, lakes, pores and islands in one rule. */

import type { Minutia } from '../minutia.ts';
import { angleBetween } from '../minutia.ts';
import { MINUTIAE } from '../parameters.ts';

/** Minutiae without those that cancel: pairs nearer than 7 px that point apart, nearest first, both removed. */
export function cancelOppositePairs(minutiae: readonly Minutia[]): Minutia[] {
  const sorted = [...minutiae].sort((a, b) => a.yPx - b.yPx || a.xPx - b.xPx);
  const pairs: { a: Minutia; b: Minutia; square: number }[] = [];
  const limit = MINUTIAE.oppositeDistancePx;
  sorted.forEach((a, i) => {
    for (let j = i + 1; j < sorted.length && sorted[j]!.yPx - a.yPx < limit; j++) {
      const b = sorted[j]!;
      const square = (a.xPx - b.xPx) ** 2 + (a.yPx - b.yPx) ** 2;
      if (square >= limit * limit) continue;
      if (angleBetween(a.directionRad, b.directionRad) > MINUTIAE.oppositeAngleRad) pairs.push({ a, b, square });
    }
  });
  pairs.sort((p, q) => p.square - q.square);
  const gone = new Set<Minutia>();
  for (const { a, b } of pairs) {
    if (!gone.has(a) && !gone.has(b)) gone.add(a).add(b);
  }
  return minutiae.filter((minutia) => !gone.has(minutia));
}
