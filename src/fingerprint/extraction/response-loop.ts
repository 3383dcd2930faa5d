/** The complex response at the corners of a square of one pixel: how often its phase winds, and where it is zero. */

/** One value a corner, in the order of {@link CORNERS}. */
export interface ResponseLoop {
  readonly even: readonly number[];
  readonly odd: readonly number[];
}

/** The way around the square, from its upper left pixel: steps right and down. */
export const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

const NEWTON_STEPS = 3;
const SINGULAR = 1e-12;

/** Turns of the phase on the way around: 1, -1, or 0 where no ridge begins or ends. */
export function windingOf({ even, odd }: ResponseLoop): number {
  let winding = 0;
  for (let a = 0; a < 4; a++) {
    const b = (a + 1) % 4;
    winding += crossing(even[a]!, odd[a]!, even[b]!, odd[b]!);
  }
  return winding;
}

/** Signed crossing of the negative real axis on the way from one value to the next. */
function crossing(evenA: number, oddA: number, evenB: number, oddB: number): -1 | 0 | 1 {
  const isUpper = oddA >= 0;
  if (isUpper === oddB >= 0) return 0;
  const side = evenA * oddB - evenB * oddA;
  if (isUpper) return side > 0 ? 1 : 0;
  return side < 0 ? -1 : 0;
}

/** Where the bilinear response is zero, 0 to 1 each way: Newton's method from the middle, kept inside the square. */
export function zeroOf({ even, odd }: ResponseLoop): readonly [x: number, y: number] {
  let x = 0.5;
  let y = 0.5;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const e = bilinear(even, x, y);
    const o = bilinear(odd, x, y);
    const determinant = e.byX * o.byY - e.byY * o.byX;
    if (Math.abs(determinant) < SINGULAR) break;
    x = clamp01(x - (e.value * o.byY - o.value * e.byY) / determinant);
    y = clamp01(y - (o.value * e.byX - e.value * o.byX) / determinant);
  }
  return [x, y];
}

/** Value and derivatives between the corners. */
function bilinear(corners: readonly number[], x: number, y: number) {
  const [upperLeft, upperRight, lowerRight, lowerLeft] = corners as [number, number, number, number];
  return {
    value: (upperLeft * (1 - x) + upperRight * x) * (1 - y) + (lowerLeft * (1 - x) + lowerRight * x) * y,
    byX: (upperRight - upperLeft) * (1 - y) + (lowerRight - lowerLeft) * y,
    byY: (lowerLeft - upperLeft) * (1 - x) + (lowerRight - upperRight) * x,
  };
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
