/** Full comparison of two prepared views: similarities, relaxation, alignments, ridges between, score. */

import { HYPOTHESES, SAME_IMPRESSION } from '../parameters.ts';
import { align, firstMotion } from './alignment.ts';
import { FEATURE_NAMES, writeFeatures } from './comparison-features.ts';
import { leastSupport, nextSeed } from './hypotheses.ts';
import { agreementLogOdds, type PhaseAgreement, PhaseComparison } from './phase-agreement.ts';
import { ROW_WORDS } from './prepared-view.ts';
import { Relaxation } from './relaxation.ts';
import type { Rigid } from './rigid-fit.ts';
import type { RigidMotion } from './rigid-motion.ts';
import { SCORE_MODEL } from './score-model.ts';
import type { Workspace } from './workspace.ts';
import { createWorkspace, loadSide } from './workspace.ts';

/** Two minutiae, by their number in the probe and in the reference. */
export interface MinutiaPair {
  readonly probe: number;
  readonly reference: number;
}

/** How thoroughly views are compared. */
export interface Thoroughness {
  /** Times the least support (`HYPOTHESES.minSupport`) below which views are not aligned; 0 aligns all. */
  readonly support: number;
  /** Most alignments. */
  readonly alignments: number;
  /** Whether one print may be turned against the other by more than a quarter turn. */
  readonly anyRotation: boolean;
}

/** Turned by at most a quarter turn. */
export const UPRIGHT: Thoroughness = Object.freeze({
  support: 1,
  alignments: HYPOTHESES.count,
  anyRotation: false,
});
/** However they are turned. */
export const ANY_ROTATION: Thoroughness = Object.freeze({ ...UPRIGHT, anyRotation: true });

let ofThisThread: Comparer | undefined;

/** The comparer of this thread, for single comparisons; made on first use. */
export function threadComparer(): Comparer {
  ofThisThread ??= new Comparer();
  return ofThisThread;
}

/** Compares views; holds scratch memory, so one comparer serves one thread. */
export class Comparer {
  readonly #space: Workspace = createWorkspace();
  readonly #relaxation = new Relaxation(this.#space.kernel);
  readonly #phases = new PhaseComparison(this.#space.kernel);
  readonly #tried: Readonly<Rigid>[] = [];
  readonly #features = new Float64Array(FEATURE_NAMES.length);
  /** Features of the best alignment of the last comparison, see {@link FEATURE_NAMES}. */
  readonly features = new Float64Array(FEATURE_NAMES.length);
  /** How well the ridges agreed in it; undefined when a view has no phase samples. */
  agreement: PhaseAgreement | undefined;
  #rigid: Readonly<Rigid> | undefined;
  #best = Number.NEGATIVE_INFINITY;

  /**
   * Log-odds that two views are mated; -Infinity when too little agrees for an alignment. Higher is more alike. Of several
   * alignments the best counts.
   */
  compare(
    aWords: Int32Array,
    aView: number,
    bWords: Int32Array,
    bView: number,
    thoroughness: Thoroughness = UPRIGHT,
  ): number {
    const space = this.#space;
    this.#rigid = undefined;
    this.agreement = undefined;
    this.#best = Number.NEGATIVE_INFINITY;
    loadSide(space.a, aWords, aView);
    loadSide(space.b, bWords, bView);
    this.#tryAlignments(thoroughness, 0, aWords, aView, bWords, bView);
    if (thoroughness.anyRotation && this.#best <= HYPOTHESES.convincing) {
      turnAround(space);
      this.#tryAlignments(thoroughness, HYPOTHESES.turnedLogOdds, aWords, aView, bWords, bView);
    }
    return this.#best;
  }

  #tryAlignments(
    thoroughness: Thoroughness,
    lessLikely: number,
    aWords: Int32Array,
    aView: number,
    bWords: Int32Array,
    bView: number,
  ): void {
    const space = this.#space;
    const support = thoroughness.support * leastSupport(space);
    const relaxation = this.#relaxation.run(space, support);
    const tried = this.#tried;
    tried.length = 0;
    if (relaxation.seed >= 0) this.#phases.load(space, aWords, aView, bWords, bView);
    let seed = relaxation.seed;
    for (; seed >= 0 && tried.length < thoroughness.alignments; seed = nextSeed(space, tried, support)) {
      const motion = firstMotion(space, seed);
      tried.push(motion);
      if (this.#isHopeless(motion, space.candidates.support[seed]!, thoroughness)) continue;
      const alignment = align(space, motion, aWords, aView, bWords, bView);
      const agreement = this.#phases.ofAlignment(space, alignment.rigid);
      writeFeatures(relaxation, alignment, this.#features);
      const logOdds = logOddsOf(this.#features, agreement) - lessLikely;
      if (logOdds > this.#best) {
        this.#best = logOdds;
        this.#rigid = alignment.rigid;
        this.agreement = agreement;
        this.features.set(this.#features);
        space.bestPartnerOfA.set(space.partnerOfA);
      }
      if (this.#best > HYPOTHESES.convincing) return;
    }
  }

  /** Whether so little of the ridges agrees that only a well supported candidate is worth an alignment. */
  #isHopeless(motion: Readonly<Rigid>, support: number, thoroughness: Thoroughness): boolean {
    if (support >= thoroughness.support * HYPOTHESES.certainSupport) return false;
    const agreement = this.#phases.ofMotion(motion);
    return agreement !== undefined && agreement.near + agreement.far < HYPOTHESES.leastAgreement;
  }

  /** How the first view lay on the second in the last comparison; undefined when nothing agreed. */
  motion(): RigidMotion | undefined {
    if (this.#rigid === undefined) return undefined;
    // Comparison has y up, images have it down.
    const { cos, sin, dx, dy } = this.#rigid;
    return { cos, sin, dxPx: dx, dyPx: -dy };
  }

  /**
   * Share of the minutiae of the poorer view that lay on their partners in the last comparison, 0 to 1. Skin stretches
   * from touch to touch, so that much of it says that both views come from one picture.
   */
  coincidence(): number {
    if (this.#rigid === undefined) return 0;
    const { a, b, bestPartnerOfA } = this.#space;
    const { cos, sin, dx, dy } = this.#rigid;
    let near = 0;
    for (let i = 0; i < a.count; i++) {
      const j = bestPartnerOfA[i]!;
      if (j < 0) continue;
      const x = cos * a.x[i]! - sin * a.y[i]! + dx - b.x[j]!;
      const y = sin * a.x[i]! + cos * a.y[i]! + dy - b.y[j]!;
      if (x * x + y * y <= SAME_IMPRESSION.distancePx ** 2) near += 1;
    }
    return near / Math.max(1, Math.min(a.count, b.count));
  }

  /** Pairs of the last comparison. */
  pairs(): MinutiaPair[] {
    if (this.#rigid === undefined) return [];
    const { a, bestPartnerOfA } = this.#space;
    const pairs: MinutiaPair[] = [];
    for (let i = 0; i < a.count; i++) {
      if (bestPartnerOfA[i]! >= 0) pairs.push({ probe: i, reference: bestPartnerOfA[i]! });
    }
    return pairs;
  }
}

/** Similarities are those of minutiae that point the same way, more or less; now of those that point the other. */
function turnAround({ a }: Workspace): void {
  for (let i = 0, row = ROW_WORDS; i < a.count; i++, row += ROW_WORDS) a.view[row + 1]! ^= 128;
}

/**
 * Log-odds of the features, and of the ridges between the minutiae. Without phase samples they are brought to the scale of
 * those with, so that one line turns both into a score.
 */
function logOddsOf(features: Float64Array, agreement: PhaseAgreement | undefined): number {
  let logOdds: number = SCORE_MODEL.bias;
  for (let i = 0; i < features.length; i++) logOdds += SCORE_MODEL.weights[i]! * features[i]!;
  if (agreement === undefined) return SCORE_MODEL.plainOffset + SCORE_MODEL.plainScale * logOdds;
  return logOdds + agreementLogOdds(agreement);
}
