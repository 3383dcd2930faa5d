import fc from 'fast-check';
import { expect, test } from 'vitest';
import { huffmanLengths } from './huffman-lengths.ts';

const kraft = (lengths: Uint8Array) => lengths.reduce((sum, length) => sum + (length > 0 ? 2 ** -length : 0), 0);

test('the code is complete and within its limit; what never occurs has no code', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { maxLength: 100 }), (values) => {
      const lengths = huffmanLengths(Uint32Array.from(values), 7);
      const used = values.filter((count) => count > 0).length;
      expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(7);
      expect(values.every((count, symbol) => count > 0 === lengths[symbol]! > 0)).toBe(true);
      expect(kraft(lengths)).toBe(used === 0 ? 0 : used === 1 ? 0.5 : 1);
    }),
  );
});

test('counts of Fibonacci, the deepest tree, are flattened to the limit', () => {
  const counts = new Uint32Array(40);
  counts.set([1, 1]);
  for (let i = 2; i < counts.length; i++) counts[i] = counts[i - 1]! + counts[i - 2]!;
  expect(Math.max(...huffmanLengths(counts, 15))).toBeLessThanOrEqual(15);
  expect([...huffmanLengths(Uint32Array.of(1, 1, 2, 4), 15)]).toEqual([3, 3, 2, 1]);
});
