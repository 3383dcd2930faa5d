/** Moves the finger on a sensor pad: drag to shift, wheel to turn. The keys for that work on the whole stage. */

import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { SENSOR } from './draw-finger.ts';
import type { TouchPad } from './touch-pad.ts';

/** Degrees that one step of the wheel turns. */
const WHEEL_STEP_DEG = 2;

/** Handlers for the element of the pad. */
export function useFingerHold(place: RefObject<HTMLDivElement | null>, pad: TouchPad) {
  const dragged = useRef<{ x: number; y: number } | undefined>(undefined);
  const isFixed = pad.dropped.value !== undefined;
  useWheel(place, pad);

  const drop = () => {
    dragged.current = undefined;
  };
  return {
    onPointerDown(event: PointerEvent): void {
      const element = place.current;
      if (isFixed || element === null) return;
      element.setPointerCapture(event.pointerId);
      dragged.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: PointerEvent): void {
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
    },
    onPointerUp: drop,
    onPointerCancel: drop,
  };
}

/** A wheel that turns the finger must not scroll the page, which takes a listener that is not passive. */
function useWheel(place: RefObject<HTMLDivElement | null>, pad: TouchPad): void {
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      if (pad.dropped.value !== undefined) return;
      event.preventDefault();
      pad.move({ rotationDeg: pad.placement.value.rotationDeg - Math.sign(event.deltaY) * WHEEL_STEP_DEG });
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [pad]);
}
