/** How one impression lies on another: a turn and a shift. */

/**
 * Carries points of one image to another, pixels at 500 ppi from the left and upper edge: turned counter-clockwise (as
 * seen) about that corner, then shifted.
 */
export interface RigidMotion {
  readonly cos: number;
  readonly sin: number;
  readonly dxPx: number;
  readonly dyPx: number;
}

/** Leaves everything where it is. */
export const NO_MOTION: RigidMotion = Object.freeze({ cos: 1, sin: 0, dxPx: 0, dyPx: 0 });

/** Where a point comes to lie. */
export function movePoint({ cos, sin, dxPx, dyPx }: RigidMotion, xPx: number, yPx: number): [xPx: number, yPx: number] {
  return [cos * xPx + sin * yPx + dxPx, cos * yPx - sin * xPx + dyPx];
}

/** One motion, then another one. */
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
