/** Draws a sample, and what an engine sees in it. */

import type { GreyImage, MinutiaMark, RidgeFlow } from '../../../src/exports/whorl/client/browser.ts';
import { directionStroke, type Frame, flowStrokes, pointIn, type Stroke } from './overlay.ts';

/** Colours on the picture of a finger, which is white in the light and the dark scheme. */
export const MARK_COLOURS = { ending: '#c2410c', bifurcation: '#1d4ed8', flow: '#0d9488' } as const;

/** The pixels as a picture that a canvas can scale. */
export function greyPicture({ widthPx, heightPx, pixels }: GreyImage): OffscreenCanvas {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const data = new ImageData(widthPx, heightPx);
  const words = new Uint32Array(data.data.buffer);
  pixels.forEach((grey, i) => {
    words[i] = 0xff00_0000 | (grey * 0x01_0101);
  });
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return canvas;
}

export function drawFlow(context: CanvasRenderingContext2D, frame: Frame, flow: RidgeFlow): void {
  context.strokeStyle = MARK_COLOURS.flow;
  context.lineWidth = 1.5;
  context.globalAlpha = 0.75;
  strokeAll(context, flowStrokes(frame, flow));
  context.globalAlpha = 1;
}

/** A ring for an ending, a square for a bifurcation, each with its direction; fainter with less quality. */
export function drawMinutiae(
  context: CanvasRenderingContext2D,
  frame: Frame,
  marks: readonly MinutiaMark[],
  colour?: (index: number) => string | undefined,
): void {
  const size = Math.max(2.5, 4 * Math.min(1.4, frame.scale));
  context.lineWidth = Math.max(1.2, 0.4 * size);
  marks.forEach((mark, index) => {
    const { x, y } = pointIn(frame, mark);
    context.strokeStyle = colour?.(index) ?? MARK_COLOURS[mark.type];
    context.globalAlpha = 0.45 + 0.55 * mark.quality;
    context.beginPath();
    if (mark.type === 'ending') context.arc(x, y, size, 0, 2 * Math.PI);
    else context.rect(x - size, y - size, 2 * size, 2 * size);
    context.stroke();
    strokeAll(context, [directionStroke(frame, mark, 3 * size)]);
  });
  context.globalAlpha = 1;
}

export function strokeAll(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.beginPath();
  for (const { fromX, fromY, toX, toY } of strokes) {
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
  context.stroke();
}
