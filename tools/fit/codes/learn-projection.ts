/**
 * Learns which 128 linear tests of a cylinder's bits tell mated minutiae from others best: generalised eigenvectors of the
 * covariance against that within mated pairs, rotated so that signs lose least (Gong and Lazebnik, "Iterative
 * Quantization", 2011).
 */

import { CODE } from '../../../src/fingerprint/parameters.ts';
import { Random } from '../../../src/fingerprint/synthesis/random.ts';
import { eigen, multiply, nearestRotation, transpose } from './square-matrix.ts';

/** Two minutiae of one finger that were paired, as the bits (0 or 1) of their cylinders. */
export interface MatedMinutiae {
  readonly set: number;
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Bit k of a code says whether the sum of the weights (row k) of the bits set exceeds threshold k. */
export interface Projection {
  readonly weights: Int8Array;
  readonly thresholds: Int32Array;
}

const BITS = CODE.cylinderBits;
const LENGTH = CODE.length;
/** Added to the covariance within pairs. Origin: study. */
const RIDGE = 0.001;
const ROTATIONS = 30;
const MAX_SAMPLES = 12_000;
/** Greatest weight; a sum of 312 of them fits into 16 bits. */
const MAX_WEIGHT = 100;

/** Learns the projection from pairs; the same pairs and seed give the same projection. */
export function learnProjection(pairs: readonly MatedMinutiae[], seed: number): Projection {
  const { total, within, mean } = covariances(pairs);
  const root = inverseRoot(within);
  const whitened = multiply(multiply(root, total, BITS, BITS, BITS), root, BITS, BITS, BITS);
  const best = eigen(whitened, BITS).vectors.subarray(0, LENGTH * BITS);
  const axes = multiply(best, root, LENGTH, BITS, BITS);
  const samples = someOf(pairs.flatMap(({ a, b }) => [a, b]));
  const centred = Float64Array.from({ length: samples.length * BITS }, (_, i) => {
    return samples[Math.floor(i / BITS)]![i % BITS]! - mean[i % BITS]!;
  });
  const projected = multiply(centred, transpose(axes, LENGTH, BITS), samples.length, BITS, LENGTH);
  const rotation = leastLossRotation(projected, samples.length, seed);
  const weights = rounded(multiply(transpose(rotation, LENGTH, LENGTH), axes, LENGTH, LENGTH, BITS));
  const thresholds = Int32Array.from({ length: LENGTH }, (_, k) => {
    const row = weights.subarray(k * BITS, (k + 1) * BITS);
    const sums = Int32Array.from(samples, (bits) => bits.reduce((sum, bit, i) => sum + bit * row[i]!, 0)).sort();
    return sums[sums.length >> 1]!;
  });
  return { weights, thresholds };
}

function covariances(pairs: readonly MatedMinutiae[]) {
  const mean = new Float64Array(BITS);
  const total = new Float64Array(BITS * BITS);
  const within = new Float64Array(BITS * BITS);
  for (const { a, b } of pairs) {
    addOuter(total, Int8Array.from(a));
    addOuter(total, Int8Array.from(b));
    addOuter(
      within,
      Int8Array.from(a, (bit, i) => bit - b[i]!),
    );
    for (let i = 0; i < BITS; i++) mean[i]! += (a[i]! + b[i]!) / (2 * pairs.length);
  }
  for (let i = 0; i < BITS; i++) {
    for (let j = 0; j < BITS; j++) {
      total[i * BITS + j] = total[i * BITS + j]! / (2 * pairs.length) - mean[i]! * mean[j]!;
      within[i * BITS + j] = within[i * BITS + j]! / (2 * pairs.length) + (i === j ? RIDGE : 0);
    }
  }
  return { total, within, mean };
}

/** Adds the product of a vector of -1, 0 and 1 with itself. */
function addOuter(matrix: Float64Array, vector: Int8Array): void {
  const places = Array.from(vector.keys()).filter((i) => vector[i] !== 0);
  for (const i of places) for (const j of places) matrix[i * BITS + j]! += vector[i]! * vector[j]!;
}

/** Inverse square root of a positive definite matrix. */
function inverseRoot(matrix: Float64Array): Float64Array {
  const { values, vectors } = eigen(matrix, BITS);
  const scaled = vectors.map((value, i) => value / Math.sqrt(values[Math.floor(i / BITS)]!));
  return multiply(transpose(vectors, BITS, BITS), scaled, BITS, BITS, BITS);
}

/** The rotation after which the signs of the projections are nearest to the projections. */
function leastLossRotation(projected: Float64Array, count: number, seed: number): Float64Array {
  const random = new Random(seed);
  const columns = transpose(projected, count, LENGTH);
  let rotation = nearestRotation(
    Float64Array.from({ length: LENGTH * LENGTH }, () => random.normal()),
    LENGTH,
  );
  for (let round = 0; round < ROTATIONS; round++) {
    const signs = multiply(projected, rotation, count, LENGTH, LENGTH).map((value) => (value > 0 ? 1 : -1));
    rotation = nearestRotation(multiply(columns, signs, LENGTH, count, LENGTH), LENGTH);
  }
  return rotation;
}

function rounded(weights: Float64Array): Int8Array {
  return Int8Array.from(weights, (weight, i) => {
    const start = i - (i % BITS);
    const most = weights.subarray(start, start + BITS).reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    return Math.round((MAX_WEIGHT * weight) / most);
  });
}

function someOf(samples: readonly Uint8Array[]): Uint8Array[] {
  const step = Math.max(1, Math.floor(samples.length / MAX_SAMPLES));
  return samples.filter((_, i) => i % step === 0);
}
