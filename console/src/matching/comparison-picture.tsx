/** Probe and reference side by side, with lines between paired minutiae. */

import { useCallback, useMemo } from 'preact/hooks';
import type { ReferencePicture, SamplePicture } from '../../../src/exports/whorl/client/browser.ts';
import { Canvas } from '../parts/canvas.tsx';
import { greyPicture } from '../sample/draw-sample.ts';
import { drawComparison } from './draw-comparison.ts';

/** Width of both sides and the gap, in widths of one side. */
const WIDTH_OF_BOTH = 2.08;

export interface ComparisonPictureProps {
  readonly picture: SamplePicture;
  readonly reference: ReferencePicture;
  /** How many samples were shown so far. */
  readonly count: number;
}

export function ComparisonPicture({ picture, reference, count }: ComparisonPictureProps) {
  const grey = useMemo(() => greyPicture(picture.image), [picture]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) =>
      drawComparison(context, width, height, { picture, reference, grey }),
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
          aspect={(WIDTH_OF_BOTH * picture.image.widthPx) / picture.image.heightPx}
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
