/**
 * Candidate pairs and their relaxation: a pair gains from pairs that agree with it geometrically
 * (Cappelli et al. 2010, local similarity sort with relaxation).
 */

import type { Kernel } from '../kernel/kernel.ts';
import { RELAXATION } from '../parameters.ts';
import type { CandidateArrays } from './candidate-arrays.ts';
import { CandidateSelection } from './candidate-selection.ts';
import { RADIANS_PER_STEP } from './direction-steps.ts';
import type { Workspace } from './workspace.ts';

/** Result of the relaxation. */
export interface RelaxationOutcome {
  /** Mean likelihood of the best pairs. */
  readonly relaxed: number;
  /** Candidate with most support, -1 when there is none with enough, and its support. */
  readonly seed: number;
  readonly support: number;
}

/** Selects the candidates from the similarities and relaxes them. */
export class Relaxation {
  readonly #selection: CandidateSelection;
  readonly #settings: Float32Array;

  constructor(kernel: Kernel) {
    this.#selection = new CandidateSelection(kernel);
    const ramp = (from: number, to: number): number[] => [to, 1 / (to - from)];
    const settings = [
      ...ramp(...RELAXATION.lengthPx),
      ...ramp(RELAXATION.directionRad[0] / RADIANS_PER_STEP, RELAXATION.directionRad[1] / RADIANS_PER_STEP),
      ...ramp(...RELAXATION.sine),
      RELAXATION.keep,
      (1 - RELAXATION.keep) / (RELAXATION.candidates - 1),
    ];
    this.#settings = kernel.memory.float32(settings.length);
    this.#settings.set(settings);
  }

  /** Outcome with the seed; with less support than `minSupport` nothing is relaxed. */
  run(space: Workspace, minSupport: number): RelaxationOutcome {
    this.#selection.run(space);
    const { candidates, order, kernel } = space;
    const { address, count, compatibility } = candidates;
    const settings = this.#settings.byteOffset;
    kernel.functions.supportCandidates(address, count, settings, compatibility.byteOffset);
    let seed = -1;
    let support = -1;
    for (let p = 0; p < count; p++) {
      if (candidates.support[p]! <= support) continue;
      support = candidates.support[p]!;
      seed = p;
    }
    if (seed < 0 || support < minSupport) return { relaxed: 0, seed: -1, support: 0 };
    kernel.functions.relax(address, count, settings, compatibility.byteOffset, RELAXATION.rounds);
    sortByLikelihood(candidates, order);
    return { relaxed: bestMean(space), seed, support };
  }
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

function bestMean({ a, b, candidates, order }: Workspace): number {
  const middle = Math.min(a.count, b.count) - RELAXATION.pairsMiddle;
  const wanted =
    RELAXATION.pairsBase + Math.round(RELAXATION.pairsRange / (1 + Math.exp(-RELAXATION.pairsSlope * middle)));
  let sum = 0;
  for (let i = 0; i < Math.min(wanted, candidates.count); i++) sum += candidates.likelihood[order[i]!]!;
  return sum / wanted;
}
