import fc from 'fast-check';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { encodePng } from './png-writer.ts';

test('another reader sees the same pixels, depth and resolution', () => {
  fc.assert(
    fc.property(greyImages(), (image) => {
      const { widthPx, heightPx, resolutionPpi, pixels } = image;
      const read = decode(encodePng(image), { checkCrc: true });
      expect(read).toMatchObject({ width: widthPx, height: heightPx, depth: 8, channels: 1 });
      expect(Uint8Array.from(read.data)).toEqual(pixels);
      expect(read.resolution?.x).toBe(Math.round(resolutionPpi / 0.0254));
    }),
  );
});

test('withoutResolution leaves out the pHYs chunk', () => {
  expect(decode(encodePng(sampleImage(), { withoutResolution: true })).resolution).toBeUndefined();
});
