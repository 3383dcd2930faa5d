/** The sensor of a virtual reader with a finger over it. */

import { useCallback, useMemo, useRef } from 'preact/hooks';
import { Canvas } from '../parts/canvas.tsx';
import { greyPicture } from '../sample/draw-sample.ts';
import { drawFinger, SENSOR } from './draw-finger.ts';
import type { TouchPad } from './touch-pad.ts';
import { useFingerHold } from './use-finger-hold.ts';

export interface SensorPadProps {
  readonly pad: TouchPad;
  readonly onTouch: () => void;
}

export function SensorPad({ pad, onTouch }: SensorPadProps) {
  const placement = pad.placement.value;
  const picture = pad.picture.value;
  const dropped = pad.dropped.value;
  const image = dropped?.image ?? picture?.image;
  const grey = useMemo(() => image && greyPicture(image), [image]);
  const place = useRef<HTMLDivElement>(null);
  const hold = useFingerHold(place, pad, onTouch);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      if (grey === undefined || image === undefined) return;
      const seen = dropped === undefined ? picture?.placement : undefined;
      drawFinger(context, width, height, { image, grey, seen, placement });
    },
    [grey, image, dropped, picture, placement],
  );
  return (
    <div
      ref={place}
      class={dropped === undefined ? 'sensor-pad' : 'sensor-pad sensor-pad-fixed'}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the pad takes keys, as its label says
      tabIndex={0}
      aria-label="Sensor pad. Arrow keys shift the finger, comma and full stop turn it, plus and minus press it, Enter touches."
      {...hold}
    >
      <Canvas
        class="sensor-canvas"
        label={dropped === undefined ? 'The finger over the sensor' : `The image ${dropped.name}`}
        aspect={SENSOR.widthMm / SENSOR.heightMm}
        draw={draw}
      />
    </div>
  );
}
