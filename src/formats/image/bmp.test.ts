import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeBmp, encodeBmp } from './bmp.ts';

/** A bitmap with an info header. */
function bmp(width: number, height: number, depth: number, palette: number[], data: number[], colours = 0): Uint8Array {
  const writer = new ByteWriter({ littleEndian: true });
  writer.text('BM');
  for (const value of [0, 0, 54 + palette.length, 40, width, height >>> 0]) writer.u32(value);
  writer.u16(1);
  writer.u16(depth);
  for (const value of [0, 0, 19685, 19685, colours, 0]) writer.u32(value);
  writer.bytes(Uint8Array.from(palette));
  writer.bytes(Uint8Array.from(data));
  return writer.finish();
}

const sound = encodeBmp(sampleImage(7, 5));

test('decode(encode(image)) is the image', () => {
  fc.assert(
    fc.property(greyImages(), (image) => {
      expect(decodeBmp(encodeBmp(image))).toEqual(image);
    }),
  );
});

test.each([
  ['24 bits, lowest row first', bmp(1, 2, 24, [], [9, 9, 9, 0, 0, 0, 255, 0]), [76, 9]],
  ['highest row first', bmp(1, -2, 24, [], [9, 9, 9, 0, 0, 0, 255, 0]), [9, 76]],
  ['32 bits', bmp(2, 1, 32, [], [5, 5, 5, 0, 7, 7, 7, 0]), [5, 7]],
  ['1 bit', bmp(4, 1, 1, [0, 0, 0, 0, 255, 255, 255, 0], [0b01010000, 0, 0, 0]), [0, 255, 0, 255]],
  ['4 bits with a short palette', bmp(3, 1, 4, [3, 3, 3, 0, 8, 8, 8, 0], [0x01, 0xf0, 0, 0], 2), [3, 8, 255]],
])('reads %s', (_what, bytes, pixels) => {
  expect([...decodeBmp(bytes).pixels]).toEqual(pixels);
  expect(decodeBmp(bytes).resolutionPpi).toBe(500);
});

test.each([
  ['compression', sound.with(30, 1), 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['16 bits', sound.with(28, 16), 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['unequal resolutions', sound.with(38, 1), 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['too few bytes', sound.slice(0, -1), 'WHORL_E_MALFORMED'],
  ['100,000 x 100,000', bmp(100_000, 100_000, 8, [], []), 'WHORL_E_LIMIT_EXCEEDED'],
])('refuses %s', (_what, bytes, code) => {
  expect(() => decodeBmp(bytes)).toThrow(expect.objectContaining({ code }));
});

test('hostile bytes give coded errors only', () => {
  const seeds = [encodeBmp(sampleImage(3, 3)), bmp(1, 2, 24, [], [9, 9, 9, 0, 0, 0, 255, 0])];
  const property = fc.property(hostileBytes(seeds), (bytes) => onlyCodedErrors(() => decodeBmp(bytes)));
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
