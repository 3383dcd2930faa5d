import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { crc32 } from '../bytes/crc32.ts';
import { decodePng } from './png.ts';
import { encodePng } from './png-writer.ts';

/** A PNG of raw chunks, to write what an encoder never would. */
function png(ihdr: readonly number[], ...chunks: readonly [string, Uint8Array][]): Uint8Array {
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)];
  for (const [type, body] of [['IHDR', Uint8Array.from(ihdr)], ...chunks, ['IEND', new Uint8Array()]] as const) {
    const typed = new Uint8Array(4 + body.length);
    typed.set([...type].map((letter) => letter.charCodeAt(0)));
    typed.set(body, 4);
    const frame = new Uint8Array(12 + body.length);
    new DataView(frame.buffer).setUint32(0, body.length);
    frame.set(typed, 4);
    new DataView(frame.buffer).setUint32(8 + body.length, crc32(typed));
    parts.push(frame);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

const ihdr = (width: number, height: number, depth: number, colour: number, interlace = 0) => [
  ...[24, 16, 8, 0].map((bits) => (width >>> bits) & 255),
  ...[24, 16, 8, 0].map((bits) => (height >>> bits) & 255),
  ...[depth, colour, 0, 0, interlace],
];
const deflated = (...bytes: number[]) => Uint8Array.from(deflateSync(Uint8Array.from(bytes)));
const sound = encodePng(sampleImage());
const ppi = { resolutionPpi: 500 };

test('decode(encode(image)) is the image', () => {
  fc.assert(
    fc.property(greyImages(), (image) => {
      expect(decodePng(encodePng(image))).toEqual(image);
    }),
  );
});

test('the resolution comes from pHYs or from the caller, never from a guess', () => {
  const { widthPx, heightPx, pixels } = sampleImage();
  const bare = encode({ width: widthPx, height: heightPx, data: pixels, channels: 1, depth: 8 });
  expect(() => decodePng(bare)).toThrow(expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }));
  expect(decodePng(bare, { resolutionPpi: 512 })).toEqual(sampleImage(16, 12, 512));
  expect(decodePng(sound, { resolutionPpi: 1000 }).resolutionPpi).toBe(1000);
  const uneven = png(ihdr(1, 1, 8, 0), ['pHYs', Uint8Array.of(0, 0, 1, 0, 0, 0, 2, 0, 1)], ['IDAT', deflated(0, 9)]);
  expect(() => decodePng(uneven)).toThrow(/pHYs at byte 41: differs/);
});

test.each([
  ['1-bit grey', ihdr(4, 1, 1, 0), [0, 0b10100000], [255, 0, 255, 0]],
  ['2-bit grey', ihdr(4, 1, 2, 0), [0, 0b00011011], [0, 85, 170, 255]],
  ['4-bit grey', ihdr(2, 1, 4, 0), [0, 0x0f], [0, 255]],
  ['16-bit grey', ihdr(2, 1, 16, 0), [0, 0x80, 0x80, 0xff, 0xff], [128, 255]],
  ['colour', ihdr(2, 1, 8, 2), [0, 255, 0, 0, 9, 9, 9], [76, 9]],
  ['grey with alpha', ihdr(2, 1, 8, 4), [0, 0, 255, 0, 51], [0, 204]],
  ['colour with alpha', ihdr(1, 1, 8, 6), [0, 10, 10, 10, 0], [255]],
  ['16-bit colour', ihdr(1, 1, 16, 2), [0, 7, 7, 7, 7, 7, 7], [7]],
  [
    'each filter',
    ihdr(2, 5, 8, 0),
    [0, 1, 2, 1, 3, 4, 2, 5, 6, 3, 7, 8, 4, 9, 10],
    [1, 2, 3, 7, 8, 13, 11, 20, 20, 30],
  ],
])('reads %s', (_what, header, raw, pixels) => {
  expect([...decodePng(png(header, ['IDAT', deflated(...raw)]), ppi).pixels]).toEqual(pixels);
});

test('reads a palette with transparency', () => {
  const palette = ['PLTE', Uint8Array.of(0, 0, 0, 50, 50, 50)] as [string, Uint8Array];
  const alpha = ['tRNS', Uint8Array.of(255, 0)] as [string, Uint8Array];
  const data = ['IDAT', deflated(0, 0b01000000)] as [string, Uint8Array];
  expect([...decodePng(png(ihdr(2, 1, 1, 3), palette, data), ppi).pixels]).toEqual([0, 50]);
  expect([...decodePng(png(ihdr(2, 1, 1, 3), palette, alpha, data), ppi).pixels]).toEqual([0, 255]);
});

test('reads interlaced images of every size', () => {
  for (const [widthPx, heightPx] of [
    [1, 1],
    [3, 2],
    [5, 7],
    [16, 12],
  ] as const) {
    const { pixels } = sampleImage(widthPx, heightPx);
    const image = { width: widthPx, height: heightPx, data: pixels, channels: 1, depth: 8 } as const;
    expect(decodePng(encode(image, { interlace: 'Adam7' }), ppi).pixels).toEqual(pixels);
  }
});

test('a declared size above the limit is refused before anything is decoded', () => {
  const huge = png(ihdr(100_000, 100_000, 8, 0), ['IDAT', deflated(0)]);
  expect(() => decodePng(huge, ppi)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
  expect(() => decodePng(huge, { ...ppi, maxPixels: 2e10 })).toThrow(/IDAT at byte \d+: is too short/);
});

test('data that inflates to more than declared is refused', () => {
  const bomb = png(ihdr(1, 1, 8, 0), ['IDAT', Uint8Array.from(deflateSync(new Uint8Array(50_000_000)))]);
  expect(() => decodePng(bomb, ppi)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
});

test.each([
  ['no PNG', Uint8Array.of(1, 2, 3), /signature at byte 0/],
  ['a wrong checksum', sound.map((byte, i) => (i === 75 ? byte ^ 1 : byte)), /CRC at byte \d+: is wrong/],
  ['too few bytes', sound.slice(0, -5), /chunk/],
  ['no data', png(ihdr(1, 1, 8, 0)), /IDAT at byte \d+: is missing/],
  ['no palette', png(ihdr(1, 1, 8, 3), ['IDAT', deflated(0, 0)]), /PLTE/],
  ['a depth that its colour type does not have', png(ihdr(1, 1, 4, 2)), /colour type at byte 24/],
  ['a size of zero', png(ihdr(0, 1, 8, 0)), /zero/],
  ['an unknown filter', png(ihdr(1, 1, 8, 0), ['IDAT', deflated(5, 0)]), /row 0 has an unknown filter/],
  ['data too short', png(ihdr(1, 2, 8, 0), ['IDAT', deflated(0, 0)]), /ends before the size declared/],
])('refuses %s', (_what, bytes, message) => {
  expect(() => decodePng(bytes, ppi)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  expect(() => decodePng(bytes, ppi)).toThrow(message);
});

/** Checksums that fit again, so that what is behind them is tested too. */
function withSums(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 8; at + 12 <= copy.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > copy.length) break;
    view.setUint32(end, crc32(copy.subarray(at + 4, end)));
    at = end + 4;
  }
  return copy;
}

test('hostile bytes give coded errors only', () => {
  const { widthPx, heightPx, pixels } = sampleImage(9, 7);
  const interlaced = { width: widthPx, height: heightPx, data: pixels, channels: 1, depth: 8 } as const;
  const seeds = [
    sound,
    png(ihdr(2, 1, 8, 2), ['IDAT', deflated(0, 1, 2, 3, 4, 5, 6)]),
    png(
      ihdr(2, 1, 1, 3),
      ['PLTE', Uint8Array.of(0, 0, 0, 9, 9, 9)],
      ['tRNS', Uint8Array.of(1)],
      ['IDAT', deflated(0, 64)],
    ),
    png(ihdr(1, 1, 16, 6), ['IDAT', deflated(4, 1, 2, 3, 4, 5, 6, 7, 8)]),
    encode(interlaced, { interlace: 'Adam7' }),
  ];
  const property = fc.property(hostileBytes(seeds), fc.boolean(), (bytes, isRepaired) =>
    onlyCodedErrors(() => decodePng(isRepaired ? withSums(bytes) : bytes, { ...ppi, maxPixels: 100_000 })),
  );
  fc.assert(property, { numRuns: fuzzRuns(3000) });
});
