/**
 * How the ridges run between the minutiae of an impression: samples of the phase of its filter response, on a grid of 12
 * px. Two prints of one finger differ in phase by what changes slowly; each minutia that only one of them has is a turn
 * of 2 pi, so that the phases of different fingers drift apart, however alike their flow.
 */

import { TEXTURE } from './parameters.ts';

/** Phase samples of an impression. Sample (i, j) of the grid lies at pixel (12 i + 6, 12 j + 6). */
export interface Texture {
  /** First column and row of the grid that the frame holds, and how many, 1 to 64 each. */
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columns: number;
  readonly rows: number;
  /** A word a place of the frame, row by row: {@link packSample}, or 0 where nothing is known. At most 1,024 are not. */
  readonly samples: Uint16Array;
}

/** What one sample says. */
export interface PhaseSample {
  /** Phase of the response, 1/16 of a turn; it grows along the wave angle. */
  readonly phase: number;
  /** Wave angle, across the ridges: 1/32 of half a turn, image axes (y down). */
  readonly angle: number;
  /** Step of the ridge period, 0 (5.5 px) to 7 (14 px), geometric. */
  readonly period: number;
  /** How clear the ridges are there, in thirds: 1 to 3. */
  readonly weight: number;
}

/** Bits 0..3 phase, 4..8 angle, 9..11 period, 12..13 weight. */
export function packSample({ phase, angle, period, weight }: PhaseSample): number {
  return phase | (angle << 4) | (period << 9) | (weight << 12);
}

/** The parts of a word that is not 0. */
export function unpackSample(word: number): PhaseSample {
  return { phase: word & 15, angle: (word >> 4) & 31, period: (word >> 9) & 7, weight: word >> 12 };
}

/** Ridge period of a step, pixels at 500 ppi. */
export function samplePeriodPx(step: number): number {
  const { minPeriodPx, maxPeriodPx, periodSteps } = TEXTURE;
  return minPeriodPx * (maxPeriodPx / minPeriodPx) ** (step / (periodSteps - 1));
}

/** Number of samples. */
export function sampleCount({ samples }: Texture): number {
  let count = 0;
  for (const word of samples) if (word !== 0) count++;
  return count;
}
