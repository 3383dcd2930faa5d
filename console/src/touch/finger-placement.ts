/** Placements of a finger on the sensor pad: kept within bounds, changed by keys, or varied as people do. */

/** A complete placement, so that the preview and the touch are the same. */
export interface FingerPlacement {
  readonly shiftXMm: number;
  readonly shiftYMm: number;
  readonly rotationDeg: number;
  readonly pressure: number;
}

export const CENTRED: FingerPlacement = { shiftXMm: 0, shiftYMm: 0, rotationDeg: 0, pressure: 0.5 };

export const BOUNDS = {
  shiftXMm: { min: -8, max: 8, step: 0.25 },
  shiftYMm: { min: -10, max: 10, step: 0.25 },
  rotationDeg: { min: -60, max: 60, step: 1 },
  pressure: { min: 0, max: 1, step: 0.05 },
} as const satisfies Record<keyof FingerPlacement, { min: number; max: number; step: number }>;

/** A placement with some of it changed, kept within its bounds. */
export function placed(placement: FingerPlacement, change: Partial<FingerPlacement>): FingerPlacement {
  const wanted = { ...placement, ...change };
  const within = (key: keyof FingerPlacement) => Math.min(BOUNDS[key].max, Math.max(BOUNDS[key].min, wanted[key]));
  return {
    shiftXMm: within('shiftXMm'),
    shiftYMm: within('shiftYMm'),
    rotationDeg: within('rotationDeg'),
    pressure: within('pressure'),
  };
}

/** Millimetres and degrees that an arrow key moves and turns. */
const SHIFT_MM = 0.5;
const TURN_DEG = 5;

/** The change that a key makes: arrows shift, with Shift they turn, plus and minus press; undefined for other keys. */
export function keyedChange(
  placement: FingerPlacement,
  key: string,
  shift: boolean,
): Partial<FingerPlacement> | undefined {
  switch (key) {
    case 'ArrowLeft':
      return shift ? { rotationDeg: placement.rotationDeg + TURN_DEG } : { shiftXMm: placement.shiftXMm - SHIFT_MM };
    case 'ArrowRight':
      return shift ? { rotationDeg: placement.rotationDeg - TURN_DEG } : { shiftXMm: placement.shiftXMm + SHIFT_MM };
    case 'ArrowUp':
      return shift ? undefined : { shiftYMm: placement.shiftYMm - SHIFT_MM };
    case 'ArrowDown':
      return shift ? undefined : { shiftYMm: placement.shiftYMm + SHIFT_MM };
    case '+':
      return { pressure: placement.pressure + 0.05 };
    case '-':
      return { pressure: placement.pressure - 0.05 };
    default:
      return undefined;
  }
}

/** A placement that varies as those of people do; the same for the same impression. */
export function naturalPlacement(impression: number): FingerPlacement {
  const draw = (salt: number) => {
    const uniform = (n: number) => (hash(impression * 64 + salt * 8 + n) + 0.5) / 2 ** 32;
    return uniform(0) + uniform(1) + uniform(2) + uniform(3) - 2;
  };
  const round = (value: number, step: number) => Math.round(value / step) * step;
  return placed(CENTRED, {
    shiftXMm: round(2.4 * draw(1), 0.25),
    shiftYMm: round(2.8 * draw(2), 0.25),
    rotationDeg: round(16 * draw(3), 1),
    pressure: round(0.5 + 0.12 * draw(4), 0.05),
  });
}

/** A 32-bit mixer: spreads neighbours far apart. */
function hash(value: number): number {
  let h = (value + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}
