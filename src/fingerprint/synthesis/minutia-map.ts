/** All minutiae of a synthetic finger, made without an image: for galleries of a million. */

import { MINUTIA_SYNTHESIS } from '../parameters.ts';
import { FingerFlow } from './finger-flow.ts';
import { type FingerPattern, randomPattern } from './finger-pattern.ts';
import { Random } from './random.ts';

/** The minutiae of a finger that does not exist. */
export interface MinutiaMap {
  /** Seed of the finger. */
  readonly seed: number;
  /** Its class, cores and deltas. */
  readonly pattern: FingerPattern;
  /** Its ridge flow. */
  readonly flow: FingerFlow;
  /** Pixels at 500 ppi from the middle of the finger, rightwards. */
  readonly x: Float64Array;
  /** Pixels at 500 ppi from the middle of the finger, upwards. */
  readonly y: Float64Array;
  /** Directions, counter-clockwise from the right. */
  readonly directionRad: Float64Array;
  /** 1 for bifurcations, 0 for endings. */
  readonly bifurcation: Uint8Array;
}

/**
 * The minutiae of a seed (any integer up to 2^53), always the same for the same seed. Throws TypeError for other seeds.
 *
 * @example
 * const template = synthesizeTemplate(synthesizeMinutiae(7), 1);
 */
export function synthesizeMinutiae(seed: number): MinutiaMap {
  if (!Number.isSafeInteger(seed)) throw new TypeError('a seed is an integer');
  const random = new Random(seed, 3);
  const pattern = randomPattern(random);
  const flow = new FingerFlow(pattern, random, MINUTIA_SYNTHESIS.wobbleRad);
  const { count, countDeviation, minCount } = MINUTIA_SYNTHESIS;
  const wanted = Math.max(minCount, Math.round(count * Math.exp(countDeviation * random.normal())));
  const x = new Float64Array(wanted);
  const y = new Float64Array(wanted);
  let placed = 0;
  // A crowded finger ends with fewer.
  for (let tries = 0; placed < wanted && tries < 20 * wanted; tries++) {
    const radius = Math.sqrt(random.uniform());
    const turn = 2 * Math.PI * random.uniform();
    x[placed] = MINUTIA_SYNTHESIS.radiusXPx * radius * Math.cos(turn);
    y[placed] = MINUTIA_SYNTHESIS.radiusYPx * radius * Math.sin(turn);
    if (random.uniform() < density(pattern, x[placed]!, y[placed]!) && isFree(x, y, placed)) placed++;
  }
  return {
    seed,
    pattern,
    flow,
    x: x.subarray(0, placed),
    y: y.subarray(0, placed),
    directionRad: Float64Array.from({ length: placed }, (_, i) => {
      flow.at(x[i]!, y[i]!);
      const orientation = 0.5 * Math.atan2(flow.sin2, flow.cos2);
      const side = random.uniform() < 0.5 ? 0 : Math.PI;
      return orientation + side + MINUTIA_SYNTHESIS.directionRad * random.normal();
    }),
    bifurcation: Uint8Array.from({ length: placed }, () => (random.uniform() < 0.45 ? 1 : 0)),
  };
}

/** Chance to keep a place: greatest at cores and deltas, where ridges have to begin and end. */
function density({ cores, deltas }: FingerPattern, x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const point of cores) nearest = Math.min(nearest, (x - point.x) ** 2 + (y - point.y) ** 2);
  for (const point of deltas) nearest = Math.min(nearest, (x - point.x) ** 2 + (y - point.y) ** 2);
  return 0.6 + 0.4 * Math.exp(-nearest / (2 * MINUTIA_SYNTHESIS.crowdedPx ** 2));
}

/** True when no other minutia is nearer than a ridge or so. */
function isFree(x: Float64Array, y: Float64Array, last: number): boolean {
  for (let i = 0; i < last; i++) {
    if ((x[i]! - x[last]!) ** 2 + (y[i]! - y[last]!) ** 2 < MINUTIA_SYNTHESIS.distancePx ** 2) return false;
  }
  return true;
}
