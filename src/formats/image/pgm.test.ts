import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { decodePgm, encodePgm } from './pgm.ts';

const text = (value: string) => new TextEncoder().encode(value);
const ppi = { resolutionPpi: 500 };

test('decode(encode(image)) is the image, given its resolution', () => {
  fc.assert(
    fc.property(greyImages(), (image) => {
      expect(decodePgm(encodePgm(image), { resolutionPpi: image.resolutionPpi })).toEqual(image);
    }),
  );
});

test('reads plain maps, comments and other maxima', () => {
  expect([...decodePgm(text('P2 # a comment\n3 1\n#another\n15\n0 5 15'), ppi).pixels]).toEqual([0, 85, 255]);
  expect([...decodePgm(text('P2\n1 1\n255\n7\n'), ppi).pixels]).toEqual([7]);
  const wide = new Uint8Array([...text('P5 2 1 65535\n'), 0x80, 0x80, 0xff, 0xff]);
  expect([...decodePgm(wide, ppi).pixels]).toEqual([128, 255]);
});

test.each([
  ['no resolution', encodePgm(sampleImage()), {}, 'WHORL_E_UNSUPPORTED_FORMAT'],
  ['100,000 x 100,000', text('P5 100000 100000 255\n'), ppi, 'WHORL_E_LIMIT_EXCEEDED'],
  ['pixels that are missing', text('P5 5000 5000 255\n'), ppi, 'WHORL_E_MALFORMED'],
  ['a value above the maximum', text('P2 1 1 9 10 '), ppi, 'WHORL_E_MALFORMED'],
  ['a word', text('P2 1 one 9 10 '), ppi, 'WHORL_E_MALFORMED'],
  ['a comment without end', text('P2 #'), ppi, 'WHORL_E_MALFORMED'],
])('refuses %s', (_what, bytes, options, code) => {
  expect(() => decodePgm(bytes, options)).toThrow(expect.objectContaining({ code }));
});

test('hostile bytes give coded errors only', () => {
  const seeds = [encodePgm(sampleImage(5, 5)), text('P2 # x\n3 1\n15\n0 5 15')];
  const property = fc.property(hostileBytes(seeds), (bytes) => onlyCodedErrors(() => decodePgm(bytes, ppi)));
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
