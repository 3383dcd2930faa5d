/** A minutia: a ridge that ends or forks. */

/** Whether a ridge ends here or forks. */
export type MinutiaType = 'ending' | 'bifurcation';

/** A minutia at 500 ppi. */
export interface Minutia {
  /** From the left edge of the image, pixels at 500 ppi. */
  readonly xPx: number;
  /** From the upper edge of the image, pixels at 500 ppi. */
  readonly yPx: number;
  /**
   * Direction, counter-clockwise from the right as seen on the image, 0 to a full turn. It points to the side that has
   * one ridge more: along the ending ridge, or between the branches of a fork. ISO/IEC 19794-2.
   */
  readonly directionRad: number;
  /** Whether a ridge ends or forks. */
  readonly type: MinutiaType;
  /** 0 to 1: share of the local grey variance that is a clean ridge wave. */
  readonly quality: number;
}

/** Brings an angle to 0 (included) .. full turn (excluded). */
export function wrapAngle(angleRad: number): number {
  const turn = 2 * Math.PI;
  const wrapped = angleRad - turn * Math.floor(angleRad / turn);
  return wrapped >= turn ? 0 : wrapped;
}

/** Least angle between two directions, 0 to half a turn. */
export function angleBetween(a: number, b: number): number {
  const difference = wrapAngle(a - b);
  return Math.min(difference, 2 * Math.PI - difference);
}
