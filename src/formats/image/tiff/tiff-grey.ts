/** One line of TIFF samples as grey pixels. TIFF 6.0, sections 3 to 6, 14. */

import { luma, overWhite } from '../grey.ts';
import { sampler, toByte } from '../samples.ts';

/** What the samples of a line mean. */
export interface TiffColour {
  readonly samplesPerPixel: number;
  /** Bits per sample. */
  readonly depth: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly photometric: number;
  /** All reds, all greens, all blues, 16 bits each. */
  readonly palette: readonly number[];
  /** The first sample beyond the colours is opacity. */
  readonly hasAlpha: boolean;
  /** Samples are differences from the pixel before. */
  readonly isDifferenced: boolean;
  readonly littleEndian: boolean;
}

/** Writes the first `count` of the `stored` pixels of a line to `pixels[start...]`. The line may be changed. */
export function greyLine(
  line: Uint8Array,
  colour: TiffColour,
  stored: number,
  count: number,
  pixels: Uint8Array,
  start: number,
): void {
  const { samplesPerPixel, depth, photometric, palette, hasAlpha } = colour;
  if (colour.isDifferenced) addUp(line, colour, stored);
  const sampleAt = sampler(line, depth, colour.littleEndian);
  const byteOf = toByte(depth);
  const colours = photometric === 2 ? 3 : 1;
  const entries = 2 ** depth;
  for (let i = 0; i < count; i++) {
    const at = i * samplesPerPixel;
    const first = sampleAt(at);
    let grey: number;
    if (photometric === 2) grey = luma(byteOf(first), byteOf(sampleAt(at + 1)), byteOf(sampleAt(at + 2)));
    else if (photometric === 3) {
      const [red, green, blue] = [0, 1, 2].map((channel) => palette[channel * entries + first]! >> 8);
      grey = luma(red!, green!, blue!);
    } else grey = photometric === 0 ? 255 - byteOf(first) : byteOf(first);
    if (hasAlpha && samplesPerPixel > colours) grey = overWhite(grey, byteOf(sampleAt(at + colours)));
    pixels[start + i] = grey;
  }
}

function addUp(line: Uint8Array, { samplesPerPixel, depth, littleEndian }: TiffColour, stored: number): void {
  if (depth === 8) {
    for (let i = samplesPerPixel; i < stored * samplesPerPixel; i++) line[i] = line[i]! + line[i - samplesPerPixel]!;
    return;
  }
  const view = new DataView(line.buffer, line.byteOffset, line.byteLength);
  for (let i = samplesPerPixel; i < stored * samplesPerPixel; i++) {
    const before = view.getUint16(2 * (i - samplesPerPixel), littleEndian);
    view.setUint16(2 * i, view.getUint16(2 * i, littleEndian) + before, littleEndian);
  }
}
