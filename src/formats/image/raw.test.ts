import { expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { decodeRaw } from './raw.ts';

test('bare pixels are an image of the size and resolution given, and no other', () => {
  const image = sampleImage(5, 4);
  const { pixels, ...options } = image;
  expect(decodeRaw(pixels, options)).toEqual(image);
  expect(decodeRaw(pixels, options).pixels).not.toBe(pixels);
  expect(() => decodeRaw(pixels, { ...options, widthPx: 6 })).toThrow(/raw: pixels at byte 0: are 20 bytes, not 6 x 4/);
  expect(() => decodeRaw(pixels, { ...options, maxPixels: 19 })).toThrow(/limit is 19/);
  expect(() => decodeRaw(pixels, { ...options, resolutionPpi: Number.NaN })).toThrow(TypeError);
});
