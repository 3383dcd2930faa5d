/** The points that an orientation descriptor samples. */

import type { Minutia } from '../minutia.ts';
import { DESCRIPTOR } from '../parameters.ts';

/** Visits the samples of a minutia's descriptor in the order of their bits, innermost circle first. */
export function forEachDescriptorSample(
  { xPx, yPx, directionRad }: Minutia,
  visit: (xPx: number, yPx: number, sample: number) => void,
): void {
  let sample = 0;
  DESCRIPTOR.radiiPx.forEach((radius, ring) => {
    const samples = DESCRIPTOR.samples[ring]!;
    for (let n = 0; n < samples; n++, sample++) {
      const angle = directionRad + (2 * Math.PI * n) / samples;
      visit(xPx + radius * Math.cos(angle), yPx - radius * Math.sin(angle), sample);
    }
  });
}
