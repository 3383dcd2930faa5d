import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { decodeImage } from '../decode-image.ts';
import { detectFormat } from '../detect.ts';
import { encodeFingerImageRecord, fingerImageRecord } from '../finger-image/index.ts';
import { unwrapIcaoDg3 } from './icao-dg3.ts';
import { unwrapPivCbeff } from './piv-cbeff.ts';
import { unwrap } from './unwrap.ts';

const image = sampleImage(30, 24);
const record = encodeFingerImageRecord(fingerImageRecord(image, { format: 'iso-19794-4-2005', position: 2 }));
const other = encodeFingerImageRecord(fingerImageRecord(sampleImage(20, 20), { format: 'iso-19794-4-2005' }));

/** NIST SP 800-76-2, table 13: version, options, lengths of data and signature, and 80 bytes more. */
function piv(data: Uint8Array, signature: number[]): Uint8Array {
  const header = new Uint8Array(88);
  const view = new DataView(header.buffer);
  header.set([3, 0x0d]);
  view.setUint32(2, data.length);
  view.setUint16(6, signature.length);
  header.set([0x00, 0x1b, 0x04, 0x01], 8);
  return Uint8Array.from([...header, ...data, ...signature]);
}

function tag(name: number[], ...parts: (Uint8Array | number[])[]): number[] {
  const value = parts.flatMap((part) => [...part]);
  const { length } = value;
  return [...name, ...(length < 0x80 ? [length] : [0x82, length >> 8, length & 255]), ...value];
}

const header = tag([0xa1], tag([0x81], [8]), tag([0x87], [1, 1]), tag([0x88], [0, 7]));
const dg3 = Uint8Array.from(
  tag(
    [0x63],
    tag(
      [0x7f, 0x61],
      tag([0x02], [2]),
      ...[record, other].map((each) => tag([0x7f, 0x60], header, tag([0x5f, 0x2e], each))),
    ),
  ),
);
const card = piv(record, [1, 2, 3]);

test('a PIV wrapper is told, and read down to the image', () => {
  expect(detectFormat(card)).toBe('piv-cbeff');
  expect(unwrapPivCbeff(card)).toEqual(record);
  expect(decodeImage(card)).toEqual(image);
});

test('data group 3 is told, and every finger of it read', () => {
  expect(detectFormat(dg3)).toBe('icao-dg3');
  expect(unwrapIcaoDg3(dg3)).toEqual([record, other]);
  expect(decodeImage(dg3)).toEqual(image);
});

test('what is in no wrapper stays as it is', () => {
  expect(unwrap(record)).toBe(record);
  expect(unwrapIcaoDg3(Uint8Array.from(tag([0x63], tag([0x7f, 0x61], tag([0x02], [0])))))).toEqual([]);
});

test.each([
  ['a card that is cut off', () => unwrapPivCbeff(card.slice(0, -1))],
  ['a data group that is cut off', () => unwrapIcaoDg3(dg3.slice(0, -1))],
  ['a length of five bytes', () => unwrapIcaoDg3(Uint8Array.of(0x63, 0x85, 0, 0, 0, 0, 0))],
  ['another tag', () => unwrapIcaoDg3(Uint8Array.of(0x64, 0))],
])('refuses %s', (_what, read) => {
  expect(read).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
});

test('hostile bytes give coded errors only', () => {
  const property = fc.property(hostileBytes([card, dg3]), (bytes) =>
    onlyCodedErrors(() => decodeImage(bytes, { maxPixels: 100_000 })),
  );
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
