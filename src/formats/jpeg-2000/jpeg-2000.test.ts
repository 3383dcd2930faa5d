import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { decodeImage } from '../decode-image.ts';
import { detectFormat } from '../detect.ts';
import { decodeJpeg2000, encodeJpeg2000 } from './jpeg-2000.ts';
import { readJpeg2000Header } from './jpeg-2000-header.ts';

const image = sampleImage(64, 48);
const file = encodeJpeg2000(image);
const codestreamAt = Buffer.from(file).indexOf('jp2c') + 4;
const codestream = file.subarray(codestreamAt);
const resolutionAt = Buffer.from(file).indexOf('resc') + 4;

/** The file with some bytes changed. */
function changed(at: number, ...values: readonly number[]): Uint8Array {
  const copy = file.slice();
  copy.set(values, at);
  return copy;
}

test('without a ratio, an image comes back exactly, with its resolution', () => {
  fc.assert(
    fc.property(greyImages(), (each) => {
      expect(decodeImage(encodeJpeg2000(each))).toEqual(each);
    }),
    { numRuns: 30 },
  );
  for (const ppi of [500, 508.05, 1000, 512, 19_050]) {
    expect(decodeJpeg2000(encodeJpeg2000({ ...image, resolutionPpi: ppi })).resolutionPpi).toBe(ppi);
  }
});

test('noise, which cannot be made smaller, comes back too', () => {
  const pixels = Uint8Array.from({ length: 200 * 200 }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 13) & 0xff);
  const noise = { widthPx: 200, heightPx: 200, resolutionPpi: 500, pixels };
  expect(decodeJpeg2000(encodeJpeg2000(noise))).toEqual(noise);
});

test('a ratio makes it smaller, with loss', () => {
  const large = sampleImage(300, 300);
  const sizes = [4, 10, 20].map((compressionRatio) => encodeJpeg2000(large, { compressionRatio }).length);
  for (const [i, size] of sizes.entries()) expect(size).toBeLessThan(1.1 * (90_000 / [4, 10, 20][i]!) + 300);
  expect(readJpeg2000Header(encodeJpeg2000(large, { compressionRatio: 10 })).isReversible).toBe(false);
  expect(readJpeg2000Header(file)).toMatchObject({ isReversible: true, widthPx: 64, heightPx: 48, statedPpi: 500 });
});

test('a bare codestream is read, and states no resolution', () => {
  expect(detectFormat(file)).toBe('jp2');
  expect(detectFormat(codestream)).toBe('jp2');
  expect(decodeJpeg2000(codestream, { resolutionPpi: 500 })).toEqual(image);
  expect(() => decodeJpeg2000(codestream)).toThrow('the file states no resolution');
});

test('the resolution at capture goes before that for display; a zero states none', () => {
  const display = file.slice();
  display.set(Buffer.from('resd'), resolutionAt - 4);
  expect(decodeJpeg2000(display).resolutionPpi).toBe(500);
  expect(() => decodeJpeg2000(changed(resolutionAt, 0, 0, 0, 1, 0, 0))).toThrow('states no resolution');
  expect(() => decodeJpeg2000(changed(resolutionAt, 0x10))).toThrow('differs between the directions');
});

test('a header is believed before anything is decoded', () => {
  const size = codestreamAt + 6;
  const rejects = (bytes: Uint8Array, code: string, text: string) => {
    expect(() => decodeJpeg2000(bytes), text).toThrow(expect.objectContaining({ code }));
    expect(() => decodeJpeg2000(bytes)).toThrow(text);
  };
  rejects(changed(size + 2, 0, 1, 0, 0, 0, 1, 0, 0), 'WHORL_E_LIMIT_EXCEEDED', 'declares 65536 x 65536 pixels');
  rejects(changed(size + 18, 0, 0, 0, 1, 0, 0, 0, 1), 'WHORL_E_LIMIT_EXCEEDED', 'is one of 3072');
  rejects(changed(size + 18, 0, 0, 0, 0), 'WHORL_E_MALFORMED', 'does not cover the image');
  rejects(changed(size + 34, 0, 4), 'WHORL_E_UNSUPPORTED_FORMAT', 'are 4, not 1 (grey) or 3 (colours)');
  rejects(changed(size + 36, 0x87), 'WHORL_E_UNSUPPORTED_FORMAT', 'signed samples');
  rejects(changed(size + 37, 2), 'WHORL_E_UNSUPPORTED_FORMAT', 'leaves samples out');
  const layersAt = Buffer.from(file).indexOf(Buffer.from([0xff, 0x52]), codestreamAt) + 6;
  rejects(changed(layersAt, 0xff, 0xff), 'WHORL_E_LIMIT_EXCEEDED', 'are 65535');
  expect(() => decodeJpeg2000(file, { maxPixels: 3071 })).toThrow(
    expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }),
  );
});

test('a small file may not declare a large picture, unless the caller allows it', () => {
  const blank = encodeJpeg2000({
    widthPx: 2100,
    heightPx: 2000,
    resolutionPpi: 500,
    pixels: new Uint8Array(4_200_000),
  });
  expect(blank.length).toBeLessThan(10_000);
  expect(() => decodeJpeg2000(blank)).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
  expect(decodeJpeg2000(blank, { maxPixels: 4_200_000 })).toMatchObject({ widthPx: 2100, heightPx: 2000 });
});

test('refuses ratios that are none', () => {
  for (const compressionRatio of [0, 0.5, 1001, Number.NaN]) {
    expect(() => encodeJpeg2000(image, { compressionRatio })).toThrow(
      expect.objectContaining({ code: 'E_INVALIDARG' }),
    );
  }
});

test('hostile bytes give coded errors only', () => {
  const seeds = [file, codestream.slice(), encodeJpeg2000(image, { compressionRatio: 8 })];
  const property = fc.property(hostileBytes(seeds), (hostile) =>
    onlyCodedErrors(() => decodeJpeg2000(hostile, { maxPixels: 100_000, unstatedPpi: 500 })),
  );
  fc.assert(property, { numRuns: fuzzRuns(500) });
});
