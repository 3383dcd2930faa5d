/** The tip phalanges of a slap, as boxes that lean as the hand does. */

import { type Component, component, componentsOf } from '../extraction/components.ts';
import { HAND_MM } from '../extraction/hand-measures.ts';
import { erode } from '../extraction/mask-morphology.ts';
import type { CellMask } from '../extraction/planes.ts';
import { SLAP_CELL_MM } from './slap-foreground.ts';

/** A box in the frame of the hand: `u` across the fingers, `v` along them from the tip, in cells. */
export interface FingerBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The boxes of a hand. */
export interface HandBoxes {
  /** By which the fingers lean to the right of upright, radians. */
  readonly angleRad: number;
  /** From left to right. */
  readonly boxes: readonly FingerBox[];
}

const LEAST_CELLS = HAND_MM.leastArea / SLAP_CELL_MM ** 2;
/** Half the width of what may tie fingers together, cells. */
const WIDEST_BRIDGE = 8;
/** Hands lean no further. */
const MOST_LEAN_RAD = (50 * Math.PI) / 180;
/** Share of the narrower part's width that lies below a tip, when it is a phalanx of that finger. */
const BELOW_SHARE = 0.4;
/** A crease is narrower than this share of the finger. */
const CREASE_SHARE = 0.75;

/**
 * Boxes of at most `most` fingers: parts of the foreground, the direction in which they are long, tips above phalanges.
 * What is to be found, and how boxes lean: NISTIR 7209 and 7553 (Slap Fingerprint Segmentation Evaluations).
 */
export function fingerBoxes(mask: CellMask, most: number): HandBoxes {
  const parts = componentsOf(mask, LEAST_CELLS);
  const angleRad = leanOf(parts);
  const turned = parts.map((part) => turn(part, angleRad)).flatMap(splitFingers);
  const tips = tipsOf(turned).map(cutAtCrease);
  const large = tips.toSorted((a, b) => b.cells.length - a.cells.length).slice(0, most);
  return { angleRad, boxes: large.toSorted((a, b) => a.left - b.left) };
}

/** A point of the image in the frame of a hand that leans so. */
export function toHand(x: number, y: number, angleRad: number): [u: number, v: number] {
  return [x * Math.cos(angleRad) + y * Math.sin(angleRad), y * Math.cos(angleRad) - x * Math.sin(angleRad)];
}

/** The cells in the frame of the hand, rounded. */
function turn({ cells }: Component, angleRad: number): Component {
  return component(
    cells.map(([column, row]) => {
      const [u, v] = toHand(column + 0.5, row + 0.5, angleRad);
      return [Math.round(u), Math.round(v)] as const;
    }),
  );
}

/**
 * The lean of the fingers: the long axis of all parts, each about its own centre. Parts that lie across are fingers
 * that touch, and say nothing.
 */
function leanOf(parts: readonly Component[]): number {
  const spreads = parts.map(spreadOf).filter((spread) => Math.abs(leanOfSpread(spread)) <= MOST_LEAN_RAD);
  const sum = (of: (spread: Spread) => number) => spreads.reduce((total, spread) => total + of(spread), 0);
  return leanOfSpread({ difference: sum(({ difference }) => difference), product: sum(({ product }) => product) });
}

/** Second moments of a part: along rows less along columns, and mixed. */
interface Spread {
  readonly difference: number;
  readonly product: number;
}

function spreadOf({ cells }: Component): Spread {
  const mean = (of: (cell: readonly [number, number]) => number) =>
    cells.reduce((sum, cell) => sum + of(cell), 0) / cells.length;
  const [x, y] = [mean(([column]) => column), mean(([, row]) => row)];
  let [difference, product] = [0, 0];
  for (const [column, row] of cells) {
    difference += (row - y) ** 2 - (column - x) ** 2;
    product += (row - y) * (column - x);
  }
  return { difference, product };
}

/** Angle of the long axis, to the right of upright: rows grow downwards. */
function leanOfSpread({ difference, product }: Spread): number {
  return -Math.atan2(2 * product, difference) / 2;
}

/** A part that is wider than a finger: cut where it is tied together by a bridge, else at its thinnest places. */
function splitFingers(part: Component): Component[] {
  const widthMm = (part.right - part.left + 1) * SLAP_CELL_MM;
  if (widthMm <= HAND_MM.widestFinger) return [part];
  const count = Math.max(2, Math.round(widthMm / HAND_MM.usualFinger));
  const cuts = bridges(part, count) ?? thinnest(part, count);
  const groups = Array.from({ length: cuts.length + 1 }, (): (readonly [number, number])[] => []);
  for (const cell of part.cells) groups[cuts.filter((cut) => cell[0] >= cut).length]!.push(cell);
  return groups.filter(({ length }) => length >= LEAST_CELLS).map(component);
}

/**
 * Columns between the pieces that are left when the part is worn away from its edges; undefined unless all come apart.
 */
function bridges(part: Component, count: number): number[] | undefined {
  const [columns, rows] = [part.right - part.left + 1, part.bottom - part.top + 1];
  const cells = new Uint8Array(columns * rows);
  for (const [u, v] of part.cells) cells[(v - part.top) * columns + u - part.left] = 1;
  for (let radius = 1; radius <= WIDEST_BRIDGE; radius++) {
    const pieces = componentsOf(erode({ columns, rows, cells }, radius, false), LEAST_CELLS / 2);
    if (pieces.length < count) continue;
    const sorted = pieces.slice(0, count).sort((a, b) => a.left - b.left);
    return sorted.slice(1).map(({ left }, i) => part.left + Math.round((left + sorted[i]!.right) / 2));
  }
  return undefined;
}

/** The columns with the fewest cells near where fingers of one width end. */
function thinnest(part: Component, count: number): number[] {
  const profile = new Float64Array(part.right - part.left + 1);
  for (const [u] of part.cells) profile[u - part.left]!++;
  const step = profile.length / count;
  return Array.from({ length: count - 1 }, (_, i) => {
    const from = Math.floor((i + 0.6) * step);
    const near = profile.subarray(from, Math.ceil((i + 1.4) * step));
    return part.left + from + near.indexOf(Math.min(...near));
  });
}

/** Parts that no other lies above: the others are phalanges below the tips, and what a palm leaves. */
function tipsOf(parts: readonly Component[]): Component[] {
  const tips: Component[] = [];
  for (const part of parts.toSorted((a, b) => a.top - b.top)) {
    const isBelow = tips.some((tip) => {
      const common = Math.min(part.right, tip.right) - Math.max(part.left, tip.left);
      return common > BELOW_SHARE * Math.min(part.right - part.left, tip.right - tip.left);
    });
    if (!isBelow) tips.push(part);
  }
  const [highest] = tips;
  return tips.filter(({ top }) => (top - highest!.top) * SLAP_CELL_MM <= HAND_MM.tipSpread);
}

/** A finger ends at its crease, the narrowest row where one may be; without one, where tips end at the latest. */
function cutAtCrease(finger: Component): Component {
  const rows = new Float64Array(finger.bottom - finger.top + 1);
  for (const [, v] of finger.cells) rows[v - finger.top]!++;
  const [shortest, longest] = [HAND_MM.shortestTip / SLAP_CELL_MM, HAND_MM.longestTip / SLAP_CELL_MM];
  if (rows.length <= longest) return finger;
  const near = rows.subarray(shortest, longest);
  const narrowest = Math.min(...near);
  const isCrease = narrowest < CREASE_SHARE * Math.max(...rows.subarray(0, longest));
  const end = finger.top + (isCrease ? shortest + near.indexOf(narrowest) : longest);
  return component(finger.cells.filter(([, v]) => v < end));
}
