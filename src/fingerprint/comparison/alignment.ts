/**
 * One rigid alignment from the best supported candidate, greedy pairing, and a smooth local deformation in place of
 * thin-plate splines.
 */

import { ALIGNMENT, EVIDENCE } from '../parameters.ts';
import { CANDIDATE_COLUMN } from './candidate-arrays.ts';
import { pairMoved, sortFromLeft } from './pairing.ts';
import { HEAD_MISPLACED, HULL_DIRECTIONS, hullSupport } from './prepared-view.ts';
import { type Rigid, RigidFit } from './rigid-fit.ts';
import type { SideArrays, Workspace } from './workspace.ts';

/** How well the views align. */
export interface AlignmentOutcome {
  readonly rigid: Readonly<Rigid>;
  readonly pairs: number;
  /** Squared distances in units of the tolerance, summed over the pairs. */
  readonly distanceError: number;
  /** Weight of the pairs. */
  readonly paired: number;
  /** Weight of the unpaired minutiae of each side that the other print should show, and of misplaced ones. */
  readonly unpairedA: number;
  readonly unpairedB: number;
}

const HULL_COS = Float64Array.from({ length: HULL_DIRECTIONS }, (_, k) =>
  Math.cos((2 * Math.PI * k) / HULL_DIRECTIONS),
);
const HULL_SIN = Float64Array.from({ length: HULL_DIRECTIONS }, (_, k) =>
  Math.sin((2 * Math.PI * k) / HULL_DIRECTIONS),
);
const LEAST_TRUST = EVIDENCE.leastQuality / EVIDENCE.usualQuality;
const WARP_TABLE = Float64Array.from({ length: 512 }, (_, i) =>
  Math.exp(-((i + 0.5) * 64) / (2 * ALIGNMENT.warpSigmaPx ** 2)),
);

/** The motion that carries a seed and the candidates that agree with it from A to B. */
export function firstMotion({ a, b, candidates }: Workspace, seed: number): Rigid {
  const rigid: Rigid = { cos: 1, sin: 0, dx: 0, dy: 0 };
  const fit = new RigidFit();
  for (let q = 0; q < candidates.count; q++) {
    const compatibility = candidates.compatibility[seed * CANDIDATE_COLUMN + q]!;
    if (compatibility <= ALIGNMENT.minCompatibility) continue;
    fit.add(a, candidates.a[q]!, b, candidates.b[q]!, compatibility * candidates.similarity[q]!);
  }
  fit.solve(rigid);
  return rigid;
}

/** Aligns the views in the workspace, beginning with a motion; the pairs stay in `partnerOfA` and `partnerOfB`. */
export function align(
  space: Workspace,
  rigid: Rigid,
  aWords: Int32Array,
  aView: number,
  bWords: Int32Array,
  bView: number,
): AlignmentOutcome {
  const { a, b } = space;
  const passes = ALIGNMENT.distancePx.length;
  let errors = { pairs: 0, distanceError: 0 };
  moveRigidly(space, rigid);
  sortFromLeft(space);
  for (let pass = 0; pass < passes; pass++) {
    errors = pairMoved(space, rigid, ALIGNMENT.distancePx[pass]!, ALIGNMENT.angleRad[pass]!);
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
  const unpairedA =
    aWords[aView + HEAD_MISPLACED]! + unpairedInside(a, space.movedX, space.movedY, space.partnerOfA, bWords, bView);
  moveBack(space, rigid);
  const unpairedB =
    bWords[bView + HEAD_MISPLACED]! + unpairedInside(b, space.movedX, space.movedY, space.partnerOfB, aWords, aView);
  return { rigid, ...errors, paired: pairedWeight(space), unpairedA, unpairedB };
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

/** Weight of the pairs: how alike they are, times the qualities of both. */
function pairedWeight({ a, b, similarity, partnerOfA }: Workspace): number {
  let weight = 0;
  for (let i = 0; i < a.count; i++) {
    const j = partnerOfA[i]!;
    if (j >= 0) weight += similarity[i * b.count + j]! * a.trust[i]! * b.trust[j]!;
  }
  return EVIDENCE.perSimilarity * weight;
}

/**
 * Weight of the unpaired minutiae inside the other view's hull, grown by a margin: the fourth power of their quality. Poor
 * ones are often false, so that it says little when the other print lacks them.
 */
function unpairedInside(
  { count, trust }: SideArrays,
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
    if (inside) unpaired += Math.max(LEAST_TRUST, trust[i]!) ** 4;
  }
  return unpaired;
}
