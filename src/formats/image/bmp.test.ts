import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeBmp, encodeBmp } from './bmp.ts';

/** A bitmap with an info header. */
function bmp(
  width: number,
  height: number,
  depth: number,
  palette: number[],
  data: number[],
  colours = 0,
  compression = 0,
): Uint8Array {
  const writer = new ByteWriter({ littleEndian: true });
  writer.text('BM');
  for (const value of [0, 0, 54 + palette.length, 40, width, height >>> 0]) writer.u32(value);
  writer.u16(1);
  writer.u16(depth);
  for (const value of [compression, 0, 19685, 19685, colours, 0]) writer.u32(value);
  writer.bytes(Uint8Array.from(palette));
  writer.bytes(Uint8Array.from(data));
  return writer.finish();
}

const GREYS = [0, 0, 0, 0, 100, 100, 100, 0, 200, 200, 200, 0];
const masks = (...fields: number[]) => [...new Uint8Array(Uint32Array.from(fields).buffer)];
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
  ['16 bits', bmp(2, 1, 16, [], [0xff, 0x7f, 0x10, 0x42]), [255, 132]],
  ['16 bits of 5, 6 and 5', bmp(2, 1, 16, masks(0xf800, 0x7e0, 0x1f), [0xff, 0xff, 0x00, 0xf8], 0, 3), [255, 76]],
  ['32 bits of other fields', bmp(1, 1, 32, masks(0xff, 0xff00, 0xff0000), [255, 0, 0, 9], 0, 3), [76]],
  ['32 bits with alpha', bmp(1, 1, 32, masks(0xff000000, 0xff0000, 0xff00, 0xff), [9, 0, 0, 255], 0, 6), [76]],
  ['RLE8', bmp(4, 2, 8, GREYS, [2, 1, 0, 0, 0, 3, 2, 1, 0, 0, 1, 2, 0, 1], 3, 1), [200, 100, 0, 200, 100, 100, 0, 0]],
  ['RLE8 that moves', bmp(3, 2, 8, GREYS, [1, 1, 0, 2, 1, 1, 1, 2, 0, 1], 3, 1), [0, 0, 200, 100, 0, 0]],
  ['RLE4', bmp(4, 2, 4, GREYS, [4, 0x12, 0, 0, 0, 4, 0x21, 0x02, 0, 1], 3, 2), [200, 100, 0, 200, 100, 200, 100, 200]],
])('reads %s', (_what, bytes, pixels) => {
  expect([...decodeBmp(bytes).pixels]).toEqual(pixels);
  expect(decodeBmp(bytes).resolutionPpi).toBe(500);
});

test.each([
  ['JPEG inside', sound.with(30, 4), 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['5 bits', sound.with(28, 5), 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['runs of 4 bits in 8', sound.with(30, 2), 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['runs beyond the line', bmp(2, 1, 8, GREYS, [3, 1, 0, 1], 3, 1), 'WHORL_E_MALFORMED'],
  ['runs that end early', bmp(2, 2, 8, GREYS, [2, 1, 0], 3, 1), 'WHORL_E_MALFORMED'],
  ['runs too few for the size', bmp(9000, 4000, 8, GREYS, [2, 1, 0, 1], 3, 1), 'WHORL_E_MALFORMED'],
  ['a colour without bits', bmp(1, 1, 16, masks(0, 0x7e0, 0x1f), [0, 0, 0, 0], 0, 3), 'WHORL_E_MALFORMED'],
  ['bits apart', bmp(1, 1, 16, masks(0xf00f, 0x7e0, 0x10), [0, 0, 0, 0], 0, 3), 'WHORL_E_MALFORMED'],
  ['unequal resolutions', sound.with(38, 1), 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['too few bytes', sound.slice(0, -1), 'WHORL_E_MALFORMED'],
  ['100,000 x 100,000', bmp(100_000, 100_000, 8, [], []), 'WHORL_E_LIMIT_EXCEEDED'],
])('refuses %s', (_what, bytes, code) => {
  expect(() => decodeBmp(bytes)).toThrow(expect.objectContaining({ code }));
});

test('the message names the compression', () => {
  expect(() => decodeBmp(sound.with(30, 4))).toThrow(/compression at byte 30: is JPEG/);
  expect(() => decodeBmp(sound.with(30, 5))).toThrow(/is PNG/);
  expect(() => decodeBmp(sound.with(30, 11))).toThrow(/is compression 11/);
});

test('hostile bytes give coded errors only', () => {
  const runs = bmp(4, 2, 8, GREYS, [2, 1, 0, 0, 0, 3, 2, 1, 0, 0, 1, 2, 0, 1], 3, 1);
  const fields = bmp(2, 1, 16, masks(0xf800, 0x7e0, 0x1f), [1, 2, 3, 4], 0, 3);
  const seeds = [runs, fields, encodeBmp(sampleImage(3, 3)), bmp(1, 2, 24, [], [9, 9, 9, 0, 0, 0, 255, 0])];
  const property = fc.property(hostileBytes(seeds), (bytes) => onlyCodedErrors(() => decodeBmp(bytes)));
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
