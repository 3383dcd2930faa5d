/** A dirty sensor: grain in the background, and holes of grain in the print. */

import { boxBlur } from './box-blur.ts';
import type { DamageInput } from './damage-input.ts';
import { grain } from './grain.ts';
import { mapPlane, type Plane, ramp } from './plane.ts';

export function noisy({ plane, white, black, random }: DamageInput): Plane {
  const { widthPx, heightPx, values } = plane;
  const contrast = white - black;
  const dirt = grain(widthPx, heightPx, 34, random);
  const spots = grain(widthPx, heightPx, 2.6, random);
  const surroundings = boxBlur(plane, 10).values;
  return mapPlane(plane, (pixel) => {
    const hole = 0.95 * ramp(dirt[pixel]!, 0.2, 0.9);
    const background = ramp(surroundings[pixel]!, white - 0.2 * contrast, white - 0.05 * contrast);
    const share = Math.max(hole, background * ramp(dirt[pixel]!, -0.8, 0.2));
    return values[pixel]! * (1 - share) + share * (white - 0.25 * contrast + 0.22 * contrast * spots[pixel]!);
  });
}
