/** Which views of a finger are enrolled together: all subsets of a size, or a sample of them. */

import type { Random } from '../../fingerprint/synthesis/random.ts';

/** Most subsets of a finger: all of four of eight. */
export const MOST_SUBSETS = 70;

/** Subsets of `size` of `count` items (numbers from 0); when there are too many, a sample without repetition. */
export function viewSubsets(count: number, size: number, random: Random): number[][] {
  return binomial(count, size) <= MOST_SUBSETS ? allSubsets(count, size) : sampleSubsets(count, size, random);
}

function allSubsets(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: Math.max(0, count - size + 1 - from) }, (_, i) => from + i).flatMap((first) =>
    allSubsets(count, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

function sampleSubsets(count: number, size: number, random: Random): number[][] {
  const drawn = new Map<string, number[]>();
  while (drawn.size < MOST_SUBSETS) {
    const chosen = new Set<number>();
    while (chosen.size < size) chosen.add(Math.floor(random.uniform() * count));
    const subset = [...chosen].sort((a, b) => a - b);
    drawn.set(subset.join(), subset);
  }
  return [...drawn.values()];
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value = (value * (n - i)) / (i + 1);
  return Math.round(value);
}
