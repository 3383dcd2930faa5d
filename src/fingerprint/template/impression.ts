/** Features of one impression in the form templates store and comparison prepares. */

import type { Texture } from '../texture.ts';

/** Structure of arrays over the minutiae of one impression, best quality first. */
export interface Impression {
  /** Width of the image, pixels at 500 ppi. */
  readonly widthPx: number;
  /** Height of the image, pixels at 500 ppi. */
  readonly heightPx: number;
  /** Quality of the whole sample, 0 to 100. */
  readonly quality: number;
  /** Number of minutiae, at most 255; the length of the arrays. */
  readonly count: number;
  /** Positions in 1/16 px from the left edge. */
  readonly x: Uint16Array;
  /** Positions in 1/16 px from the upper edge. */
  readonly y: Uint16Array;
  /** Direction in 1/256 of a turn, counter-clockwise. */
  readonly direction: Uint8Array;
  /** 1 for bifurcations. */
  readonly bifurcation: Uint8Array;
  /** Quality of the minutia, 0 to 127. */
  readonly minutiaQuality: Uint8Array;
  /** `DESCRIPTOR_BYTES` a minutia: ridge orientation around it. */
  readonly descriptors: Uint8Array;
  /** How the ridges run between them; absent from impressions of version 1 and of other systems. */
  readonly texture?: Texture;
}

/** Units of a stored position in one pixel. */
export const POSITION_STEPS_PER_PX = 16;
/** Samples of an orientation descriptor: 5 + 8 + 11 + 14. */
export const DESCRIPTOR_SAMPLES = 38;
/** First bits, second bits and validity bits of the samples, least significant bit first: 3 x 38 bits in 15 bytes. */
export const DESCRIPTOR_BYTES = 15;
