/** How well the ridges between the minutiae of two aligned views agree, by their phase samples. */

import type { Kernel } from '../kernel/kernel.ts';
import { ALIGNMENT, MM_PER_PX, PHASES, TEXTURE } from '../parameters.ts';
import { samplePeriodPx } from '../texture.ts';
import { TEXTURE_WORDS, textureWords, viewWords } from './prepared-view.ts';
import type { Rigid } from './rigid-fit.ts';
import { MAX_MINUTIAE, type Workspace } from './workspace.ts';

/** Scratch of the kernel. */
const SCRATCH_BYTES = 55_168;
/** Steps of a turn in the table of sines, and of squared distances in that of weights (64 square pixels each). */
const SINE_STEPS = 1024;
const WARP_STEPS = 512;
const WARP_STEP_PX2 = 64;

/** Agreement of two prints, which are laid on each other. */
export interface PhaseAgreement {
  /** How little the difference of the phases changes from sample to sample, 12 and 24 px apart: 1 is not at all. */
  readonly near: number;
  readonly far: number;
  /** Where both prints have clear ridges, square millimetres. */
  readonly overlapMm2: number;
}

/** Log-odds that the ridges add: those of few prints that overlap little are less certain than they look. */
export function agreementLogOdds({ near, far, overlapMm2 }: PhaseAgreement): number {
  const missing = Math.max(0, PHASES.enoughLogOverlap - Math.log(overlapMm2 + PHASES.overlapOffsetMm2));
  return PHASES.weight * (near + far) - PHASES.overlapWeight * missing;
}

/** The tables of kernel/assembly/compare-phases.ts: five settings of a pair of prints come before them. */
export const PHASE_TABLES: readonly number[] = [
  ...Array.from({ length: TEXTURE.angleSteps }, (_, step) => {
    const angle = (step * Math.PI) / TEXTURE.angleSteps;
    return [Math.cos(angle), -Math.sin(angle)];
  }).flat(),
  ...Array.from({ length: TEXTURE.periodSteps }, (_, step) => 1 / samplePeriodPx(step)),
  ...Array.from({ length: WARP_STEPS }, (_, step) =>
    Math.exp(-((step + 0.5) * WARP_STEP_PX2) / (2 * ALIGNMENT.warpSigmaPx ** 2)),
  ),
  ...Array.from({ length: SINE_STEPS }, (_, step) => Math.sin((2 * Math.PI * step) / SINE_STEPS)),
];

/** Compares phase samples. One instance serves one thread. */
export class PhaseComparison {
  readonly #kernel: Kernel;
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  readonly #settings: Float32Array;
  readonly #pairs: Float32Array;
  readonly #out: Float32Array;
  readonly #scratch: number;
  #isLoaded = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    const { memory } = kernel;
    this.#a = memory.int32(TEXTURE_WORDS);
    this.#b = memory.int32(TEXTURE_WORDS);
    this.#settings = memory.float32(8 + PHASE_TABLES.length);
    this.#settings.set(PHASE_TABLES, 8);
    this.#settings[4] = PHASES.leastCosine2;
    this.#pairs = memory.float32(4 * MAX_MINUTIAE);
    this.#out = memory.float32(3);
    this.#scratch = memory.uint8(SCRATCH_BYTES).byteOffset;
  }

  /** Takes the samples of the views in the workspace. */
  load({ a, b }: Workspace, aWords: Int32Array, aView: number, bWords: Int32Array, bView: number): void {
    const aStart = aView + viewWords(a.count);
    const bStart = bView + viewWords(b.count);
    this.#isLoaded = aWords[aStart] !== 0 && bWords[bStart] !== 0;
    if (!this.#isLoaded) return;
    this.#a.set(aWords.subarray(aStart, aStart + textureWords(aWords[aStart]!)));
    this.#b.set(bWords.subarray(bStart, bStart + textureWords(bWords[bStart]!)));
  }

  /** Agreement of the views as a motion lays one on the other, stiff; undefined unless both have samples. */
  ofMotion(rigid: Readonly<Rigid>): PhaseAgreement | undefined {
    return this.#run(rigid, 0);
  }

  /** Agreement after the alignment in the workspace, deformed as its pairs are. */
  ofAlignment(space: Workspace, rigid: Readonly<Rigid>): PhaseAgreement | undefined {
    return this.#run(rigid, this.#takePairs(space, rigid));
  }

  #run({ cos, sin, dx, dy }: Readonly<Rigid>, pairs: number): PhaseAgreement | undefined {
    if (!this.#isLoaded) return undefined;
    const settings = this.#settings;
    settings[0] = cos;
    settings[1] = sin;
    settings[2] = dx;
    settings[3] = dy;
    this.#kernel.functions.comparePhases(
      this.#a.byteOffset,
      this.#b.byteOffset,
      settings.byteOffset,
      this.#pairs.byteOffset,
      pairs,
      this.#out.byteOffset,
      this.#scratch,
    );
    const out = this.#out;
    return { near: out[0]!, far: out[1]!, overlapMm2: out[2]! * (TEXTURE.gridPx * MM_PER_PX) ** 2 };
  }

  /** What is left between the minutiae of each pair. */
  #takePairs({ a, b, partnerOfA }: Workspace, { cos, sin, dx, dy }: Readonly<Rigid>): number {
    const pairs = this.#pairs;
    let at = 0;
    for (let i = 0; i < a.count; i++) {
      const j = partnerOfA[i]!;
      if (j < 0) continue;
      const x = b.x[j]!;
      const y = b.y[j]!;
      pairs[at++] = x;
      pairs[at++] = y;
      pairs[at++] = x - (cos * a.x[i]! - sin * a.y[i]! + dx);
      pairs[at++] = y - (sin * a.x[i]! + cos * a.y[i]! + dy);
    }
    return at / 4;
  }
}
