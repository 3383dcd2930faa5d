/** Draws a probe beside a reference, with a line between each pair of minutiae. */

import type { ReferencePicture, SamplePicture } from '../../../src/exports/whorl/client/browser.ts';
import { drawMinutiae, strokeAll } from '../sample/draw-sample.ts';
import { engineSize, extentOf, type Frame, frameIn, pointIn } from '../sample/overlay.ts';

const PAIRED = '#15803d';
const UNPAIRED = '#a3a3a3';
/** Behind the reference, which has no image. */
const PLATE = '#f4f4f2';
/** Gap between the two, as a share of the width. */
const GAP = 0.04;

/** `grey` is the image of the probe as a picture that a canvas can scale. */
export function drawComparison(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  compared: { readonly picture: SamplePicture; readonly reference: ReferencePicture; readonly grey: OffscreenCanvas },
): void {
  const { picture, reference, grey } = compared;
  const half = (width * (1 - GAP)) / 2;
  const size = engineSize(picture.image);
  const probeFrame = frameIn({ x: 0, y: 0, width: half, height }, size.width, size.height);
  const box = { x: width - half, y: 0, width: half, height };
  const referenceFrame = referenceFrameIn(box, reference, probeFrame.scale);
  const drawn = { width: size.width * probeFrame.scale, height: size.height * probeFrame.scale };
  context.imageSmoothingQuality = 'high';
  context.globalAlpha = 0.45;
  context.drawImage(grey, probeFrame.x, probeFrame.y, drawn.width, drawn.height);
  context.globalAlpha = 1;
  context.fillStyle = PLATE;
  context.fillRect(box.x, probeFrame.y, half, drawn.height);
  drawPairs(context, compared, probeFrame, referenceFrame);
}

/** Both sides have the same scale, as far as there is room. */
function referenceFrameIn(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  { minutiae }: ReferencePicture,
  probeScale: number,
): Frame {
  const extent = extentOf(minutiae);
  const scale = Math.min(probeScale, frameIn(box, extent.width, extent.height).scale);
  return {
    x: box.x + (box.width - extent.width * scale) / 2 - extent.left * scale,
    y: (box.height - extent.height * scale) / 2 - extent.top * scale,
    scale,
  };
}

function drawPairs(
  context: CanvasRenderingContext2D,
  { picture, reference }: { readonly picture: SamplePicture; readonly reference: ReferencePicture },
  probeFrame: Frame,
  referenceFrame: Frame,
): void {
  const paired = { probe: new Set<number>(), reference: new Set<number>() };
  const lines = reference.pairs.flatMap(([mine, theirs]) => {
    const from = picture.minutiae[mine];
    const to = reference.minutiae[theirs];
    if (from === undefined || to === undefined) return [];
    paired.probe.add(mine);
    paired.reference.add(theirs);
    const start = pointIn(probeFrame, from);
    const end = pointIn(referenceFrame, to);
    return [{ fromX: start.x, fromY: start.y, toX: end.x, toY: end.y }];
  });
  context.strokeStyle = PAIRED;
  context.globalAlpha = 0.4;
  context.lineWidth = 1;
  strokeAll(context, lines);
  context.globalAlpha = 1;
  const colour = (set: ReadonlySet<number>) => (index: number) => (set.has(index) ? PAIRED : UNPAIRED);
  drawMinutiae(context, probeFrame, picture.minutiae, colour(paired.probe));
  drawMinutiae(context, referenceFrame, reference.minutiae, colour(paired.reference));
}
