/** The glass of a virtual reader with a finger over it. */

import { useCallback, useMemo, useRef } from 'preact/hooks';
import { Canvas } from '../parts/canvas.tsx';
import { greyPicture } from '../sample/draw-sample.ts';
import { t } from '../words/catalogue.ts';
import { drawFinger, SENSOR } from './draw-finger.ts';
import type { TouchPad } from './touch-pad.ts';
import { useFingerHold } from './use-finger-hold.ts';

export function SensorPad({ pad }: { readonly pad: TouchPad }) {
  const placement = pad.placement.value;
  const picture = pad.picture.value;
  const dropped = pad.dropped.value;
  const image = dropped?.image ?? picture?.image;
  const grey = useMemo(() => image && greyPicture(image), [image]);
  const place = useRef<HTMLDivElement>(null);
  const hold = useFingerHold(place, pad);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      if (grey === undefined || image === undefined) return;
      const seen = dropped === undefined ? picture?.placement : undefined;
      drawFinger(context, width, height, { image, grey, seen, placement });
    },
    [grey, image, dropped, picture, placement],
  );
  return (
    <div ref={place} class="plate glass" {...hold}>
      <Canvas
        label={dropped === undefined ? t('pad.glass') : t('pad.glassFile', { name: dropped.name })}
        aspect={SENSOR.widthMm / SENSOR.heightMm}
        draw={draw}
      />
    </div>
  );
}
