import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { decodeAnsi381, encodeAnsi381 } from './ansi-381.ts';
import { decodeBir, encodeBir } from './bir.ts';
import { decodeFingerprintSample, encodeFingerprintSample } from './fingerprint-sample.ts';

const sound = encodeFingerprintSample(sampleImage(), { purpose: 2 });
const STANDARD = 80;

test('decode(encode(image)) is the image', () => {
  fc.assert(
    fc.property(greyImages(), fc.integer({ min: 1, max: 255 }), (image, purpose) => {
      expect(decodeFingerprintSample(encodeFingerprintSample(image, { purpose }))).toEqual(image);
    }),
  );
});

test('C-157: a sample has header versions 0x11, blocks inside the total and the format of its standard block', () => {
  const at = new Date('2026-01-02T03:04:05Z');
  const bytes = encodeFingerprintSample(sampleImage(), { purpose: 4, subFactor: 0xf5, quality: 77, createdAt: at });
  const view = new DataView(bytes.buffer);
  expect([bytes[34], bytes[35], view.getUint16(72, true), view.getUint16(74, true)]).toEqual([0x11, 0x11, 0x1b, 0x401]);
  const { header } = decodeBir(bytes);
  expect(header).toMatchObject({ dataFlags: 0x28, factor: 8, subFactor: 0xf5, purpose: 4, quality: 77 });
  // The first pixel is behind the two headers of 40 and 16 bytes.
  expect(bytes.slice(STANDARD + 56, STANDARD + 60)).toEqual(sampleImage().pixels.slice(0, 4));
  expect(bytes.length).toBe(STANDARD + 56 + 16 * 12);
});

test('the ANSI 381 block holds the values of its header', () => {
  const block = decodeBir(sound).standard!;
  const view = new DataView(block.buffer);
  expect(view.getBigUint64(0, true)).toBe(BigInt(block.length));
  expect([view.getUint32(8, true), view.getUint32(12, true)]).toEqual([0x46495200, 0x30313000]);
  expect([22, 24, 26, 28, 30].map((at) => view.getUint16(at, true))).toEqual([30, 500, 500, 500, 500]);
  expect([...block.slice(32, 36)]).toEqual([1, 1, 8, 0]);
  expect([...block.slice(48, 53)]).toEqual([0, 1, 1, 254, 0]);
});

test('several images of one resolution', () => {
  const record = {
    productId: { owner: 5, type: 6 },
    captureDeviceId: 7,
    acquisitionLevel: 40,
    images: [2, 7].map((position) => ({ image: sampleImage(9, position, 1000), position, impressionType: 8 })),
  };
  expect(decodeAnsi381(encodeAnsi381(record))).toEqual(record);
});

test.each([
  [24, 'HorizontalImageResolution', 'WHORL_E_MALFORMED'],
  [32, 'ElementCount', 'WHORL_E_MALFORMED'],
  [33, 'ScaleUnits', 'WHORL_E_MALFORMED'],
  [34, 'PixelDepth', 'WHORL_E_UNSUPPORTED_FORMAT'],
  [35, 'ImageCompressionAlg', 'WHORL_E_UNSUPPORTED_FORMAT'],
  [40, 'BlockLength', 'WHORL_E_MALFORMED'],
  [44, 'BlockLength', 'WHORL_E_MALFORMED'],
])('a wrong byte %i is a fault of %s', (at, field, code) => {
  const bytes = sound.slice();
  bytes[STANDARD + at] = at === 35 ? 2 : 0;
  if (at === 44) bytes[STANDARD + at] = 200;
  expect(() => decodeFingerprintSample(bytes)).toThrow(expect.objectContaining({ code }));
  expect(() => decodeFingerprintSample(bytes)).toThrow(new RegExp(`ANSI 381: ${field} at byte`));
});

test('197 per centimetre are 500 per inch', () => {
  const bytes = sound.slice();
  for (const at of [24, 26, 28, 30]) new DataView(bytes.buffer).setUint16(STANDARD + at, 197, true);
  bytes[STANDARD + 33] = 2;
  expect(decodeFingerprintSample(bytes).resolutionPpi).toBe(500);
});

test('other samples are refused', () => {
  const code = 'WHORL_E_UNSUPPORTED_FORMAT';
  const face = encodeBir({ header: { dataFlags: 0x20, factor: 2 }, standard: new Uint8Array(9) });
  const vendor = encodeBir({ header: { dataFlags: 0x20, factor: 8 }, vendor: new Uint8Array(9) });
  for (const bytes of [face, vendor]) {
    expect(() => decodeFingerprintSample(bytes)).toThrow(expect.objectContaining({ code }));
  }
  expect(() => decodeFingerprintSample(sound, { maxPixels: 100 })).toThrow(/limit is 100/);
  expect(() => encodeFingerprintSample(sampleImage(), { purpose: 0 })).toThrow(/purpose/);
  expect(() => encodeFingerprintSample(sampleImage(), { purpose: 1, subFactor: 256 })).toThrow(/Subtype/);
  expect(() => encodeFingerprintSample(sampleImage(), { purpose: 1, quality: 101 })).toThrow(/DataQuality/);
  expect(() => encodeFingerprintSample({ ...sampleImage(), widthPx: 15 }, { purpose: 1 })).toThrow(/pixels/);
});

test('hostile bytes give coded errors only', () => {
  const property = fc.property(hostileBytes([sound]), (bytes) => onlyCodedErrors(() => decodeFingerprintSample(bytes)));
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
