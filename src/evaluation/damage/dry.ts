/** A dry finger: thin ridges, broken into dots where it touches least. */

import type { DamageInput } from './damage-input.ts';
import { grain } from './grain.ts';
import { mapPlane, type Plane, ramp } from './plane.ts';
import { spread } from './spread.ts';

export function dry({ plane, white, random }: DamageInput): Plane {
  const { widthPx, heightPx, values } = plane;
  const dryness = grain(widthPx, heightPx, 28, random);
  const thin = spread(plane, 1, 'lightest').values;
  const dots = grain(widthPx, heightPx, 2.2, random);
  return mapPlane(plane, (pixel) => {
    const share = ramp(dryness[pixel]!, -0.3, 0.8);
    const hole = ramp(dots[pixel]!, 0.4, 1.2) * share;
    const ridges = values[pixel]! * (1 - share) + thin[pixel]! * share;
    return ridges + (white - ridges) * hole;
  });
}
