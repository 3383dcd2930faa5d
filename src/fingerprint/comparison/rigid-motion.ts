/** How one impression lies on another: a rotation and a shift. */

/**
 * Carries points of one image to another, pixels at 500 ppi from the left and upper edge: turned counter-clockwise (as
 * seen) about that corner, then shifted.
 */
export interface RigidMotion {
  /** Cosine of the rotation. */
  readonly cos: number;
  /** Sine of the rotation. */
  readonly sin: number;
  /** Shift to the right, pixels at 500 ppi. */
  readonly dxPx: number;
  /** Shift down, pixels at 500 ppi. */
  readonly dyPx: number;
}

/** Leaves every point where it is. */
export const NO_MOTION: RigidMotion = Object.freeze({ cos: 1, sin: 0, dxPx: 0, dyPx: 0 });

/** Where a point comes to lie. */
export function movePoint({ cos, sin, dxPx, dyPx }: RigidMotion, xPx: number, yPx: number): [xPx: number, yPx: number] {
  return [cos * xPx + sin * yPx + dxPx, cos * yPx - sin * xPx + dyPx];
}

/** One motion after another. */
export function chainMotions(first: RigidMotion, then: RigidMotion): RigidMotion {
  const [dxPx, dyPx] = movePoint(then, first.dxPx, first.dyPx);
  return {
    cos: first.cos * then.cos - first.sin * then.sin,
    sin: first.sin * then.cos + first.cos * then.sin,
    dxPx,
    dyPx,
  };
}

/** The way back. */
export function reverseMotion({ cos, sin, dxPx, dyPx }: RigidMotion): RigidMotion {
  return { cos, sin: -sin, dxPx: sin * dyPx - cos * dxPx, dyPx: -sin * dxPx - cos * dyPx };
}
