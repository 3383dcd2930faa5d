/** How many fingers a print shows. */

import { type Component, componentsOf } from './components.ts';
import { HAND_MM } from './hand-measures.ts';
import type { CellMask } from './planes.ts';

/** Share of the smaller part's width that lies above or below the other, when both are of one finger. */
const STACKED_SHARE = 0.6;

/**
 * Fingers of a mask whose cells are so many millimetres wide: parts with ridges, as `isRidged` tells; those right below
 * another, with a crease between, are phalanges of the same finger. A part wider than any finger is two at least. 0 for
 * an empty mask.
 */
export function countFingers(mask: CellMask, cellMm: number, isRidged: (part: Component) => boolean): number {
  const parts = componentsOf(mask, 1);
  const [largest] = parts;
  if (largest === undefined) return 0;
  const isTooWide = (largest.right - largest.left) * cellMm > HAND_MM.widestPrint;
  const large = parts.filter((part) => part.cells.length * cellMm ** 2 >= HAND_MM.leastArea);
  const ridged = large.length < 2 ? large : large.filter(isRidged);
  const fingers = ridged.filter((part) => !ridged.some((upper) => isRightBelow(part, upper, cellMm)));
  return Math.max(isTooWide ? 2 : 1, fingers.length);
}

function isRightBelow(lower: Component, upper: Component, cellMm: number): boolean {
  const gap = (lower.top - upper.bottom) * cellMm;
  const common = Math.min(lower.right, upper.right) - Math.max(lower.left, upper.left);
  const narrower = Math.min(lower.right - lower.left, upper.right - upper.left);
  return gap >= 0 && gap <= HAND_MM.creaseGap && common >= STACKED_SHARE * narrower;
}
