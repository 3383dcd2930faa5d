/** Creases and scars: four to eight white lines, slightly bent. */

import type { DamageInput } from './damage-input.ts';
import { type Plane, ramp } from './plane.ts';

export function creased({ plane, white, random }: DamageInput): Plane {
  const { widthPx, heightPx } = plane;
  const values = plane.values.slice();
  const creases = 4 + Math.floor(random() * 5);
  for (let i = 0; i < creases; i++) {
    const crease = drawCrease(widthPx, heightPx, random);
    for (let y = 0, pixel = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++, pixel++) values[pixel]! += (white - values[pixel]!) * crease(x, y);
    }
  }
  return { ...plane, values };
}

/** How white a crease makes each point, 0 to 1. */
function drawCrease(widthPx: number, heightPx: number, random: () => number): (x: number, y: number) => number {
  const x0 = widthPx * (0.2 + 0.6 * random());
  const y0 = heightPx * (0.2 + 0.6 * random());
  const angle = Math.PI * random();
  const halfLength = 40 + 120 * random();
  const halfWidth = 1.5 + 2.5 * random();
  const bend = (random() - 0.5) * 0.006;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const along = (x - x0) * cos + (y - y0) * sin;
    if (Math.abs(along) > halfLength) return 0;
    const across = Math.abs(-(x - x0) * sin + (y - y0) * cos - bend * along * along);
    if (across > halfWidth + 1.5) return 0;
    const inside = 1 - ramp(across, halfWidth - 1, halfWidth + 1.5);
    return inside * (1 - ramp(Math.abs(along), halfLength * 0.8, halfLength));
  };
}
