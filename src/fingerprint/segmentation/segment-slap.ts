/** A slap, several fingers in one picture, as a picture of each finger. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { checkOptions, oneOf } from '../../core/option-rules.ts';
import { HAND_MM } from '../extraction/hand-measures.ts';
import { type FingerBox, fingerBoxes, toHand } from './finger-boxes.ts';
import { SLAP_CELL_MM, slapCellPx, slapForeground } from './slap-foreground.ts';

/** What was put on the reader: four fingers of a hand, or both thumbs. */
export type SlapHand = 'right' | 'left' | 'thumbs';

/** A finger of a slap. The box may lean; its sides are those of the finger. */
export interface SlapFinger {
  /**
   * Finger position, 1 (right thumb) to 10 (left little finger); absent where hand or number of fingers do not tell it.
   */
  readonly position?: number;
  /** Centre of the box, pixels from the left. */
  readonly centreXPx: number;
  /** Centre of the box, pixels from the top. */
  readonly centreYPx: number;
  /** Across the finger. */
  readonly widthPx: number;
  /** Along the finger. */
  readonly heightPx: number;
  /** By which the finger leans to the right of upright, radians. */
  readonly angleRad: number;
  /** The finger alone, as it lies in the slap; white beyond its box. */
  readonly image: GreyImage;
}

/** What {@link segmentSlap} found. */
export interface Slap {
  /** From left to right; empty for a picture without fingers. */
  readonly fingers: readonly SlapFinger[];
  /** As stated, else as guessed from the little finger, whose tip lies lowest; absent where the tips do not tell. */
  readonly hand?: SlapHand;
  /** True when `hand` was not stated. */
  readonly isHandGuessed: boolean;
}

/** Options of {@link segmentSlap}. */
export interface SegmentSlapOptions {
  /** What was put on the reader; guessed for four fingers when absent. */
  readonly hand?: SlapHand;
}

/** Positions from left to right, palm down. ANSI/NIST-ITL 1-2011, table 12. */
const POSITIONS: Readonly<Record<SlapHand, readonly number[]>> = {
  right: [2, 3, 4, 5],
  left: [10, 9, 8, 7],
  thumbs: [6, 1],
};
const WHITE = 255;
/** Around a box, so that nothing of the finger is lost. */
const MARGIN_MM = 1;

/**
 * Finds the fingers of a slap (ridges dark, 200 to 2,400 ppi, fingers pointing up within 50 degrees), without the
 * phalanges below their tips, and cuts them out. Throws E_INVALIDARG for other images and options.
 *
 * @example
 * const { fingers, hand } = segmentSlap(decodeImage(await readFile('slap.png')), { hand: 'right' });
 * const templates = fingers.map((finger) => extract(finger.image));
 */
export function segmentSlap(image: GreyImage, options: SegmentSlapOptions = {}): Slap {
  checkOptions<SegmentSlapOptions>('segmentSlap(image, options)', options, { hand: oneOf('right', 'left', 'thumbs') });
  checkImage(image);
  const { hand: stated } = options;
  const most = stated === undefined ? POSITIONS.right.length : POSITIONS[stated].length;
  const { angleRad, boxes } = fingerBoxes(slapForeground(image), most);
  const hand = stated ?? guessHand(boxes);
  const positions = hand === undefined ? [] : POSITIONS[hand];
  const fingers = boxes.map((box, i): SlapFinger => {
    const position = boxes.length === positions.length ? positions[i] : undefined;
    return { ...(position !== undefined && { position }), ...cutOut(image, box, angleRad) };
  });
  return { fingers, ...(hand !== undefined && { hand }), isHandGuessed: stated === undefined };
}

function checkImage({ widthPx, heightPx, resolutionPpi, pixels }: GreyImage): void {
  if (!(resolutionPpi >= 200 && resolutionPpi <= 2400)) {
    throw new BiometricError('E_INVALIDARG', `resolutionPpi is ${resolutionPpi}; give 200 to 2400`);
  }
  if (!(pixels instanceof Uint8Array) || !(widthPx > 0) || pixels.length !== widthPx * heightPx) {
    throw new BiometricError('E_INVALIDARG', 'pixels must be width x height bytes');
  }
}

function guessHand(boxes: readonly FingerBox[]): SlapHand | undefined {
  const [first] = boxes;
  const last = boxes.at(-1);
  if (boxes.length !== 4 || first === undefined || last === undefined) return undefined;
  const lowerMm = (last.top - first.top) * SLAP_CELL_MM;
  if (Math.abs(lowerMm) < HAND_MM.littleLower) return undefined;
  return lowerMm > 0 ? 'right' : 'left';
}

/** A box in pixels, and what it holds. */
function cutOut(image: GreyImage, box: FingerBox, angleRad: number): Omit<SlapFinger, 'position'> {
  const cellPx = slapCellPx(image);
  const margin = MARGIN_MM / SLAP_CELL_MM;
  const [left, right] = [(box.left - 0.5 - margin) * cellPx, (box.right + 0.5 + margin) * cellPx];
  const [top, bottom] = [(box.top - 0.5 - margin) * cellPx, (box.bottom + 0.5 + margin) * cellPx];
  // Back from the frame of the hand: the opposite turn.
  const corners = [left, right].flatMap((u) => [top, bottom].map((v) => toHand(u, v, -angleRad)));
  const [centreXPx, centreYPx] = toHand((left + right) / 2, (top + bottom) / 2, -angleRad);
  const x0 = Math.max(0, Math.floor(Math.min(...corners.map(([x]) => x))));
  const y0 = Math.max(0, Math.floor(Math.min(...corners.map(([, y]) => y))));
  const x1 = Math.min(image.widthPx, Math.ceil(Math.max(...corners.map(([x]) => x))));
  const y1 = Math.min(image.heightPx, Math.ceil(Math.max(...corners.map(([, y]) => y))));
  const pixels = new Uint8Array((x1 - x0) * (y1 - y0)).fill(WHITE);
  for (let y = y0, at = 0; y < y1; y++) {
    for (let x = x0; x < x1; x++, at++) {
      const [u, v] = toHand(x, y, angleRad);
      if (u >= left && u <= right && v >= top && v <= bottom) pixels[at] = image.pixels[y * image.widthPx + x]!;
    }
  }
  const { resolutionPpi } = image;
  return {
    centreXPx,
    centreYPx,
    widthPx: right - left,
    heightPx: bottom - top,
    angleRad,
    image: { widthPx: x1 - x0, heightPx: y1 - y0, resolutionPpi, pixels },
  };
}
