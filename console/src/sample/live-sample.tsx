/** The last sample as the sensor saw it, overlaid with what the engine found in it. */

import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import type { SamplePicture } from '../../../src/exports/whorl/client/browser.ts';
import { Canvas } from '../parts/canvas.tsx';
import { drawFlow, drawMinutiae, greyPicture } from './draw-sample.ts';
import { engineSize, frameIn } from './overlay.ts';

export interface LiveSampleProps {
  readonly picture: SamplePicture | undefined;
  /** How many samples were shown so far. */
  readonly count: number;
  /** Text shown until there is a picture. */
  readonly empty: string;
}

export function LiveSample({ picture, count, empty }: LiveSampleProps) {
  const showsFlow = useSignal(false);
  const showsMinutiae = useSignal(true);
  const grey = useMemo(() => picture && greyPicture(picture.image), [picture]);
  const withFlow = showsFlow.value;
  const withMinutiae = showsMinutiae.value;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      if (picture === undefined || grey === undefined) return;
      const size = engineSize(picture.image);
      const frame = frameIn({ x: 0, y: 0, width, height }, size.width, size.height);
      context.imageSmoothingQuality = 'high';
      context.drawImage(grey, frame.x, frame.y, size.width * frame.scale, size.height * frame.scale);
      if (withFlow) drawFlow(context, frame, picture.flow);
      if (withMinutiae) drawMinutiae(context, frame, picture.minutiae);
    },
    [picture, grey, withFlow, withMinutiae],
  );
  const label = picture === undefined ? empty : `The last sample: ${picture.minutiae.length} minutiae`;
  const aspect = picture === undefined ? 0.8 : picture.image.widthPx / picture.image.heightPx;
  return (
    <figure class="live-sample">
      <div class="plate">
        <Canvas class="plate-canvas" label={label} aspect={aspect} draw={draw} shown={count} />
        {picture === undefined && <p class="plate-empty">{empty}</p>}
      </div>
      <figcaption class="toggles">
        <label class="toggle">
          <input
            type="checkbox"
            checked={withMinutiae}
            onChange={(event) => (showsMinutiae.value = event.currentTarget.checked)}
          />
          <span class="swatch swatch-minutiae" aria-hidden="true" />
          minutiae
        </label>
        <label class="toggle">
          <input
            type="checkbox"
            checked={withFlow}
            onChange={(event) => (showsFlow.value = event.currentTarget.checked)}
          />
          <span class="swatch swatch-flow" aria-hidden="true" />
          ridge flow
        </label>
      </figcaption>
    </figure>
  );
}
