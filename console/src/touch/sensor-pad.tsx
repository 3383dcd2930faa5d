/** The sensor of a virtual reader with a finger over it: drag to shift, wheel to turn, keys for both. */

import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import { Canvas } from '../parts/canvas.tsx';
import { greyPicture } from '../sample/draw-sample.ts';
import { keyedChange } from './finger-placement.ts';
import type { TouchPad } from './touch-pad.ts';

/** The sensor of virtual readers, millimetres: 320 x 400 pixels at 500 ppi. */
const SENSOR = { widthMm: 16.26, heightMm: 20.32 };
const MM_PER_INCH = 25.4;

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
  const dragged = useRef<{ x: number; y: number } | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);

  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      if (grey === undefined || image === undefined) return;
      const pxPerMm = width / SENSOR.widthMm;
      const drawnWidth = (image.widthPx / image.resolutionPpi) * MM_PER_INCH * pxPerMm;
      const drawnHeight = (image.heightPx / image.resolutionPpi) * MM_PER_INCH * pxPerMm;
      context.imageSmoothingQuality = 'high';
      // Until the new picture comes the old one stands in for it, moved and turned.
      const seen = dropped === undefined ? picture?.placement : undefined;
      const moved =
        seen === undefined
          ? { x: 0, y: 0 }
          : {
              x: (placement.shiftXMm - seen.shiftXMm) * pxPerMm,
              y: (placement.shiftYMm - seen.shiftYMm) * pxPerMm,
            };
      const pivot = {
        x: width / 2 + (seen === undefined ? 0 : placement.shiftXMm * pxPerMm),
        y: height / 2 + (seen === undefined ? 0 : placement.shiftYMm * pxPerMm),
      };
      const turned = seen === undefined ? 0 : ((seen.rotationDeg - placement.rotationDeg) * Math.PI) / 180;
      context.save();
      context.translate(pivot.x, pivot.y);
      context.rotate(turned);
      context.translate(moved.x - pivot.x, moved.y - pivot.y);
      context.drawImage(grey, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
      context.restore();
    },
    [grey, image, dropped, picture, placement],
  );

  // A wheel that turns the finger must not scroll the page, and so needs a listener that is not passive.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      if (pad.dropped.value !== undefined || document.activeElement !== element) return;
      event.preventDefault();
      pad.move({ rotationDeg: pad.placement.value.rotationDeg - Math.sign(event.deltaY) * 2 });
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [pad]);

  const drag = (event: PointerEvent) => {
    const from = dragged.current;
    const width = place.current?.clientWidth ?? 0;
    if (from === undefined || width === 0) return;
    const mmPerPx = SENSOR.widthMm / width;
    const { shiftXMm, shiftYMm } = pad.placement.value;
    pad.move({
      shiftXMm: shiftXMm + (event.clientX - from.x) * mmPerPx,
      shiftYMm: shiftYMm + (event.clientY - from.y) * mmPerPx,
    });
    dragged.current = { x: event.clientX, y: event.clientY };
  };

  return (
    <div
      ref={place}
      class={dropped === undefined ? 'sensor-pad' : 'sensor-pad sensor-pad-fixed'}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the pad takes keys, as its label says
      tabIndex={0}
      aria-label="Sensor pad. Arrow keys shift the finger, comma and full stop turn it, plus and minus press it, Enter touches."
      onPointerDown={(event) => {
        if (dropped !== undefined) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        dragged.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={drag}
      onPointerUp={() => (dragged.current = undefined)}
      onPointerCancel={() => (dragged.current = undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onTouch();
        const change = dropped === undefined ? keyedChange(placement, event.key, event.shiftKey) : undefined;
        if (change !== undefined) pad.move(change);
        if (change !== undefined || event.key === 'Enter') event.preventDefault();
      }}
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
