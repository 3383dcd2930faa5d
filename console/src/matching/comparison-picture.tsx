/** Probe and reference side by side, with a line between minutiae that were found to be the same. */

import { useCallback, useMemo } from 'preact/hooks';
import type { ReferencePicture, SamplePicture } from '../../../src/exports/whorl/client/browser.ts';
import { Canvas } from '../parts/canvas.tsx';
import { drawMinutiae, greyPicture, strokeAll } from '../sample/draw-sample.ts';
import { engineSize, extentOf, frameIn, pointIn } from '../sample/overlay.ts';

const PAIRED = '#15803d';
const UNPAIRED = '#a3a3a3';
const GAP = 0.04;

export interface ComparisonPictureProps {
  readonly picture: SamplePicture;
  readonly reference: ReferencePicture;
  /** How many were shown so far. */
  readonly count: number;
}

export function ComparisonPicture({ picture, reference, count }: ComparisonPictureProps) {
  const grey = useMemo(() => greyPicture(picture.image), [picture]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const half = (width * (1 - GAP)) / 2;
      const size = engineSize(picture.image);
      const probeFrame = frameIn({ x: 0, y: 0, width: half, height }, size.width, size.height);
      const extent = extentOf(reference.minutiae);
      const box = { x: width - half, y: 0, width: half, height };
      const fitted = frameIn(box, extent.width, extent.height);
      // Both in the same scale, as far as there is room.
      const scale = Math.min(probeFrame.scale, fitted.scale);
      const referenceFrame = {
        x: box.x + (half - extent.width * scale) / 2 - extent.left * scale,
        y: (height - extent.height * scale) / 2 - extent.top * scale,
        scale,
      };
      context.imageSmoothingQuality = 'high';
      context.globalAlpha = 0.45;
      context.drawImage(
        grey,
        probeFrame.x,
        probeFrame.y,
        size.width * probeFrame.scale,
        size.height * probeFrame.scale,
      );
      context.globalAlpha = 1;
      context.fillStyle = '#f4f4f2';
      context.fillRect(box.x, probeFrame.y, half, size.height * probeFrame.scale);
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
    },
    [picture, reference, grey],
  );
  const { pairs, minutiae } = reference;
  const label = `${pairs.length} of ${picture.minutiae.length} minutiae of the probe are paired with ${minutiae.length} of the reference`;
  return (
    <figure class="comparison">
      <div class="comparison-names" aria-hidden="true">
        <span>probe</span>
        <span>reference</span>
      </div>
      <div class="plate">
        <Canvas
          class="plate-canvas"
          label={label}
          aspect={(2.08 * picture.image.widthPx) / picture.image.heightPx}
          draw={draw}
          shown={count}
        />
      </div>
      <figcaption>
        <b>{pairs.length} pairs</b> of minutiae ({picture.minutiae.length} in the probe, {minutiae.length} in this
        impression of the reference). A reference keeps no image.
      </figcaption>
    </figure>
  );
}
