/** Slaps composed of synthetic prints: fingers that lean together, some with a phalanx below, on a noisy reader. */

import type { GreyImage } from '../../src/core/grey-image.ts';
import { synthesizeFinger } from '../../src/fingerprint/synthesis/master-finger.ts';
import { Random } from '../../src/fingerprint/synthesis/random.ts';
import { synthesizeImpression } from '../../src/fingerprint/synthesis/synthesize-impression.ts';

/** How a slap is composed. */
export interface SlapOptions {
  readonly seed: number;
  readonly hand: 'right' | 'left' | 'thumbs';
  /** By which the hand leans to the right, degrees. */
  readonly leanDegrees: number;
  /** Between the centres of neighbours, pixels at 500 ppi. */
  readonly stepPx: number;
  readonly withPhalanges: boolean;
}

/** A slap, and where its fingers are, from left to right. */
export interface ComposedSlap {
  readonly image: GreyImage;
  readonly centres: readonly (readonly [x: number, y: number])[];
  /** Seeds of the fingers, for other impressions of them. */
  readonly seeds: readonly number[];
}

const [WIDTH, HEIGHT, PRINT_WIDTH, PRINT_HEIGHT] = [1600, 1500, 300, 400];
/** How far the tips of index, middle, ring and little finger lie below the longest, pixels. */
const DROPS: Readonly<Record<SlapOptions['hand'], readonly number[]>> = {
  right: [60, 0, 40, 200],
  left: [200, 40, 0, 60],
  thumbs: [0, 0],
};

export function composeSlap({ seed, hand, leanDegrees, stepPx, withPhalanges }: SlapOptions): ComposedSlap {
  const random = new Random(seed, 77);
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 238 + 12 * random.uniform();
  const lean = (leanDegrees * Math.PI) / 180;
  const drops = DROPS[hand];
  const seeds = drops.map((_, i) => 10 * seed + i);
  const centres = drops.map((drop, i) => {
    const across = (i - (drops.length - 1) / 2) * stepPx + 8 * random.normal();
    const along = drop + 10 * random.normal() - 150;
    const [x, y] = place(across, along, lean);
    // Ridges turn with the finger; the sensor is square, so that nothing is cut off.
    const options = { shiftXPx: 0, shiftYPx: 0, contact: 0.9, widthPx: PRINT_WIDTH, heightPx: PRINT_HEIGHT };
    const print = synthesizeImpression(synthesizeFinger(seeds[i]!), { seed, ...options, rotationRad: 0 });
    paint(pixels, print, x, y, lean + 0.05 * random.normal());
    if (withPhalanges) paintPhalanx(pixels, ...place(across, along + 330, lean), lean);
    return [x, y] as const;
  });
  return { image: { widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 500, pixels }, centres, seeds };
}

function place(across: number, along: number, lean: number): [number, number] {
  const x = WIDTH / 2 + across * Math.cos(lean) - along * Math.sin(lean);
  const y = HEIGHT / 2 + across * Math.sin(lean) + along * Math.cos(lean);
  return [x, y];
}

/** Lays a print over what is there, turned about its centre. */
function paint(pixels: Uint8Array, print: GreyImage, cx: number, cy: number, lean: number): void {
  const reach = Math.hypot(print.widthPx, print.heightPx) / 2;
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(HEIGHT, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(WIDTH, cx + reach); x++) {
      const [dx, dy] = [x - cx, y - cy];
      const u = dx * Math.cos(lean) + dy * Math.sin(lean) + print.widthPx / 2;
      const v = dy * Math.cos(lean) - dx * Math.sin(lean) + print.heightPx / 2;
      const [column, row] = [Math.floor(u), Math.floor(v)];
      if (column < 0 || row < 0 || column >= print.widthPx - 1 || row >= print.heightPx - 1) continue;
      const at = (i: number, j: number) => print.pixels[(row + j) * print.widthPx + column + i]!;
      const [fu, fv] = [u - column, v - row];
      const grey = (at(0, 0) * (1 - fu) + at(1, 0) * fu) * (1 - fv) + (at(0, 1) * (1 - fu) + at(1, 1) * fu) * fv;
      pixels[y * WIDTH + x] = Math.min(pixels[y * WIDTH + x]!, grey);
    }
  }
}

/** Ridges across the finger in a blunt rectangle. */
function paintPhalanx(pixels: Uint8Array, cx: number, cy: number, lean: number): void {
  for (let v = -110; v <= 110; v++) {
    for (let u = -100; u <= 100; u++) {
      const x = Math.round(cx + u * Math.cos(lean) - v * Math.sin(lean));
      const y = Math.round(cy + u * Math.sin(lean) + v * Math.cos(lean));
      if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) continue;
      pixels[y * WIDTH + x] = 130 + 100 * Math.sin(v * 0.7 + 0.02 * u);
    }
  }
}
