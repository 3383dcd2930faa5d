/**
 * What a sensor can show, which decides how much of a finger may be asked for. A reader hands out all that its sensor
 * sees, so the picture tells; who cuts or pads pictures says what the sensor shows.
 */

import { GUIDANCE, MM_PER_PX, SAMPLE_QUALITY } from '../parameters.ts';

/** Sides of what a sensor shows, millimetres. */
export interface SensorFrame {
  /** Across the finger. */
  readonly widthMm: number;
  /** Along the finger. */
  readonly heightMm: number;
}

/** Its area, square pixels at 500 ppi. */
export function sensorFramePx({ widthMm, heightMm }: SensorFrame): number {
  return (widthMm * heightMm) / MM_PER_PX ** 2;
}

/** A sample with less foreground is refused. */
export function leastAreaPx(framePx: number): number {
  return Math.min(SAMPLE_QUALITY.minAreaPx, SAMPLE_QUALITY.minFrameShare * framePx);
}

/** Somebody with less foreground is asked to show more. */
export function smallAreaPx(framePx: number): number {
  return Math.min(GUIDANCE.smallAreaPx, GUIDANCE.smallFrameShare * framePx);
}
