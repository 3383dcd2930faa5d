/** Geometry of marks over a sample: pixels at 500 ppi in, units of the canvas out. */

import type { MinutiaMark, RidgeFlow } from '../../../src/exports/whorl/client/browser.ts';

const ENGINE_PPI = 500;
/** Angle of cells outside the finger. */
const NO_FINGER = 255;

/** A straight stroke. */
export interface Stroke {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
}

/** An origin on a canvas, and the size of a pixel at 500 ppi there. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The size of an image in pixels at 500 ppi, as the engine counts. */
export function engineSize(image: {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
}) {
  const scale = ENGINE_PPI / image.resolutionPpi;
  return { width: image.widthPx * scale, height: image.heightPx * scale };
}

/** The frame that fits this size into a box, centred. */
export function frameIn(
  box: { x: number; y: number; width: number; height: number },
  width: number,
  height: number,
): Frame {
  const scale = Math.min(box.width / width, box.height / height);
  return { x: box.x + (box.width - width * scale) / 2, y: box.y + (box.height - height * scale) / 2, scale };
}

/** Where a point is drawn. */
export function pointIn(frame: Frame, { xPx, yPx }: Pick<MinutiaMark, 'xPx' | 'yPx'>) {
  return { x: frame.x + xPx * frame.scale, y: frame.y + yPx * frame.scale };
}

/** A stroke from a minutia along its direction. Angles are counter-clockwise, while rows count downwards. */
export function directionStroke(frame: Frame, mark: MinutiaMark, lengthPx: number): Stroke {
  const { x, y } = pointIn(frame, mark);
  return {
    fromX: x,
    fromY: y,
    toX: x + lengthPx * Math.cos(mark.directionRad),
    toY: y - lengthPx * Math.sin(mark.directionRad),
  };
}

/** Strokes along the ridges of the finger, at least `apartPx` apart on the canvas. */
export function flowStrokes(
  frame: Frame,
  { cellPx, columns, rows, degrees }: RidgeFlow,
  apartPx = 11,
): readonly Stroke[] {
  const stride = Math.max(1, Math.ceil(apartPx / (cellPx * frame.scale)));
  const half = 0.38 * stride * cellPx * frame.scale;
  const strokes: Stroke[] = [];
  for (let row = stride >> 1; row < rows; row += stride) {
    for (let column = stride >> 1; column < columns; column += stride) {
      const angle = degrees[row * columns + column] ?? NO_FINGER;
      if (angle === NO_FINGER) continue;
      const { x, y } = pointIn(frame, { xPx: (column + 0.5) * cellPx, yPx: (row + 0.5) * cellPx });
      const dx = half * Math.cos((angle * Math.PI) / 180);
      const dy = -half * Math.sin((angle * Math.PI) / 180);
      strokes.push({ fromX: x - dx, fromY: y - dy, toX: x + dx, toY: y + dy });
    }
  }
  return strokes;
}

/** The bounding box of marks with a margin, for a reference that has no image. */
export function extentOf(marks: readonly MinutiaMark[], marginPx = 24) {
  if (marks.length === 0) return { left: 0, top: 0, width: 1, height: 1 };
  const xs = marks.map(({ xPx }) => xPx);
  const ys = marks.map(({ yPx }) => yPx);
  const left = Math.min(...xs) - marginPx;
  const top = Math.min(...ys) - marginPx;
  return { left, top, width: Math.max(...xs) + marginPx - left, height: Math.max(...ys) + marginPx - top };
}
