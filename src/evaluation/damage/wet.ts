/** A wet finger: ridges swell and run together, and where most water is, black clots without ridges. */

import { boxBlur } from './box-blur.ts';
import type { DamageInput } from './damage-input.ts';
import { grain } from './grain.ts';
import { mapPlane, type Plane, ramp } from './plane.ts';
import { spread } from './spread.ts';

export function wet({ plane, white, black, random }: DamageInput): Plane {
  const { widthPx, heightPx, values } = plane;
  const water = grain(widthPx, heightPx, 28, random);
  const swollen = boxBlur(spread(plane, 2, 'darkest'), 1.2).values;
  const surroundings = boxBlur(plane, 9).values;
  const texture = grain(widthPx, heightPx, 5, random);
  return mapPlane(plane, (pixel) => {
    const share = ramp(water[pixel]!, -0.1, 0.8);
    const touches = surroundings[pixel]! < white - 0.25 * (white - black);
    const clot = touches ? ramp(water[pixel]!, 0.7, 1.5) : 0;
    const ridges = values[pixel]! * (1 - share) + swollen[pixel]! * share;
    return ridges * (1 - clot) + clot * (black + 10 + 14 * texture[pixel]!);
  });
}
