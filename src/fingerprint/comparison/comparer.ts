/** Full comparison of two prepared views: similarities, relaxation, alignment, score. */

import { PHASES, SAME_IMPRESSION } from '../parameters.ts';
import { align } from './alignment.ts';
import { FEATURE_NAMES, writeFeatures } from './comparison-features.ts';
import { type PhaseAgreement, PhaseComparison } from './phase-agreement.ts';
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
  /** Features of the last comparison, see {@link FEATURE_NAMES}. */
  readonly features = new Float64Array(FEATURE_NAMES.length);
  /** How well the ridges agreed in the last comparison; undefined when a view has no phase samples. */
  agreement: PhaseAgreement | undefined;
  #rigid: Readonly<Rigid> | undefined;

  /**
   * Log-odds that two views are mated; -Infinity when nothing agrees, or when the best supported candidate has less
   * than `minSupport` (searches save the alignment that way). Higher is more alike.
   */
  compare(aWords: Int32Array, aView: number, bWords: Int32Array, bView: number, minSupport = 0): number {
    const space = this.#space;
    this.#rigid = undefined;
    this.agreement = undefined;
    loadSide(space.a, aWords, aView);
    loadSide(space.b, bWords, bView);
    const relaxation = this.#relaxation.run(space, minSupport);
    if (relaxation.seed < 0) return Number.NEGATIVE_INFINITY;
    const alignment = align(space, relaxation.seed, aWords, aView, bWords, bView);
    this.#rigid = alignment.rigid;
    this.agreement = this.#phases.run(space, alignment.rigid, aWords, aView, bWords, bView);
    writeFeatures(relaxation, alignment, this.features);
    let logOdds: number = SCORE_MODEL.bias;
    for (let i = 0; i < this.features.length; i++) logOdds += SCORE_MODEL.weights[i]! * this.features[i]!;
    return withAgreement(logOdds, this.agreement);
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
    const { a, b, partnerOfA } = this.#space;
    const { cos, sin, dx, dy } = this.#rigid;
    let near = 0;
    for (let i = 0; i < a.count; i++) {
      const j = partnerOfA[i]!;
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
    const { a, partnerOfA } = this.#space;
    const pairs: MinutiaPair[] = [];
    for (let i = 0; i < a.count; i++) if (partnerOfA[i]! >= 0) pairs.push({ probe: i, reference: partnerOfA[i]! });
    return pairs;
  }
}

/** Log-odds with what the ridges between the minutiae say. */
function withAgreement(logOdds: number, agreement: PhaseAgreement | undefined): number {
  if (agreement === undefined) return logOdds;
  const { near, far, overlapMm2 } = agreement;
  const missing = Math.max(0, PHASES.enoughLogOverlap - Math.log(overlapMm2 + PHASES.overlapOffsetMm2));
  return logOdds + PHASES.weight * (near + far) - PHASES.overlapWeight * missing;
}
