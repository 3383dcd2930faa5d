/** Some minutiae of an impression, in any order and number. */

import { DESCRIPTOR_BYTES, type Impression } from '../template/impression.ts';

/** The impression of these of its minutiae. */
export function pickMinutiae(impression: Impression, numbers: readonly number[]): Impression {
  const { x, y, direction, bifurcation, minutiaQuality, descriptors } = impression;
  const bytes = (list: Uint8Array): Uint8Array => Uint8Array.from(numbers, (i) => list[i]!);
  return {
    ...impression,
    count: numbers.length,
    x: Uint16Array.from(numbers, (i) => x[i]!),
    y: Uint16Array.from(numbers, (i) => y[i]!),
    direction: bytes(direction),
    bifurcation: bytes(bifurcation),
    minutiaQuality: bytes(minutiaQuality),
    descriptors: Uint8Array.from(
      numbers.flatMap((i) => [...descriptors.subarray(DESCRIPTOR_BYTES * i, DESCRIPTOR_BYTES * (i + 1))]),
    ),
  };
}
