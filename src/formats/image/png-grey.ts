/** One line of PNG samples as grey pixels. PNG 11.2.1, 11.3.1.1. */

import { luma, overWhite } from './grey.ts';
import { sampler, toByte } from './samples.ts';

/** What the samples of a line mean. */
export interface PngColour {
  readonly colourType: number;
  /** Bits per sample: 1, 2, 4, 8, 16. */
  readonly depth: number;
  readonly palette?: Uint8Array;
  /** The body of tRNS. */
  readonly transparency?: Uint8Array;
}

/** Writes `count` pixels of a line to `pixels[start + i * step]`. Indices beyond the palette are white. */
export function pngGrey(
  line: Uint8Array,
  colour: PngColour,
  count: number,
  pixels: Uint8Array,
  start: number,
  step: number,
): void {
  const { colourType, depth, transparency } = colour;
  if (colourType === 0 && depth === 8 && transparency === undefined && step === 1) {
    pixels.set(line, start);
    return;
  }
  const sampleAt = sampler(line, depth);
  const byteOf = toByte(depth);
  const key = (i: number) => (transparency![2 * i]! << 8) | transparency![2 * i + 1]!;
  for (let i = 0; i < count; i++) {
    let grey: number;
    if (colourType === 3) {
      grey = paletteGrey(colour, sampleAt(i));
    } else if (colourType === 0 || colourType === 4) {
      const channels = colourType === 0 ? 1 : 2;
      const value = sampleAt(i * channels);
      grey = byteOf(value);
      if (colourType === 4) grey = overWhite(grey, byteOf(sampleAt(i * 2 + 1)));
      else if (transparency !== undefined && value === key(0)) grey = 255;
    } else {
      const at = i * (colourType === 2 ? 3 : 4);
      const [r, g, b] = [sampleAt(at), sampleAt(at + 1), sampleAt(at + 2)];
      grey = luma(byteOf(r), byteOf(g), byteOf(b));
      if (colourType === 6) grey = overWhite(grey, byteOf(sampleAt(at + 3)));
      else if (transparency !== undefined && r === key(0) && g === key(1) && b === key(2)) grey = 255;
    }
    pixels[start + i * step] = grey;
  }
}

function paletteGrey({ palette, transparency }: PngColour, index: number): number {
  const at = 3 * index;
  if (palette === undefined || at + 2 >= palette.length) return 255;
  return overWhite(luma(palette[at]!, palette[at + 1]!, palette[at + 2]!), transparency?.[index] ?? 255);
}
