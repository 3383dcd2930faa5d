/**
 * Complex Gabor kernels in separable form. With an isotropic envelope the kernel g(x) g(y) exp(i k (x cos a + y sin a))
 * is a product of a row and a column factor, each even in its real and odd in its imaginary part, so eight real and
 * eight imaginary coefficients a side describe it.
 */

import { GABOR, PERIOD } from '../parameters.ts';
import { periodPx } from './ridge-period.ts';

/** Coefficients of one kernel: 8 of each of {row even, row odd, column even, column odd}, then the two below. */
export const GABOR_KERNEL_LENGTH = 34;
/** Offset of the weight of the smoothed image, which takes the mean out of the even part. */
export const GABOR_KERNEL_MEAN = 32;
/** Offset of the scale of the odd part. */
export const GABOR_KERNEL_ODD_SCALE = 33;

const TAPS = GABOR.radiusPx + 1;

/** Gaussian envelope, from the middle outwards. */
export const ENVELOPE: readonly number[] = Array.from({ length: TAPS }, (_, i) =>
  Math.exp(-(i * i) / (2 * GABOR.sigmaPx ** 2)),
);

/**
 * Length of the bank: orientation `GABOR.orientationCount` (half a turn) is included, so that no angle needs wrapping.
 */
export const GABOR_BANK_LENGTH = (GABOR.orientationCount + 1) * PERIOD.count * GABOR_KERNEL_LENGTH;

/**
 * Writes all kernels, `GABOR_KERNEL_LENGTH` numbers each at (orientation * PERIOD.count + period) * GABOR_KERNEL_LENGTH.
 * Both parts have gain 1: the response to cos(phase) is exp(i phase) for the kernel's wave.
 */
export function writeGaborBank(bank: Float32Array): void {
  for (let orientation = 0; orientation <= GABOR.orientationCount; orientation++) {
    const angle = (orientation * Math.PI) / GABOR.orientationCount;
    for (let period = 0; period < PERIOD.count; period++) {
      const k = (2 * Math.PI) / periodPx(period);
      const at = (orientation * PERIOD.count + period) * GABOR_KERNEL_LENGTH;
      writeKernel(bank.subarray(at, at + GABOR_KERNEL_LENGTH), k * Math.cos(angle), k * Math.sin(angle));
    }
  }
}

function writeKernel(kernel: Float32Array, kx: number, ky: number): void {
  const radius = GABOR.radiusPx;
  let envelopeSum = 0;
  let evenSum = 0;
  let evenSquare = 0;
  let oddSquare = 0;
  for (let y = -radius; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++) {
      const g = ENVELOPE[Math.abs(x)]! * ENVELOPE[Math.abs(y)]!;
      const phase = kx * x + ky * y;
      envelopeSum += g;
      evenSum += g * Math.cos(phase);
      evenSquare += g * Math.cos(phase) ** 2;
      oddSquare += g * Math.sin(phase) ** 2;
    }
  }
  const mean = evenSum / envelopeSum;
  const evenGain = evenSquare - mean * evenSum;
  for (let i = 0; i < TAPS; i++) {
    const g = ENVELOPE[i]!;
    kernel[i] = (g * Math.cos(kx * i)) / evenGain;
    kernel[TAPS + i] = (g * Math.sin(kx * i)) / evenGain;
    kernel[2 * TAPS + i] = g * Math.cos(ky * i);
    kernel[3 * TAPS + i] = g * Math.sin(ky * i);
  }
  kernel[GABOR_KERNEL_MEAN] = mean / evenGain;
  // Negative, so that the phase of the response grows along the wave direction.
  kernel[GABOR_KERNEL_ODD_SCALE] = -evenGain / oddSquare;
}
