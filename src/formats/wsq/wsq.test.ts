import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { dataNote, isDataMissing, listData, readData } from '../../../test/support/test-data.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { decodePng } from '../image/png.ts';
import { decodeWsq, encodeWsq } from './index.ts';

const ppi = { resolutionPpi: 500 };

function peakSignalToNoise(a: GreyImage, b: GreyImage): number {
  let squares = 0;
  for (let i = 0; i < a.pixels.length; i++) squares += (a.pixels[i]! - b.pixels[i]!) ** 2;
  return 10 * Math.log10((255 * 255 * a.pixels.length) / squares);
}

function largestDifference(a: GreyImage, b: GreyImage): number {
  expect([a.widthPx, a.heightPx]).toEqual([b.widthPx, b.heightPx]);
  let largest = 0;
  for (let i = 0; i < a.pixels.length; i++) largest = Math.max(largest, Math.abs(a.pixels[i]! - b.pixels[i]!));
  return largest;
}

test.skipIf(isDataMissing)(`every reference file decodes to within one grey level${dataNote}`, () => {
  const sets = ['bitrate-2.25', 'bitrate-0.75', 'non-standard-filters'];
  const files = sets.flatMap((set) => listData(`wsq/${set}`, '.wsq'));
  expect(files.length).toBeGreaterThanOrEqual(26);
  for (const file of files) {
    const reference = decodePng(readData(file.replace('wsq/', 'wsq/decoded-nbis/').replace('.wsq', '.png')), ppi);
    expect(largestDifference(decodeWsq(readData(file), ppi), reference), file).toBeLessThanOrEqual(1);
  }
});

test.skipIf(isDataMissing)(`files of other encoders decode${dataNote}`, () => {
  for (const file of listData('wsq/samples', '.wsq')) {
    const image = decodeWsq(readData(file), file.includes('idemia') ? ppi : {});
    expect(image.resolutionPpi, file).toBe(500);
    if (listData('wsq/samples', '.png').includes(file.replace('.wsq', '.png'))) {
      const reference = decodePng(readData(file.replace('.wsq', '.png')), ppi);
      expect(largestDifference(image, reference), file).toBeLessThanOrEqual(1);
    }
  }
});

test.skipIf(isDataMissing)(`a reference image coded again has the size and quality of its bit rate${dataNote}`, () => {
  // Sizes of the reference encoder for the same pixels; the specification allows 0.4 %.
  const sizes = [
    ['a039', 2.25, 96173, 45.4],
    ['a039', 0.75, 28604, 26.0],
    ['a076', 2.25, 114940, 47.9],
    ['a076', 0.75, 35934, 28.7],
  ] as const;
  for (const [name, bitRate, bytes, decibels] of sizes) {
    const image = decodePng(readData(`wsq/decoded-nbis/bitrate-2.25/${name}.png`), ppi);
    const coded = encodeWsq(image, { bitRate });
    expect(Math.abs(coded.length / bytes - 1), name).toBeLessThan(0.004);
    expect(peakSignalToNoise(image, decodeWsq(coded)), name).toBeGreaterThan(decibels);
  }
});

test('what was encoded decodes to nearly the same, at every size', () => {
  for (const [width, height] of [
    [64, 64],
    [65, 63],
    [97, 131],
    [256, 200],
    [301, 299],
  ] as const) {
    const image = sampleImage(width, height);
    const decoded = decodeWsq(encodeWsq(image, { bitRate: 6 }));
    expect([decoded.widthPx, decoded.heightPx, decoded.resolutionPpi]).toEqual([width, height, 500]);
    expect(peakSignalToNoise(image, decoded), `${width} x ${height}`).toBeGreaterThan(38);
  }
});

/** A file taken apart: what is before the first block, the blocks (header and data), the end. */
function blocksOf(file: Uint8Array): { head: Uint8Array; blocks: Uint8Array[] } {
  const starts = [...file.keys()].filter((i) => file[i] === 0xff && [0xa1, 0xa3, 0xa6].includes(file[i + 1]!));
  const parts = starts.map((start, i) => file.subarray(start, starts[i + 1] ?? file.length));
  const first = parts.findIndex((part) => part[1] === 0xa6);
  return { head: file.subarray(0, starts[first]), blocks: parts.slice(first) };
}

test('what real files have besides: several comments, fill before markers, tables again, restarts', () => {
  const coded = encodeWsq(sampleImage(64, 48, 1000));
  const expected = decodeWsq(coded);
  const { head, blocks } = blocksOf(coded);
  const comment = (text: string) => [0xff, 0xa8, 0, 2 + text.length, ...new TextEncoder().encode(text)];
  const variants = {
    comments: [
      ...head,
      ...comment('scanned on a Monday'),
      ...comment('NIST_COM 2\nPPI 500\n'),
      ...blocks.flatMap((b) => [...b]),
    ],
    fill: [
      ...head,
      ...blocks.flatMap((b, i) => [
        ...(i > 0 && b[1] !== 0xa6 && blocks[i - 1]![1] === 0xa3 ? [0xff, 0xff] : []),
        ...b,
      ]),
    ],
    'comment between blocks': [...head, ...blocks.flatMap((b) => [...(b[1] === 0xa3 ? comment('here') : []), ...b])],
    'restart interval and restarts at the end of blocks': [
      ...head,
      ...[0xff, 0xa7, 0, 4, 0, 1],
      ...blocks.flatMap((b) => [...b, ...(b[1] === 0xa3 ? [0xff, 0xb0] : [])]),
    ],
    'bytes after the end': [...coded, 0, 1, 2],
  };
  for (const [what, bytes] of Object.entries(variants)) {
    expect(decodeWsq(Uint8Array.from(bytes)), what).toEqual(expected);
  }
});

test('a block that is divided by restarts is the same block', () => {
  // A flat image has one coefficient a block or none, so a code for a run of zeros can be put anywhere.
  const flat = { ...ppi, widthPx: 40, heightPx: 30, pixels: new Uint8Array(1200).fill(77) };
  const coded = encodeWsq(flat);
  const sob = coded.findIndex((byte, i) => byte === 0xff && coded[i + 1] === 0xa3);
  const restarted = [...coded.subarray(0, sob + 5), 0xff, 0xb0, ...coded.subarray(sob + 5)];
  expect(decodeWsq(Uint8Array.from(restarted))).toEqual(flat);
});

test('a lower bit rate makes a smaller file', () => {
  const sizes = [4, 2.25, 0.75, 0.3].map((bitRate) => encodeWsq(sampleImage(256, 256), { bitRate }).length);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
});

test('tiny and flat images survive', () => {
  for (let width = 1; width <= 20; width++) {
    const image = sampleImage(width, 21 - width);
    expect(decodeWsq(encodeWsq(image)).pixels).toHaveLength(width * (21 - width));
  }
  const flat = { ...ppi, widthPx: 40, heightPx: 30, pixels: new Uint8Array(1200).fill(77) };
  expect(decodeWsq(encodeWsq(flat))).toEqual(flat);
});

test('the resolution is in the comment, or has to be given', () => {
  const coded = encodeWsq(sampleImage(32, 32, 1000));
  expect(decodeWsq(coded).resolutionPpi).toBe(1000);
  expect(decodeWsq(coded, ppi).resolutionPpi).toBe(500);
  const nameless = coded.slice();
  nameless[6] = 0x58;
  expect(() => decodeWsq(nameless)).toThrow(expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }));
});

const sound = encodeWsq(sampleImage(40, 36));
const at = (marker: number) => sound.findIndex((byte, i) => byte === 0xff && sound[i + 1] === marker);

test.each([
  ['a missing end', sound.slice(0, -2), /EOI at byte \d+: is missing/],
  ['data cut short', new Uint8Array([...sound.slice(0, -40), 0xff, 0xa1]), /coefficients early/],
  ['a size of zero', sound.with(at(0xa2) + 6, 0).with(at(0xa2) + 7, 0), /SOF height at byte \d+: width or height/],
  ['a smaller size', sound.with(at(0xa2) + 7, 20), /holds more coefficients than the image/],
  ['an unknown table', sound.with(at(0xa3) + 4, 5), /SOB Huffman table at byte \d+: is not defined/],
  ['filters that do not go together', sound.with(at(0xa4) + 4, 8), /DTT filter lengths/],
  ['no WSQ', Uint8Array.of(1, 2), /SOI at byte 0/],
])('refuses %s', (_what, bytes, message) => {
  expect(() => decodeWsq(bytes)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  expect(() => decodeWsq(bytes)).toThrow(message);
});

test('limits are checked before anything is decoded', () => {
  const huge = sound.with(at(0xa2) + 6, 255).with(at(0xa2) + 8, 255);
  expect(() => decodeWsq(huge)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
  const longFilter = sound.with(at(0xa4) + 4, 101);
  expect(() => decodeWsq(longFilter)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
});

test('a small file may not declare a large picture, unless the caller allows it', () => {
  const blank = encodeWsq({ widthPx: 2100, heightPx: 2000, resolutionPpi: 500, pixels: new Uint8Array(4_200_000) });
  expect(blank.length).toBeLessThan(1000);
  expect(() => decodeWsq(blank)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
  expect(decodeWsq(blank, { maxPixels: 4_200_000 })).toMatchObject({ widthPx: 2100, heightPx: 2000 });
});

test('hostile bytes give coded errors only', () => {
  const options = { ...ppi, maxPixels: 10_000 };
  const property = fc.property(hostileBytes([sound]), (bytes) => onlyCodedErrors(() => decodeWsq(bytes, options)));
  fc.assert(property, { numRuns: fuzzRuns(1500) });
});
