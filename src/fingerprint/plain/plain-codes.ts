/** Plain form of a code: signs of weighted sums of a cylinder's bits. */

import { CODE } from '../parameters.ts';

/** Code of a cylinder given bit by bit, as words, least significant bit first. */
export function plainCode(
  model: { readonly weights: Int8Array; readonly thresholds: ArrayLike<number> },
  bits: Uint8Array,
): Int32Array {
  const sums = new Int32Array(CODE.length);
  for (let bit = 0; bit < CODE.cylinderBits; bit++) {
    if (bits[bit] === 0) continue;
    for (let k = 0; k < CODE.length; k++) sums[k]! += model.weights[k * CODE.cylinderBits + bit]!;
  }
  const code = new Int32Array(CODE.length / 32);
  for (let k = 0; k < CODE.length; k++) if (sums[k]! > model.thresholds[k]!) code[k >> 5]! |= 1 << (k & 31);
  return code;
}
