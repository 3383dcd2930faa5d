/**
 * Ridge flow of a pattern at many points, cheaply: the double angle as a complex number, without an arc tangent. Agrees
 * with `ridgeOrientation` except for a smooth wobble, in which natural fingers differ.
 */

import { SYNTHESIS } from '../parameters.ts';
import type { FingerPattern } from './finger-pattern.ts';
import type { Random } from './random.ts';

const ANGLES = 4096;
const COS = Float64Array.from({ length: ANGLES }, (_, i) => Math.cos((2 * Math.PI * i) / ANGLES));
const SIN = Float64Array.from({ length: ANGLES }, (_, i) => Math.sin((2 * Math.PI * i) / ANGLES));

/** The flow of one finger. */
export class FingerFlow {
  readonly #pattern: FingerPattern;
  /** By whole pixels: the background's parts in x and y, and the wobble in both. */
  readonly #archX = new Float64Array(SYNTHESIS.widthPx);
  readonly #archY = new Float64Array(SYNTHESIS.heightPx);
  readonly #wobbleX: Float64Array;
  readonly #wobbleY: Float64Array;
  /** Result of {@link at}: cosine of twice the orientation, times some positive number. */
  cos2 = 1;
  /** Result of {@link at}: sine of twice the orientation, times the same number. */
  sin2 = 0;

  /** Flow of a pattern, with a wobble of that amplitude in radians drawn from `random`. */
  constructor(pattern: FingerPattern, random: Random, wobbleRad: number) {
    this.#pattern = pattern;
    for (let i = 0; i < this.#archX.length; i++) {
      this.#archX[i] = Math.sin(Math.max(-1.6, Math.min(1.6, (i - SYNTHESIS.widthPx / 2) / 95)));
    }
    for (let i = 0; i < this.#archY.length; i++) {
      const y = i - SYNTHESIS.heightPx / 2;
      const height = (y - pattern.archY) / (y > pattern.archY ? 260 : 130);
      this.#archY[i] = pattern.archRad * Math.exp(-height * height);
    }
    this.#wobbleX = wave(random, SYNTHESIS.widthPx, wobbleRad);
    this.#wobbleY = wave(random, SYNTHESIS.heightPx, wobbleRad);
  }

  /**
   * Computes the flow at a point, pixels from the middle of the finger, y upwards, into `cos2` and `sin2`.
   */
  at(x: number, y: number): void {
    const column = Math.max(0, Math.min(SYNTHESIS.widthPx - 1, Math.round(x + SYNTHESIS.widthPx / 2)));
    const row = Math.max(0, Math.min(SYNTHESIS.heightPx - 1, Math.round(y + SYNTHESIS.heightPx / 2)));
    const angle = this.#wobbleX[column]! + this.#wobbleY[row]! - this.#archY[row]! * this.#archX[column]!;
    const turn = Math.round((angle * ANGLES) / Math.PI) & (ANGLES - 1);
    let re = COS[turn]!;
    let im = SIN[turn]!;
    for (const core of this.#pattern.cores) {
      const u = x - core.x;
      const v = y - core.y;
      const next = re * u - im * v;
      im = re * v + im * u;
      re = next;
    }
    for (const delta of this.#pattern.deltas) {
      const u = x - delta.x;
      const v = y - delta.y;
      const next = re * u + im * v;
      im = im * u - re * v;
      re = next;
    }
    this.cos2 = re;
    this.sin2 = im;
  }
}

/** A smooth random curve: three waves of decreasing length. */
function wave(random: Random, length: number, amplitude: number): Float64Array {
  const parts = [1, 2, 3].map((n) => ({
    size: (amplitude * random.normal()) / n,
    step: (2 * Math.PI * n * random.between(0.7, 1.3)) / length,
    phase: 2 * Math.PI * random.uniform(),
  }));
  return Float64Array.from({ length }, (_, i) => {
    return parts.reduce((sum, { size, step, phase }) => sum + size * Math.sin(step * i + phase), 0);
  });
}
