import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../../test/support/hostile-bytes.ts';
import { ByteWriter } from '../../bytes/byte-writer.ts';
import { decodeImage } from '../../decode-image.ts';
import { fileImages } from '../../file-images.ts';
import { decodeTiff, encodeTiff } from './tiff.ts';

const ppi = { resolutionPpi: 500 };
type Tags = Readonly<Record<number, readonly number[]>>;

/** A TIFF of these tags and strips or tiles; offsets and lengths are filled in. */
function tiff(tags: Tags, parts: readonly Uint8Array[], littleEndian = true, tiled = false): Uint8Array {
  const [offsetsTag, countsTag] = tiled ? [324, 325] : [273, 279];
  const all: Record<number, readonly number[]> = {
    ...tags,
    [offsetsTag]: parts.map(() => 0),
    [countsTag]: parts.map((p) => p.length),
  };
  const numbers = Object.keys(all)
    .map(Number)
    .sort((a, b) => a - b);
  let end = 8 + 2 + 12 * numbers.length + 4;
  const valueAt = new Map<number, number>();
  for (const tag of numbers) {
    valueAt.set(tag, end);
    end += 4 * all[tag]!.length;
  }
  const offsets = parts.map((part) => {
    end += part.length;
    return end - part.length;
  });
  all[offsetsTag] = offsets;
  const writer = new ByteWriter({ littleEndian });
  writer.text(littleEndian ? 'II' : 'MM');
  writer.u16(42);
  writer.u32(8);
  writer.u16(numbers.length);
  for (const tag of numbers) {
    const values = all[tag]!;
    writer.u16(tag);
    writer.u16(4);
    writer.u32(values.length);
    writer.u32(values.length === 1 ? values[0]! : valueAt.get(tag)!);
  }
  writer.u32(0);
  for (const tag of numbers) for (const value of all[tag]!) writer.u32(value);
  for (const part of parts) writer.bytes(part);
  return writer.finish();
}

test('pages are images of a file, and a chain that bites its tail is refused', () => {
  const one = tiff({ 256: [4], 257: [2], 258: [8], 259: [1], 262: [1] }, [Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])]);
  const two = tiff({ 256: [2], 257: [2], 258: [8], 259: [1], 262: [1] }, [Uint8Array.from([9, 8, 7, 6])]);
  // The second directory, with its offset of pixels moved, behind the first file.
  const both = new Uint8Array(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  const view = new DataView(both.buffer);
  const nextAt = (start: number) => start + 10 + 12 * view.getUint16(start + 8, true);
  view.setUint32(nextAt(0), one.length + 8, true);
  for (let entry = one.length + 10; entry < nextAt(one.length); entry += 12) {
    if (view.getUint16(entry, true) === 273)
      view.setUint32(entry + 8, view.getUint32(entry + 8, true) + one.length, true);
  }
  expect(fileImages(both)).toHaveLength(2);
  expect([...decodeImage(both, ppi).pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect([...decodeImage(both, { ...ppi, image: 2 }).pixels]).toEqual([9, 8, 7, 6]);
  expect(() => decodeTiff(both, { ...ppi, image: 3 })).toThrow('image is 3, but the TIFF has 2');
  view.setUint32(nextAt(one.length), 8, true);
  expect(() => fileImages(both)).toThrow('leads back to an earlier one');
});

test('the orientation is applied', () => {
  const turned = tiff({ 256: [3], 257: [1], 258: [8], 259: [1], 262: [1], 274: [6] }, [Uint8Array.from([1, 2, 3])]);
  expect(decodeTiff(turned, ppi)).toMatchObject({ widthPx: 1, heightPx: 3, pixels: Uint8Array.from([1, 2, 3]) });
  const upsideDown = tiff({ 256: [3], 257: [1], 258: [8], 259: [1], 262: [1], 274: [3] }, [Uint8Array.from([1, 2, 3])]);
  expect([...decodeTiff(upsideDown, ppi).pixels]).toEqual([3, 2, 1]);
});

/** The LZW of TIFF, in its simplest form: codes of growing length, no attempt to be fast. */
function lzw(data: Uint8Array): Uint8Array {
  let bits = '';
  let width = 9;
  let table = new Map<string, number>();
  const reset = () => {
    bits += (256).toString(2).padStart(width, '0');
    table = new Map(Array.from({ length: 256 }, (_, i) => [String.fromCharCode(i), i]));
    width = 9;
  };
  reset();
  let current = '';
  let next = 258;
  for (const byte of data) {
    const longer = current + String.fromCharCode(byte);
    if (table.has(longer)) {
      current = longer;
      continue;
    }
    bits += table.get(current)!.toString(2).padStart(width, '0');
    table.set(longer, next++);
    if (next === 512 || next === 1024 || next === 2048) width++;
    if (next === 4094) {
      reset();
      next = 258;
    }
    current = String.fromCharCode(byte);
  }
  if (current !== '') bits += table.get(current)!.toString(2).padStart(width, '0');
  // The code that ends the data may be one bit wider than the last.
  next++;
  if (next === 512 || next === 1024 || next === 2048) width++;
  bits += (257).toString(2).padStart(width, '0');
  return Uint8Array.from(bits.match(/.{1,8}/g)!, (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

function packBits(data: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < data.length; ) {
    let run = 1;
    while (run < 128 && data[i + run] === data[i]) run++;
    if (run > 2) out.push(257 - run, data[i]!);
    else out.push(run - 1, ...data.subarray(i, i + run));
    i += run;
  }
  return Uint8Array.from(out);
}

const deflate = (data: Uint8Array) => Uint8Array.from(deflateSync(data));
const image = sampleImage(50, 37);
const plainTags = { 256: [50], 257: [37], 258: [8], 262: [1] };
const sound = tiff({ ...plainTags, 259: [5], 278: [37] }, [lzw(image.pixels)]);

test('decode(encode(image)) is the image', () => {
  fc.assert(
    fc.property(greyImages(), (each) => {
      expect(decodeTiff(encodeTiff(each))).toEqual(each);
    }),
  );
});

test.each([
  ['no compression', 1, (data: Uint8Array) => data],
  ['LZW', 5, lzw],
  ['deflate', 8, deflate],
  ['old deflate', 32946, deflate],
  ['PackBits', 32773, packBits],
])('reads strips with %s, in both byte orders', (_what, compression, compress) => {
  const strips = [0, 16, 32].map((row) => compress(image.pixels.slice(row * 50, Math.min(37, row + 16) * 50)));
  for (const littleEndian of [true, false]) {
    const bytes = tiff({ ...plainTags, 259: [compression], 278: [16] }, strips, littleEndian);
    expect(decodeImage(bytes, ppi)).toEqual(image);
  }
});

test('LZW tables fill up and begin again', () => {
  const noise = Uint8Array.from({ length: 90_000 }, (_, i) => (i * i * 7 + (i >> 3)) & 255);
  for (const data of [noise, new Uint8Array(90_000)]) {
    const bytes = tiff({ 256: [300], 257: [300], 258: [8], 259: [5], 262: [1] }, [lzw(data)]);
    expect(decodeTiff(bytes, ppi).pixels).toEqual(data);
  }
});

test('reads tiles, which may stick out of the image', () => {
  const tiles: Uint8Array[] = [];
  for (let y = 0; y < 37; y += 16) {
    for (let x = 0; x < 50; x += 32) {
      const tile = new Uint8Array(32 * 16).fill(99);
      for (let row = 0; row < 16 && y + row < 37; row++) {
        tile.set(image.pixels.subarray((y + row) * 50 + x, (y + row) * 50 + Math.min(50, x + 32)), row * 32);
      }
      tiles.push(lzw(tile));
    }
  }
  expect(decodeTiff(tiff({ ...plainTags, 259: [5], 322: [32], 323: [16] }, tiles, true, true), ppi)).toEqual(image);
});

test.each([
  ['white is zero', { 258: [8], 262: [0] }, [255, 0], [0, 255]],
  ['1 bit', { 258: [1], 262: [1] }, [0b10000000], [255, 0]],
  ['4 bits', { 258: [4], 262: [1] }, [0x0f], [0, 255]],
  ['16 bits', { 258: [16], 262: [1] }, [0x80, 0x80, 0xff, 0xff], [128, 255]],
  ['RGB', { 258: [8, 8, 8], 262: [2], 277: [3] }, [255, 0, 0, 5, 5, 5], [76, 5]],
  ['RGB with alpha', { 258: [8, 8, 8, 8], 262: [2], 277: [4], 338: [2] }, [5, 5, 5, 255, 5, 5, 5, 0], [5, 255]],
  ['a palette', { 258: [1], 262: [3], 320: [0, 0xffff, 0, 0xffff, 0, 0xffff] }, [0b01000000], [0, 255]],
  ['differences', { 258: [8], 262: [1], 317: [2] }, [7, 3], [7, 10]],
  ['differences of 16 bits', { 258: [16], 262: [1], 317: [2] }, [1, 1, 0xfe, 0xfe], [1, 255]],
])('reads %s', (_what, tags, data, pixels) => {
  const bytes = tiff({ 256: [2], 257: [1], ...tags } as Tags, [Uint8Array.from(data)], false);
  expect([...decodeTiff(bytes, ppi).pixels]).toEqual(pixels);
});

test('the resolution is per inch or per centimetre, or has to be given', () => {
  const bytes = encodeTiff(sampleImage(4, 4, 197));
  const unit = bytes.findIndex((byte, i) => byte === 0x28 && bytes[i + 1] === 1 && i > 100) + 8;
  expect(decodeTiff(bytes).resolutionPpi).toBe(197);
  expect(decodeTiff(bytes.with(unit, 3)).resolutionPpi).toBe(500);
  expect(() => decodeTiff(bytes.with(unit, 1))).toThrow(/states no resolution/);
});

test.each([
  ['JPEG', { 259: [7] }, 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['separate planes', { 277: [3], 258: [8, 8, 8], 262: [2], 284: [2] }, 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['floating point', { 339: [3] }, 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['100,000 x 100,000', { 256: [100_000], 257: [100_000] }, 'WHORL_E_LIMIT_EXCEEDED'],
  ['tiles beyond all measure', { 322: [4_000_000], 323: [60_000] }, 'WHORL_E_LIMIT_EXCEEDED'],
  ['strips that are missing', { 278: [5] }, 'WHORL_E_MALFORMED'],
  ['a strip cut short', { 257: [38] }, 'WHORL_E_MALFORMED'],
])('refuses %s', (_what, tags, code) => {
  const bytes = tiff({ ...plainTags, ...tags } as Tags, [image.pixels]);
  expect(() => decodeTiff(bytes, ppi)).toThrow(expect.objectContaining({ code }));
});

test('deflate that holds more than a strip is read as far as the strip goes', () => {
  const bytes = tiff({ ...plainTags, 259: [8] }, [deflate(new Uint8Array([...image.pixels, ...image.pixels]))]);
  expect(decodeTiff(bytes, ppi)).toEqual(image);
});

test('hostile bytes give coded errors only', () => {
  const seeds = [sound, tiff({ ...plainTags, 259: [8] }, [deflate(image.pixels)]), encodeTiff(sampleImage(5, 5))];
  const options = { ...ppi, maxPixels: 100_000 };
  const property = fc.property(hostileBytes(seeds), (bytes) => onlyCodedErrors(() => decodeTiff(bytes, options)));
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
