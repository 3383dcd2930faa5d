/** Probe and reference side by side, with lines between paired minutiae. */

import { useCallback, useMemo } from 'preact/hooks';
import type { ReferencePicture, SamplePicture } from '../../../src/exports/whorl/client/browser.ts';
import { Canvas } from '../parts/canvas.tsx';
import { greyPicture } from '../sample/draw-sample.ts';
import { t } from '../words/catalogue.ts';
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
  const numbers = { pairs: pairs.length, probe: picture.minutiae.length, reference: minutiae.length };
  return (
    <figure class="comparison">
      <div class="comparison-names" aria-hidden="true">
        <span>{t('expert.probe')}</span>
        <span>{t('expert.reference')}</span>
      </div>
      <div class="plate free">
        <Canvas
          label={t('expert.pairs', numbers)}
          aspect={(WIDTH_OF_BOTH * picture.image.widthPx) / picture.image.heightPx}
          draw={draw}
          shown={count}
        />
      </div>
      <figcaption class="small quiet">
        {t('expert.pairs', numbers)} {t('expert.noImage')}
      </figcaption>
    </figure>
  );
}
