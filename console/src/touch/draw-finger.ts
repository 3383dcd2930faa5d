/** Draws the finger over the sensor of a virtual reader. */

import type { GreyImage } from '../../../src/exports/whorl/client/browser.ts';
import type { FingerPlacement } from './finger-placement.ts';

/** The sensor of virtual readers, millimetres: 320 x 400 pixels at 500 ppi. */
export const SENSOR = { widthMm: 16.26, heightMm: 20.32 };
const MM_PER_INCH = 25.4;

/** What is drawn. */
export interface FingerView {
  readonly image: GreyImage;
  /** The pixels of `image`, as a picture that a canvas can scale. */
  readonly grey: OffscreenCanvas;
  /** Where the finger was when the image was made; undefined for a file, which stays in place. */
  readonly seen: FingerPlacement | undefined;
  /** Where the finger is. */
  readonly placement: FingerPlacement;
}

/** Until the image for a new placement arrives, moves and turns the old one. */
export function drawFinger(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { image, grey, seen, placement }: FingerView,
): void {
  const pxPerMm = width / SENSOR.widthMm;
  const drawn = {
    width: (image.widthPx / image.resolutionPpi) * MM_PER_INCH * pxPerMm,
    height: (image.heightPx / image.resolutionPpi) * MM_PER_INCH * pxPerMm,
  };
  context.imageSmoothingQuality = 'high';
  context.save();
  if (seen !== undefined) {
    const pivot = { x: width / 2 + placement.shiftXMm * pxPerMm, y: height / 2 + placement.shiftYMm * pxPerMm };
    context.translate(pivot.x, pivot.y);
    context.rotate(((seen.rotationDeg - placement.rotationDeg) * Math.PI) / 180);
    context.translate(-pivot.x, -pivot.y);
    context.translate((placement.shiftXMm - seen.shiftXMm) * pxPerMm, (placement.shiftYMm - seen.shiftYMm) * pxPerMm);
  }
  context.drawImage(grey, (width - drawn.width) / 2, (height - drawn.height) / 2, drawn.width, drawn.height);
  context.restore();
}
