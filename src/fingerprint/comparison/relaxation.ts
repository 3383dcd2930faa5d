/**
 * Candidate pairs and their relaxation: a pair gains from pairs that agree with it geometrically
 * (Cappelli et al. 2010, local similarity sort with relaxation). Runs anywhere.
 */

import { RELAXATION } from '../parameters.ts';
import { CandidateSelection } from './candidate-selection.ts';
import { RADIANS_PER_STEP, STEP_COS, STEP_SIN } from './direction-steps.ts';
import type { CandidateArrays, SideArrays, Workspace } from './workspace.ts';

/** What the relaxation says about a comparison. */
export interface RelaxationOutcome {
  /** Mean likelihood of the best pairs; the same with each minutia used once. */
  readonly relaxed: number;
  readonly relaxedUnique: number;
  /** Candidate with most support, -1 when there is none, and its support. */
  readonly seed: number;
  readonly support: number;
}

/** Selects the candidates from the similarities and relaxes them. */
export class Relaxation {
  readonly #selection = new CandidateSelection();

  run(space: Workspace): RelaxationOutcome {
    this.#selection.run(space);
    const { candidates, next, order, a, b } = space;
    const n = candidates.count;
    if (n === 0) return { relaxed: 0, relaxedUnique: 0, seed: -1, support: 0 };
    compatibilities(candidates, a, b);
    const { likelihood, similarity, compatibility } = candidates;
    let seed = 0;
    let support = -1;
    for (let p = 0; p < n; p++) {
      likelihood[p] = similarity[p]!;
      let sum = 0;
      for (let q = 0; q < n; q++) sum += compatibility[p * n + q]! * similarity[q]!;
      if (sum > support) {
        support = sum;
        seed = p;
      }
    }
    for (let round = 0; round < RELAXATION.rounds; round++) relaxOnce(candidates, next);
    sortByLikelihood(candidates, order);
    return { ...bestMeans(space), seed, support };
  }
}

/** Compatibility of each two candidates: a product of ramps on length, directional difference and angle. */
function compatibilities(candidates: CandidateArrays, a: SideArrays, b: SideArrays): void {
  const { count: n, compatibility } = candidates;
  const [lengthLow, lengthHigh] = RELAXATION.lengthPx;
  const [turnLow, turnHigh] = RELAXATION.directionRad;
  const [sineLow, sineHigh] = RELAXATION.sine;
  for (let p = 0; p < n; p++) {
    compatibility[p * n + p] = 1;
    const ap = candidates.a[p]!;
    const bp = candidates.b[p]!;
    const turn = (b.direction[bp]! - a.direction[ap]!) & 255;
    const cos = STEP_COS[turn]!;
    const sin = STEP_SIN[turn]!;
    for (let q = p + 1; q < n; q++) {
      const aq = candidates.a[q]!;
      const bq = candidates.b[q]!;
      let value = 0;
      const otherTurn = b.direction[bq]! - a.direction[aq]!;
      const turnError = Math.abs(((otherTurn - turn) << 24) >> 24) * RADIANS_PER_STEP;
      if (ap !== aq && bp !== bq && turnError < turnHigh) {
        const ax = a.x[aq]! - a.x[ap]!;
        const ay = a.y[aq]! - a.y[ap]!;
        const bx = b.x[bq]! - b.x[bp]!;
        const by = b.y[bq]! - b.y[bp]!;
        const aLength = Math.sqrt(ax * ax + ay * ay);
        const bLength = Math.sqrt(bx * bx + by * by);
        const lengthError = Math.abs(aLength - bLength);
        const rx = cos * ax - sin * ay;
        const ry = sin * ax + cos * ay;
        if (lengthError < lengthHigh && rx * bx + ry * by > 0) {
          const sine = Math.abs(rx * by - ry * bx) / (aLength * bLength);
          value =
            ramp(lengthError, lengthLow, lengthHigh) *
            ramp(turnError, turnLow, turnHigh) *
            ramp(sine, sineLow, sineHigh);
        }
      }
      compatibility[p * n + q] = value;
      compatibility[q * n + p] = value;
    }
  }
}

/** 1 up to `low`, 0 from `high`. */
function ramp(value: number, low: number, high: number): number {
  return value <= low ? 1 : value >= high ? 0 : (high - value) / (high - low);
}

function relaxOnce(candidates: CandidateArrays, next: Float64Array): void {
  const { count: n, likelihood, compatibility } = candidates;
  const share = (1 - RELAXATION.keep) / (RELAXATION.candidates - 1);
  for (let p = 0, at = 0; p < n; p++) {
    let sum = -likelihood[p]!;
    for (let q = 0; q < n; q++, at++) sum += compatibility[at]! * likelihood[q]!;
    next[p] = RELAXATION.keep * likelihood[p]! + share * sum;
  }
  for (let p = 0; p < n; p++) likelihood[p] = next[p]!;
}

/** Insertion sort of candidate numbers, greatest likelihood first. */
function sortByLikelihood(candidates: CandidateArrays, order: Int32Array): void {
  const { count: n, likelihood } = candidates;
  for (let i = 0; i < n; i++) {
    let at = i;
    while (at > 0 && likelihood[order[at - 1]!]! < likelihood[i]!) {
      order[at] = order[at - 1]!;
      at--;
    }
    order[at] = i;
  }
}

function bestMeans(space: Workspace): { relaxed: number; relaxedUnique: number } {
  const { candidates, order, partnerOfA, partnerOfB } = space;
  const middle = Math.min(space.a.count, space.b.count) - RELAXATION.pairsMiddle;
  const wanted =
    RELAXATION.pairsBase + Math.round(RELAXATION.pairsRange / (1 + Math.exp(-RELAXATION.pairsSlope * middle)));
  partnerOfA.fill(-1, 0, space.a.count);
  partnerOfB.fill(-1, 0, space.b.count);
  let relaxed = 0;
  let unique = 0;
  for (let i = 0, used = 0; i < candidates.count; i++) {
    const p = order[i]!;
    const likelihood = candidates.likelihood[p]!;
    if (i < wanted) relaxed += likelihood;
    if (used === wanted) break;
    if (partnerOfA[candidates.a[p]!]! >= 0 || partnerOfB[candidates.b[p]!]! >= 0) continue;
    partnerOfA[candidates.a[p]!] = 1;
    partnerOfB[candidates.b[p]!] = 1;
    unique += likelihood;
    used++;
  }
  return { relaxed: relaxed / wanted, relaxedUnique: unique / wanted };
}
