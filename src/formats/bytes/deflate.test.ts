import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deflateZlib } from './deflate.ts';
import { inflateZlib } from './inflate.ts';

const place = { format: 'test', field: 'stream', offset: 0 };
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 5000 }),
  fc.array(fc.nat(3), { maxLength: 5000 }).map((values) => Uint8Array.from(values)),
  fc.array(fc.tuple(fc.nat(255), fc.nat(600)), { maxLength: 40 }).map((runs) => {
    return Uint8Array.from(runs.flatMap(([value, count]) => new Array<number>(count).fill(value)));
  }),
);

test('inflate(deflate(x)) is x, by our inflater and by zlib, which checks the sum at the end', () => {
  fc.assert(
    fc.property(bytes, (data) => {
      const stream = deflateZlib(data);
      expect(inflateZlib(stream, data.length, place)).toEqual(data);
      expect(Uint8Array.from(inflateSync(stream))).toEqual(data);
    }),
    { numRuns: 300 },
  );
});

test('many blocks, repeats at every distance and sums beyond 32 bits', () => {
  const noise = Uint8Array.from({ length: 300_000 }, (_, i) => Math.imul(i, 0x9e37_79b1) >>> 24);
  const ones = new Uint8Array(300_000).fill(255);
  const far = Uint8Array.from({ length: 200_000 }, (_, i) => Math.imul(i % 32_768, 0x9e37_79b1) >>> 19);
  for (const data of [noise, ones, far]) expect(Uint8Array.from(inflateSync(deflateZlib(data)))).toEqual(data);
  expect(deflateZlib(ones).length).toBeLessThan(500);
});
