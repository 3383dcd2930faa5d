import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { losslessJpeg } from '../../../test/support/lossless-jpeg.ts';
import { JPEG_CODEC } from '../codec/picture-codecs.ts';
import { WasmCodec } from '../codec/wasm-codec.ts';
import { decodeImage } from '../decode-image.ts';
import { detectFormat } from '../detect.ts';
import { decodeJpeg, encodeJpeg } from './jpeg.ts';

const image = sampleImage(40, 30);
const bytes = encodeJpeg(image);
const JFIF_END = 20;

/** The file with a segment behind its JFIF header. */
function withSegment(file: Uint8Array, marker: number, body: readonly number[]): Uint8Array {
  const segment = [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body];
  return Uint8Array.from([...file.subarray(0, JFIF_END), ...segment, ...file.subarray(JFIF_END)]);
}

/** Exif of big endian tags, each with one short, or with a fraction over one. */
function exif(tags: readonly (readonly [tag: number, short: number])[], ppi?: number): number[] {
  const u16 = (value: number) => [value >> 8, value & 0xff];
  const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];
  const entries = tags.map(([tag, value]) => [...u16(tag), ...u16(3), ...u32(1), ...u16(value), 0, 0]);
  const valueAt = 8 + 2 + 12 * (tags.length + (ppi === undefined ? 0 : 2)) + 4;
  for (const tag of ppi === undefined ? [] : [282, 283])
    entries.push([...u16(tag), ...u16(5), ...u32(1), ...u32(valueAt)]);
  const directory = [...u16(entries.length), ...entries.flat(), ...u32(0)];
  const fraction = ppi === undefined ? [] : [...u32(ppi), ...u32(1)];
  return [...Buffer.from('Exif\0\0', 'latin1'), 0x4d, 0x4d, 0, 42, ...u32(8), ...directory, ...fraction];
}

const greatest = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((most, grey, i) => Math.max(most, Math.abs(grey - b[i]!)), 0);

test('an image comes back, nearer with more quality', () => {
  const differences = [50, 90, 100].map((quality) =>
    greatest(decodeJpeg(encodeJpeg(image, { quality })).pixels, image.pixels),
  );
  expect(differences).toEqual([...differences].sort((a, b) => b - a));
  expect(differences[2]).toBeLessThanOrEqual(2);
  expect(detectFormat(bytes)).toBe('jpeg');
  expect(decodeImage(bytes)).toMatchObject({ widthPx: 40, heightPx: 30, resolutionPpi: 500 });
});

test('pictures whose file is larger than they are come back', () => {
  for (const [widthPx, heightPx] of [
    [8, 8],
    [9, 9],
    [33, 9],
    [8, 300],
    [200, 150],
  ] as const) {
    const pixels = Uint8Array.from(
      { length: widthPx * heightPx },
      (_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 13) & 255,
    );
    const noise = { widthPx, heightPx, resolutionPpi: 500, pixels };
    for (const quality of [1, 50, 100]) {
      const back = decodeJpeg(encodeJpeg(noise, { quality }));
      expect(back).toMatchObject({ widthPx, heightPx });
      if (quality === 100) expect(greatest(back.pixels, pixels)).toBeLessThanOrEqual(3);
    }
  }
});

test('lossless JPEG is exact', () => {
  fc.assert(
    fc.property(greyImages(), (each) => {
      expect(decodeJpeg(losslessJpeg(each), { resolutionPpi: each.resolutionPpi })).toEqual(each);
    }),
    { numRuns: 30 },
  );
});

test('the resolution is that of JFIF, else of Exif, else the caller has to say it', () => {
  const density = (unit: number, x: number, y = x) => {
    const changed = bytes.slice();
    changed.set([unit, x >> 8, x & 0xff, y >> 8, y & 0xff], 13);
    return changed;
  };
  expect(decodeJpeg(density(1, 1000)).resolutionPpi).toBe(1000);
  expect(decodeJpeg(density(2, 197)).resolutionPpi).toBe(500);
  const none = density(0, 1);
  expect(() => decodeJpeg(none)).toThrow(expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }));
  expect(() => decodeJpeg(density(1, 72))).toThrow('72 pixels per inch, as screens have');
  expect(decodeJpeg(density(1, 72), { resolutionPpi: 500 }).resolutionPpi).toBe(500);
  expect(() => decodeJpeg(density(1, 500, 400))).toThrow('differs between the directions');
  expect(decodeJpeg(withSegment(none, 0xe1, exif([[296, 2]], 600))).resolutionPpi).toBe(600);
});

test('the Exif orientation is applied', () => {
  const upright = decodeJpeg(bytes);
  const at = (x: number, y: number) => upright.pixels[y * 40 + x];
  // Where the first pixels of the upright picture's first row lie in the stored one.
  const CORNERS: Readonly<Record<number, readonly [number, number, (i: number) => number | undefined]>> = {
    1: [40, 30, (i) => at(i, 0)],
    2: [40, 30, (i) => at(39 - i, 0)],
    3: [40, 30, (i) => at(39 - i, 29)],
    4: [40, 30, (i) => at(i, 29)],
    5: [30, 40, (i) => at(0, i)],
    6: [30, 40, (i) => at(0, 29 - i)],
    7: [30, 40, (i) => at(39, 29 - i)],
    8: [30, 40, (i) => at(39, i)],
    9: [40, 30, (i) => at(i, 0)],
  };
  for (const [code, [widthPx, heightPx, first]] of Object.entries(CORNERS)) {
    const turned = decodeJpeg(withSegment(bytes, 0xe1, exif([[274, Number(code)]])));
    expect(turned, code).toMatchObject({ widthPx, heightPx });
    expect([...turned.pixels.subarray(0, 20)], code).toEqual(Array.from({ length: 20 }, (_, i) => first(i)));
  }
});

test('a header is believed before anything is decoded', () => {
  const size = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0) + 5;
  const changed = (at: number, ...values: readonly number[]) => {
    const copy = bytes.slice();
    copy.set(values, at);
    return copy;
  };
  const huge = changed(size, 0xff, 0xff, 0xff, 0xff);
  expect(() => decodeJpeg(huge)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
  expect(() => decodeJpeg(bytes, { maxPixels: 1199 })).toThrow(
    expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }),
  );
  expect(() => decodeJpeg(changed(size - 1, 12))).toThrow('is 12 bits, not 8');
  expect(() => decodeJpeg(changed(size + 4, 4))).toThrow('are 4, not 1 (grey) or 3 (colours)');
  const scans = new Array<number>(40).fill(0).flatMap(() => [0xff, 0xda]);
  const long = Uint8Array.from([...changed(size, 0x13, 0x88, 0x17, 0x70), ...scans]);
  expect(() => decodeJpeg(long)).toThrow('comes 41 times for 30000000 pixels');
});

test('the codec has a bound of memory, and works on after a fault', () => {
  const place = { format: 'JPEG', field: 'image', offset: 0 };
  const take = () =>
    JPEG_CODEC.use(place, 0, ({ JPEGDecoder }) => {
      const decoder = new JPEGDecoder();
      decoder.getEncodedBuffer(100 * 2 ** 20);
    });
  expect(take).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
  expect(() => decodeJpeg(bytes.subarray(0, bytes.length - 200))).toThrow(
    expect.objectContaining({ code: 'WHORL_E_MALFORMED' }),
  );
  expect(decodeJpeg(bytes)).toEqual(decodeJpeg(bytes));
});

test('a codec that is not installed is named with its remedy', () => {
  const missing = new WasmCodec({
    packageName: 'no-such-codec',
    load: (require) => require('no-such-codec'),
    find: (require) => require.resolve('no-such-codec/wasm'),
  });
  const place = { format: 'JPEG', field: 'image', offset: 0 };
  const use = () => missing.use(place, 0, () => undefined);
  expect(use).toThrow(expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }));
  expect(use).toThrow('needs the package no-such-codec, which is not installed: npm install no-such-codec');
});

test('refuses qualities and images that are none', () => {
  for (const quality of [0, 101, 1.5, Number.NaN]) {
    expect(() => encodeJpeg(image, { quality })).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
  }
  const narrow = { ...image, widthPx: 7, heightPx: 20, pixels: new Uint8Array(140) };
  expect(() => encodeJpeg(narrow)).toThrow('a JPEG is at least 8 pixels wide and high');
  expect(() => encodeJpeg({ ...image, widthPx: 41 })).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
});

test('hostile bytes give coded errors only', () => {
  const seeds = [bytes, losslessJpeg(image), withSegment(bytes, 0xe1, exif([[274, 6]], 500))];
  const property = fc.property(hostileBytes(seeds), (hostile) =>
    onlyCodedErrors(() => decodeJpeg(hostile, { maxPixels: 100_000, unstatedPpi: 500 })),
  );
  fc.assert(property, { numRuns: fuzzRuns(500) });
});
