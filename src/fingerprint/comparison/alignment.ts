/**
 * One rigid alignment from the best supported candidate, greedy pairing, and a smooth local deformation that stands in
 * for thin-plate splines. Runs anywhere.
 */

import { ALIGNMENT } from '../parameters.ts';
import { RADIANS_PER_STEP, STEP_COS, STEP_SIN } from './direction-steps.ts';
import { HULL_DIRECTIONS, hullSupport } from './prepared-view.ts';
import type { SideArrays, Workspace } from './workspace.ts';

/** How well the views lie on each other. Errors are squares in units of the tolerance, summed over the pairs. */
export interface AlignmentOutcome {
  readonly pairs: number;
  readonly distanceError: number;
  readonly angleError: number;
  /** Unpaired minutiae of each side that the other print should show. */
  readonly unpairedA: number;
  readonly unpairedB: number;
}

const HULL_COS = Float64Array.from({ length: HULL_DIRECTIONS }, (_, k) =>
  Math.cos((2 * Math.PI * k) / HULL_DIRECTIONS),
);
const HULL_SIN = Float64Array.from({ length: HULL_DIRECTIONS }, (_, k) =>
  Math.sin((2 * Math.PI * k) / HULL_DIRECTIONS),
);
const WARP_TABLE = Float64Array.from({ length: 512 }, (_, i) =>
  Math.exp(-((i + 0.5) * 64) / (2 * ALIGNMENT.warpSigmaPx ** 2)),
);

/** Rotation and translation that carry A onto B (y up). */
interface Rigid {
  cos: number;
  sin: number;
  dx: number;
  dy: number;
}

/** Sums of a weighted least-squares rigid fit. */
class RigidFit {
  #weight = 0;
  #ax = 0;
  #ay = 0;
  #bx = 0;
  #by = 0;
  #dot = 0;
  #cross = 0;
  #turnCos = 0;
  #turnSin = 0;

  add(a: SideArrays, i: number, b: SideArrays, j: number, weight: number): void {
    const ax = a.x[i]!;
    const ay = a.y[i]!;
    const bx = b.x[j]!;
    const by = b.y[j]!;
    const turn = (b.direction[j]! - a.direction[i]!) & 255;
    this.#weight += weight;
    this.#ax += weight * ax;
    this.#ay += weight * ay;
    this.#bx += weight * bx;
    this.#by += weight * by;
    this.#dot += weight * (ax * bx + ay * by);
    this.#cross += weight * (ax * by - ay * bx);
    this.#turnCos += weight * STEP_COS[turn]!;
    this.#turnSin += weight * STEP_SIN[turn]!;
  }

  solve(rigid: Rigid): void {
    const w = this.#weight;
    const dot = this.#dot - (this.#ax * this.#bx + this.#ay * this.#by) / w + ALIGNMENT.directionWeight * this.#turnCos;
    const cross =
      this.#cross - (this.#ax * this.#by - this.#ay * this.#bx) / w + ALIGNMENT.directionWeight * this.#turnSin;
    const length = Math.sqrt(dot * dot + cross * cross);
    rigid.cos = length > 0 ? dot / length : 1;
    rigid.sin = length > 0 ? cross / length : 0;
    rigid.dx = (this.#bx - rigid.cos * this.#ax + rigid.sin * this.#ay) / w;
    rigid.dy = (this.#by - rigid.sin * this.#ax - rigid.cos * this.#ay) / w;
  }
}

/** Aligns the views in the workspace from the given seed; the pairs stay in `partnerOfA` and `partnerOfB`. */
export function align(
  space: Workspace,
  seed: number,
  aWords: Int32Array,
  aView: number,
  bWords: Int32Array,
  bView: number,
): AlignmentOutcome {
  const { a, b, candidates } = space;
  const rigid: Rigid = { cos: 1, sin: 0, dx: 0, dy: 0 };
  const first = new RigidFit();
  for (let q = 0; q < candidates.count; q++) {
    const compatibility = candidates.compatibility[seed * candidates.count + q]!;
    if (compatibility <= ALIGNMENT.minCompatibility) continue;
    first.add(a, candidates.a[q]!, b, candidates.b[q]!, compatibility * candidates.similarity[q]!);
  }
  first.solve(rigid);
  const passes = ALIGNMENT.distancePx.length;
  let errors = { pairs: 0, distanceError: 0, angleError: 0 };
  moveRigidly(space, rigid);
  sortFromLeft(space);
  for (let pass = 0; pass < passes; pass++) {
    errors = pair(space, rigid, ALIGNMENT.distancePx[pass]!, ALIGNMENT.angleRad[pass]!);
    if (errors.pairs === 0) break;
    const fit = new RigidFit();
    for (let i = 0; i < a.count; i++) {
      const j = space.partnerOfA[i]!;
      if (j >= 0) fit.add(a, i, b, j, 1);
    }
    fit.solve(rigid);
    moveRigidly(space, rigid);
    if (pass < passes - 1) warp(space);
  }
  const unpairedA = unpairedInside(a.count, space.movedX, space.movedY, space.partnerOfA, bWords, bView);
  moveBack(space, rigid);
  const unpairedB = unpairedInside(b.count, space.movedX, space.movedY, space.partnerOfB, aWords, aView);
  return { ...errors, unpairedA, unpairedB };
}

function moveRigidly(space: Workspace, { cos, sin, dx, dy }: Rigid): void {
  const { a, movedX, movedY } = space;
  for (let i = 0; i < a.count; i++) {
    const x = a.x[i]!;
    const y = a.y[i]!;
    movedX[i] = cos * x - sin * y + dx;
    movedY[i] = sin * x + cos * y + dy;
  }
}

/** B as seen from A, into the moved arrays. */
function moveBack(space: Workspace, { cos, sin, dx, dy }: Rigid): void {
  const { b, movedX, movedY } = space;
  for (let j = 0; j < b.count; j++) {
    const x = b.x[j]! - dx;
    const y = b.y[j]! - dy;
    movedX[j] = cos * x + sin * y;
    movedY[j] = cos * y - sin * x;
  }
}

/** Insertion sort of B by x, so that pairing looks only at what can be near. */
function sortFromLeft({ b, sortedB, sortedX }: Workspace): void {
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

/** Greedy one-to-one pairing of moved A with B, cheapest first. */
function pair(space: Workspace, rigid: Rigid, distancePx: number, angleRad: number) {
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
  let angleError = 0;
  for (let k = 0; k < n; k++) {
    const i = pairA[k]!;
    const j = pairB[k]!;
    if (partnerOfA[i]! >= 0 || partnerOfB[j]! >= 0) continue;
    partnerOfA[i] = j;
    partnerOfB[j] = i;
    pairs++;
    distanceError += ((b.x[j]! - movedX[i]!) ** 2 + (b.y[j]! - movedY[i]!) ** 2) * distanceScale;
    let steps = a.direction[i]! + turn - b.direction[j]!;
    steps -= 256 * Math.round(steps / 256);
    angleError += steps * steps * RADIANS_PER_STEP * RADIANS_PER_STEP * angleScale;
  }
  return { pairs, distanceError, angleError };
}

/** Moves each minutia of A by the mean residual of the pairs around it. */
function warp(space: Workspace): void {
  const { a, b, movedX, movedY, partnerOfA, pairA, pairCost } = space;
  // Residuals are kept beside the pairs: x in pairCost[0..n), y in pairCost[n..2n).
  let n = 0;
  for (let i = 0; i < a.count; i++) if (partnerOfA[i]! >= 0) pairA[n++] = i;
  for (let k = 0; k < n; k++) {
    const i = pairA[k]!;
    pairCost[k] = b.x[partnerOfA[i]!]! - movedX[i]!;
    pairCost[n + k] = b.y[partnerOfA[i]!]! - movedY[i]!;
  }
  for (let i = 0; i < a.count; i++) {
    let weight = 1;
    let x = 0;
    let y = 0;
    for (let k = 0; k < n; k++) {
      const at = pairA[k]!;
      const square = (a.x[at]! - a.x[i]!) ** 2 + (a.y[at]! - a.y[i]!) ** 2;
      const bin = (square / 64) | 0;
      if (bin >= WARP_TABLE.length) continue;
      const w = WARP_TABLE[bin]!;
      weight += w;
      x += w * pairCost[k]!;
      y += w * pairCost[n + k]!;
    }
    movedX[i]! += x / weight;
    movedY[i]! += y / weight;
  }
}

/** Unpaired minutiae inside the other view's hull, grown by a margin. */
function unpairedInside(
  count: number,
  xs: Float64Array,
  ys: Float64Array,
  partners: Int32Array,
  words: Int32Array,
  view: number,
): number {
  let unpaired = 0;
  for (let i = 0; i < count; i++) {
    if (partners[i]! >= 0) continue;
    let inside = true;
    for (let k = 0; k < HULL_DIRECTIONS && inside; k++) {
      const reach = xs[i]! * HULL_COS[k]! + ys[i]! * HULL_SIN[k]!;
      inside = reach <= hullSupport(words, view, k) + ALIGNMENT.hullMarginPx;
    }
    if (inside) unpaired++;
  }
  return unpaired;
}
