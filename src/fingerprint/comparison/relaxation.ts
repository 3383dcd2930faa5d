/**
 * Candidate pairs and their relaxation: a pair gains from pairs that agree with it geometrically
 * (Cappelli et al. 2010, local similarity sort with relaxation). Runs anywhere.
 */

import { RELAXATION } from '../parameters.ts';
import { RADIANS_PER_STEP, STEP_COS, STEP_SIN } from './direction-steps.ts';
import type { CandidateArrays, SideArrays, Workspace } from './workspace.ts';
import { MAX_MINUTIAE } from './workspace.ts';

/** What the relaxation says about a comparison. */
export interface RelaxationOutcome {
  /** Mean likelihood of the best pairs; the same with each minutia used once. */
  readonly relaxed: number;
  readonly relaxedUnique: number;
  /** Candidate with most support, -1 when there is none, and its support. */
  readonly seed: number;
  readonly support: number;
}

const BINS = 256;
/** Keys lie between -0.3 and 1. */
const KEY_OFFSET = 2 * RELAXATION.rivalWeight;
/** Chooses the candidates from the similarities and relaxes them. */
export class Relaxation {
  /** Greatest and second similarity of each row and column. */
  readonly #rowBest = new Float32Array(2 * MAX_MINUTIAE);
  readonly #columnBest = new Float32Array(2 * MAX_MINUTIAE);
  readonly #histogram = new Int32Array(BINS);
  /** Pairs that are similar enough: place in the matrix and bin of the key. */
  readonly #places = new Int32Array(MAX_MINUTIAE * MAX_MINUTIAE);
  readonly #bins = new Uint8Array(MAX_MINUTIAE * MAX_MINUTIAE);

  run(space: Workspace): RelaxationOutcome {
    this.#choose(space);
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

  /** The candidates with the greatest keys: similarity less a share of the best rival in the row and the column. */
  #choose(space: Workspace): void {
    const { similarity, candidates } = space;
    const columns = space.b.count;
    const bins = this.#bins;
    const places = this.#places;
    const found = this.#collect(similarity, space.a.count, columns);
    this.#fillBins(similarity, columns, found);
    const cut = this.#cut();
    let n = 0;
    // First everything above the bin of the cut, then the bin itself in order until there are enough.
    for (let pass = 1; pass >= 0; pass--) {
      for (let k = 0; k < found && n < RELAXATION.candidates; k++) {
        if (pass === 1 ? bins[k]! <= cut : bins[k] !== cut) continue;
        const at = places[k]!;
        candidates.a[n] = (at / columns) | 0;
        candidates.b[n] = at % columns;
        candidates.similarity[n] = similarity[at]!;
        n++;
      }
    }
    candidates.count = n;
  }

  /** Lists the pairs that are similar enough and finds the two best of each row and column; returns their number. */
  #collect(similarity: Float32Array, rows: number, columns: number): number {
    const rowBest = this.#rowBest;
    const columnBest = this.#columnBest.fill(0, 0, 2 * columns);
    const places = this.#places;
    const least = RELAXATION.minSimilarity;
    let found = 0;
    for (let i = 0, at = 0; i < rows; i++) {
      let best = 0;
      let second = 0;
      for (let j = 0; j < columns; j++, at++) {
        const g = similarity[at]!;
        // Rivals below the least similarity change a key by less than 0.03 and are left out.
        if (g < least) continue;
        places[found++] = at;
        if (g > best) {
          second = best;
          best = g;
        } else if (g > second) second = g;
        if (g > columnBest[2 * j]!) {
          columnBest[2 * j + 1] = columnBest[2 * j]!;
          columnBest[2 * j] = g;
        } else if (g > columnBest[2 * j + 1]!) columnBest[2 * j + 1] = g;
      }
      rowBest[2 * i] = best;
      rowBest[2 * i + 1] = second;
    }
    return found;
  }

  #fillBins(similarity: Float32Array, columns: number, found: number): void {
    const rowBest = this.#rowBest;
    const columnBest = this.#columnBest;
    const places = this.#places;
    const bins = this.#bins;
    const histogram = this.#histogram.fill(0);
    for (let k = 0; k < found; k++) {
      const at = places[k]!;
      const i = 2 * ((at / columns) | 0);
      const j = 2 * (at % columns);
      const g = similarity[at]!;
      const rowRival = g === rowBest[i]! ? rowBest[i + 1]! : rowBest[i]!;
      const columnRival = g === columnBest[j]! ? columnBest[j + 1]! : columnBest[j]!;
      const key = g - RELAXATION.rivalWeight * (rowRival + columnRival) + KEY_OFFSET;
      const bin = Math.min(BINS - 1, (key * (BINS / (1 + KEY_OFFSET))) | 0);
      bins[k] = bin;
      histogram[bin]!++;
    }
  }

  /** Bin such that no more than the wanted number of keys lie above it; -1 when all are wanted. */
  #cut(): number {
    let above = 0;
    for (let bin = BINS - 1; bin >= 0; bin--) {
      above += this.#histogram[bin]!;
      if (above > RELAXATION.candidates) return bin;
    }
    return -1;
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
