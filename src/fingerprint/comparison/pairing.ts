/** Greedy one-to-one pairing of the minutiae of two aligned views. */

import { RADIANS_PER_STEP } from './direction-steps.ts';
import type { Rigid } from './rigid-fit.ts';
import type { Workspace } from './workspace.ts';

/** Insertion sort of B by x, so that pairing considers only minutiae that can be near. */
export function sortFromLeft({ b, sortedB, sortedX }: Workspace): void {
  for (let j = 0; j < b.count; j++) {
    const x = b.x[j]!;
    let at = j;
    for (; at > 0 && sortedX[at - 1]! > x; at--) {
      sortedX[at] = sortedX[at - 1]!;
      sortedB[at] = sortedB[at - 1]!;
    }
    sortedX[at] = x;
    sortedB[at] = j;
  }
}

/** Greedy one-to-one pairing of moved A with B, cheapest first. */
export function pairMoved(space: Workspace, rigid: Rigid, distancePx: number, angleRad: number) {
  const { a, b, movedX, movedY, similarity, partnerOfA, partnerOfB, pairA, pairB, pairCost, sortedB, sortedX } = space;
  const distanceScale = 1 / (distancePx * distancePx);
  const angleScale = 1 / (angleRad * angleRad);
  const turn = Math.atan2(rigid.sin, rigid.cos) / RADIANS_PER_STEP;
  let n = 0;
  for (let i = 0; i < a.count; i++) {
    const x = movedX[i]!;
    const y = movedY[i]!;
    const direction = a.direction[i]! + turn;
    for (let k = firstFrom(sortedX, b.count, x - distancePx); k < b.count; k++) {
      const dx = sortedX[k]! - x;
      if (dx > distancePx) break;
      const j = sortedB[k]!;
      const dy = b.y[j]! - y;
      const distance = (dx * dx + dy * dy) * distanceScale;
      if (distance > 1) continue;
      let steps = direction - b.direction[j]!;
      steps -= 256 * Math.round(steps / 256);
      const angle = steps * steps * RADIANS_PER_STEP * RADIANS_PER_STEP * angleScale;
      if (angle > 1 || n === pairCost.length) continue;
      const cost = distance + angle - similarity[i * b.count + j]!;
      let at = n++;
      for (; at > 0 && pairCost[at - 1]! > cost; at--) {
        pairCost[at] = pairCost[at - 1]!;
        pairA[at] = pairA[at - 1]!;
        pairB[at] = pairB[at - 1]!;
      }
      pairCost[at] = cost;
      pairA[at] = i;
      pairB[at] = j;
    }
  }
  partnerOfA.fill(-1, 0, a.count);
  partnerOfB.fill(-1, 0, b.count);
  let pairs = 0;
  let distanceError = 0;
  for (let k = 0; k < n; k++) {
    const i = pairA[k]!;
    const j = pairB[k]!;
    if (partnerOfA[i]! >= 0 || partnerOfB[j]! >= 0) continue;
    partnerOfA[i] = j;
    partnerOfB[j] = i;
    pairs++;
    distanceError += ((b.x[j]! - movedX[i]!) ** 2 + (b.y[j]! - movedY[i]!) ** 2) * distanceScale;
  }
  return { pairs, distanceError };
}

/** First place of a sorted list with a value of at least `least`, by bisection. */
function firstFrom(sorted: Float64Array, count: number, least: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
