/** A sample as the sensor saw it, overlaid with what the engine found in it. */

import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import type { GreyImage, SamplePicture } from '../../../src/exports/whorl/client/browser.ts';
import { Canvas } from '../parts/canvas.tsx';
import { t } from '../words/catalogue.ts';
import { drawFlow, drawMinutiae, greyPicture } from './draw-sample.ts';
import { engineSize, frameIn } from './overlay.ts';

export interface LiveSampleProps {
  readonly picture: SamplePicture;
  /** How many samples were shown so far. */
  readonly count: number;
}

export function LiveSample({ picture, count }: LiveSampleProps) {
  const showsFlow = useSignal(false);
  const showsMinutiae = useSignal(true);
  const grey = useMemo(() => greyPicture(picture.image), [picture]);
  const withFlow = showsFlow.value;
  const withMinutiae = showsMinutiae.value;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const size = engineSize(picture.image);
      const frame = frameIn({ x: 0, y: 0, width, height }, size.width, size.height);
      context.imageSmoothingQuality = 'high';
      context.drawImage(grey, frame.x, frame.y, size.width * frame.scale, size.height * frame.scale);
      if (withFlow) drawFlow(context, frame, picture.flow);
      if (withMinutiae) drawMinutiae(context, frame, picture.minutiae);
    },
    [picture, grey, withFlow, withMinutiae],
  );
  const { widthPx, heightPx } = picture.image;
  return (
    <figure class="live-sample">
      <div class="plate">
        <Canvas
          label={t('sample.label', { count: picture.minutiae.length })}
          aspect={widthPx / heightPx}
          draw={draw}
          shown={count}
        />
      </div>
      <figcaption class="actions">
        <label class="check small">
          <input
            type="checkbox"
            checked={withMinutiae}
            onChange={(event) => (showsMinutiae.value = event.currentTarget.checked)}
          />
          {t('sample.minutiae')}
        </label>
        <label class="check small">
          <input
            type="checkbox"
            checked={withFlow}
            onChange={(event) => (showsFlow.value = event.currentTarget.checked)}
          />
          {t('sample.flow')}
        </label>
      </figcaption>
    </figure>
  );
}

/** Only the pixels, small. */
export function Thumbnail({ image, label }: { readonly image: GreyImage; readonly label: string }) {
  const grey = useMemo(() => greyPicture(image), [image]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const scale = Math.max(width / image.widthPx, height / image.heightPx);
      const [w, h] = [image.widthPx * scale, image.heightPx * scale];
      context.drawImage(grey, (width - w) / 2, (height - h) / 2, w, h);
    },
    [grey, image],
  );
  return <Canvas class="thumbnail" label={label} aspect={0.8} draw={draw} />;
}
