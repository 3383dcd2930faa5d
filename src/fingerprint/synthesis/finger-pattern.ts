/**
 * The flow of a finger: its class, its cores and deltas, and the ridge orientation that follows from them by the
 * zero-pole model (Sherlock and Monro 1993) over an arched background.
 */

import type { Random } from './random.ts';

/** Henry classes; twin loops count as whorls. */
export type PatternClass = 'arch' | 'tented-arch' | 'left-loop' | 'right-loop' | 'whorl';

/** A point of the pattern, pixels from the middle of the finger, y up. */
export interface PatternPoint {
  /** Pixels from the middle of the finger, rightwards. */
  readonly x: number;
  /** Pixels from the middle of the finger, upwards. */
  readonly y: number;
}

/** What determines the ridge flow of a finger. */
export interface FingerPattern {
  /** Henry class. */
  readonly patternClass: PatternClass;
  /** None in an arch, two in a whorl, else one. */
  readonly cores: readonly PatternPoint[];
  /** As many as cores. */
  readonly deltas: readonly PatternPoint[];
  /** Slope of the background at the sides, radians. */
  readonly archRad: number;
  /** Height at which the slope is greatest, pixels from the middle, upwards. */
  readonly archY: number;
  /** Mean ridge period, pixels at 500 ppi. */
  readonly periodPx: number;
}

/** Natural frequencies of the classes. Origin: Wilson, Candela, Watson 1994. */
const CLASSES: readonly (readonly [PatternClass, number])[] = [
  ['left-loop', 0.338],
  ['right-loop', 0.317],
  ['whorl', 0.279],
  ['arch', 0.037],
  ['tented-arch', 0.029],
];

/** A random pattern of natural variety, of the given class when there is one. */
export function randomPattern(random: Random, patternClass: PatternClass = randomClass(random)): FingerPattern {
  const core = { x: random.between(-12, 12), y: random.between(5, 40) };
  const spread = random.between(65, 100);
  const drop = random.between(75, 125);
  const base = {
    patternClass,
    archRad: random.between(0.5, 0.85),
    archY: core.y + random.between(20, 80),
    periodPx: random.between(8.2, 9.8),
  };
  switch (patternClass) {
    case 'arch':
      return { ...base, cores: [], deltas: [], archRad: random.between(0.55, 0.9), archY: random.between(-40, 20) };
    case 'tented-arch':
      return {
        ...base,
        cores: [core],
        deltas: [{ x: core.x + random.between(-6, 6), y: core.y - random.between(50, 90) }],
      };
    case 'left-loop':
      return { ...base, cores: [core], deltas: [{ x: core.x + spread, y: core.y - drop }] };
    case 'right-loop':
      return { ...base, cores: [core], deltas: [{ x: core.x - spread, y: core.y - drop }] };
    case 'whorl': {
      const lower = { x: core.x + random.between(-22, 22), y: core.y - random.between(18, 60) };
      const left = { x: core.x - random.between(75, 110), y: lower.y - random.between(45, 90) };
      const right = { x: core.x + random.between(75, 110), y: lower.y - random.between(45, 90) };
      return { ...base, cores: [core, lower], deltas: [left, right] };
    }
    default:
      return patternClass satisfies never;
  }
}

/** Ridge orientation at a point, radians counter-clockwise, known up to half a turn. */
export function ridgeOrientation(pattern: FingerPattern, x: number, y: number): number {
  let angle = 0;
  for (const core of pattern.cores) angle += 0.5 * Math.atan2(y - core.y, x - core.x);
  for (const delta of pattern.deltas) angle -= 0.5 * Math.atan2(y - delta.y, x - delta.x);
  // Ridges rise from both sides towards the middle, most at the height of the arch, and are flat at the base.
  const height = (y - pattern.archY) / (y > pattern.archY ? 260 : 130);
  return angle - pattern.archRad * Math.exp(-height * height) * Math.sin(Math.max(-1.6, Math.min(1.6, x / 95)));
}

function randomClass(random: Random): PatternClass {
  let at = random.uniform();
  for (const [name, share] of CLASSES) {
    if (at < share) return name;
    at -= share;
  }
  return 'left-loop';
}
