import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { inflateZlib } from './inflate.ts';

const place = { format: 'test', field: 'stream', offset: 100 };
const levels = fc.constantFrom(0, 1, 6, 9);
const strategies = fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY);
const texts = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.array(fc.nat(3), { maxLength: 3000 }).map((a) => Uint8Array.from(a)),
);

test('inflates what zlib deflates', () => {
  fc.assert(
    fc.property(texts, levels, strategies, (data, level, strategy) => {
      const stream = deflateSync(data, { level, strategy });
      expect(inflateZlib(stream, data.length, place)).toEqual(data);
    }),
    { numRuns: 300 },
  );
});

test('inflates a megabyte of every kind of block', () => {
  const data = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * i * 31) >> (i & 7));
  for (const level of [0, 1, 9]) expect(inflateZlib(deflateSync(data, { level }), data.length, place)).toEqual(data);
});

test('a byte too many or too few is refused', () => {
  const stream = deflateSync(new Uint8Array(1000));
  expect(() => inflateZlib(stream, 999, place)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
  expect(() => inflateZlib(stream, 1001, place)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  expect(() => inflateZlib(stream, 1e9, place)).toThrow(/stream at byte 102: is too short/);
});

test('hostile bytes give coded errors only', () => {
  const data = Uint8Array.from({ length: 400 }, (_, i) => (i * 7) & 63);
  const streams = [0, 1, 9].map((level) => Uint8Array.from(deflateSync(data, { level })));
  const property = fc.property(hostileBytes(streams), (bytes) => onlyCodedErrors(() => inflateZlib(bytes, 400, place)));
  fc.assert(property, { numRuns: fuzzRuns(3000) });
});
