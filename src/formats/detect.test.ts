import { expect, test } from 'vitest';
import { sampleImage } from '../../test/support/grey-images.ts';
import { decodeImage } from './decode-image.ts';
import { detectFormat } from './detect.ts';
import * as formats from './index.ts';

const image = sampleImage(20, 20);
const encoded = {
  bir: formats.encodeFingerprintSample(image, { purpose: 1 }),
  bmp: formats.encodeBmp(image),
  pgm: formats.encodePgm(image),
  png: formats.encodePng(image),
  tiff: formats.encodeTiff(image),
  'ansi-381-2004': formats.encodeFingerImageRecord(formats.fingerImageRecord(image, { format: 'ansi-381-2004' })),
  'iso-19794-4-2005': formats.encodeFingerImageRecord(formats.fingerImageRecord(image, { format: 'iso-19794-4-2005' })),
  'iso-19794-4-2011': formats.encodeFingerImageRecord(formats.fingerImageRecord(image, { format: 'iso-19794-4-2011' })),
};

test.each(Object.entries(encoded))('%s is told by its content and decoded', (name, bytes) => {
  expect(detectFormat(bytes)).toBe(name);
  expect(decodeImage(bytes, name === 'pgm' ? { resolutionPpi: 500 } : {})).toEqual(image);
});

test('WSQ is told by its content', () => {
  expect(detectFormat(formats.encodeWsq(image))).toBe('wsq');
});

test('a minutiae record is told by its content, and is no image', () => {
  const bytes = formats.encodeMinutiaeRecord({
    format: 'ansi-378-2009',
    views: [
      {
        ...{ position: 1, view: 0, impressionType: 0, widthPx: 9, heightPx: 9, xPixelsPerCm: 197, yPixelsPerCm: 197 },
        qualities: [{ quality: 50, vendorId: 1, algorithmId: 1 }],
        minutiae: [],
        extendedData: [],
      },
    ],
  });
  expect(detectFormat(bytes)).toBe('ansi-378-2009');
  expect(() => decodeImage(bytes)).toThrow(expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }));
});

test('other bytes are no format', () => {
  for (const bytes of [new Uint8Array(), new Uint8Array(500), new TextEncoder().encode('some text, nothing else')]) {
    expect(detectFormat(bytes)).toBeUndefined();
    expect(() => decodeImage(bytes)).toThrow(expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }));
  }
});
