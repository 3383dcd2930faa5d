/** Plain form of supportCandidates and relax, in double precision. */

import type { CandidateArrays } from '../comparison/candidate-arrays.ts';
import { RADIANS_PER_STEP } from '../comparison/direction-steps.ts';
import { RELAXATION } from '../parameters.ts';

/** Compatibility of each two candidates, support and relaxed likelihood of each. */
export function plainRelaxation(candidates: CandidateArrays) {
  const { count, similarity } = candidates;
  const numbers = Array.from({ length: count }, (_, i) => i);
  const compatibility = numbers.map((p) =>
    numbers.map((q) => (p === q ? 1 : plainCompatibility(candidates, Math.min(p, q), Math.max(p, q)))),
  );
  const sum = (p: number, values: ArrayLike<number>): number =>
    numbers.reduce((total, q) => total + compatibility[p]![q]! * values[q]!, 0);
  const support = numbers.map((p) => sum(p, similarity));
  const share = (1 - RELAXATION.keep) / (RELAXATION.candidates - 1);
  let likelihood = numbers.map((p) => similarity[p]!);
  for (let round = 0; round < RELAXATION.rounds; round++) {
    const before = likelihood;
    likelihood = numbers.map((p) => RELAXATION.keep * before[p]! + share * (sum(p, before) - before[p]!));
  }
  return { compatibility, support, likelihood };
}

function plainCompatibility(candidates: CandidateArrays, p: number, q: number): number {
  const { a, b, aX, aY, bX, bY, turn } = candidates;
  const turnError = Math.abs(((turn[q]! - turn[p]!) << 24) >> 24) * RADIANS_PER_STEP;
  if (a[p] === a[q] || b[p] === b[q]) return 0;
  const [ax, ay] = [aX[q]! - aX[p]!, aY[q]! - aY[p]!];
  const [bx, by] = [bX[q]! - bX[p]!, bY[q]! - bY[p]!];
  const lengthError = Math.abs(Math.hypot(ax, ay) - Math.hypot(bx, by));
  const angle = turn[p]! * RADIANS_PER_STEP;
  const rx = Math.cos(angle) * ax - Math.sin(angle) * ay;
  const ry = Math.sin(angle) * ax + Math.cos(angle) * ay;
  if (rx * bx + ry * by <= 0) return 0;
  const sine = Math.abs(rx * by - ry * bx) / (Math.hypot(ax, ay) * Math.hypot(bx, by));
  return (
    ramp(lengthError, ...RELAXATION.lengthPx) *
    ramp(turnError, ...RELAXATION.directionRad) *
    ramp(sine, ...RELAXATION.sine)
  );
}

/** 1 up to `low`, 0 from `high`. */
function ramp(value: number, low: number, high: number): number {
  return value <= low ? 1 : value >= high ? 0 : (high - value) / (high - low);
}
