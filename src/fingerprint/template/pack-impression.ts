/** Minutiae and descriptors in the steps that templates store. */

import type { Minutia } from '../minutia.ts';
import type { Impression } from './impression.ts';
import { POSITION_STEPS_PER_PX } from './impression.ts';

/** An impression of minutiae, best quality first, and their descriptors, `DESCRIPTOR_BYTES` each. */
export function packImpression(
  frame: Pick<Impression, 'widthPx' | 'heightPx' | 'quality' | 'descriptors' | 'texture'>,
  minutiae: readonly Minutia[],
): Impression {
  return {
    ...frame,
    count: minutiae.length,
    x: Uint16Array.from(minutiae, (m) => Math.round(m.xPx * POSITION_STEPS_PER_PX)),
    y: Uint16Array.from(minutiae, (m) => Math.round(m.yPx * POSITION_STEPS_PER_PX)),
    direction: Uint8Array.from(minutiae, (m) => directionSteps(m.directionRad)),
    bifurcation: Uint8Array.from(minutiae, (m) => (m.type === 'bifurcation' ? 1 : 0)),
    minutiaQuality: Uint8Array.from(minutiae, (m) => Math.round(m.quality * 127)),
  };
}

/** Direction in 1/256 of a turn. */
export function directionSteps(directionRad: number): number {
  return Math.round((directionRad * 128) / Math.PI) & 255;
}
