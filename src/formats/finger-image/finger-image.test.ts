import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyImages, sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import * as f from './index.ts';

const FORMATS = ['ansi-381-2004', 'iso-19794-4-2005', 'iso-19794-4-2011'] as const;
const encode = (format: f.FingerImageFormat, compression: f.FingerImageCompression = 'none') =>
  f.encodeFingerImageRecord(f.fingerImageRecord(sampleImage(24, 20), { format, position: 7, compression }));

test.each(FORMATS)('%s: an image comes back, uncompressed and as PNG', (format) => {
  fc.assert(
    fc.property(greyImages(12), fc.constantFrom('none', 'png'), (image, compression) => {
      const bytes = f.encodeFingerImageRecord(f.fingerImageRecord(image, { format, compression }));
      expect(f.detectFingerImageFormat(bytes)).toBe(format);
      expect(f.decodeFingerImage(bytes)).toEqual(image);
    }),
  );
});

test.each(FORMATS)('%s: decode(encode(record)) is the record, and its bytes come back', (format) => {
  const isIso2011 = format === 'iso-19794-4-2011';
  const u8 = fc.nat(255);
  const quality = fc.record({
    quality: u8,
    vendorId: isIso2011 ? fc.nat(0xffff) : fc.constant(0),
    algorithmId: isIso2011 ? fc.nat(0xffff) : fc.constant(0),
  });
  const views = fc.array(
    fc.record({
      position: u8,
      viewCount: isIso2011 ? fc.constant(1) : u8,
      viewNumber: u8,
      qualities: fc.array(quality, { minLength: isIso2011 ? 0 : 1, maxLength: isIso2011 ? 3 : 1 }),
      impressionType: u8,
      sampling: fc.constant({ scaleUnits: 2, captureX: 394, captureY: 394, imageX: 197, imageY: 197 }),
      bitsPerPixel: fc.constant(8),
      compression: fc.constant(3),
      widthPx: fc.integer({ min: 1, max: 0xffff }),
      heightPx: fc.integer({ min: 1, max: 0xffff }),
      data: fc.uint8Array({ maxLength: 30 }),
      ...(isIso2011 && {
        capture: fc.record({
          dateTime: fc.constant([2026, 3, 1, 12, 0, 0, 0xffff]),
          deviceTechnology: u8,
          deviceVendorId: fc.nat(0xffff),
          deviceTypeId: fc.nat(0xffff),
          certificates: fc.array(fc.record({ authorityId: fc.nat(0xffff), scheme: u8 }), { maxLength: 2 }),
          extendedData: fc.uint8Array({ maxLength: 9 }),
        }),
      }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(views, (list) => {
      const record = {
        format,
        views: list,
        ...(isIso2011 ? { hasCertificates: true, positionCount: 2 } : { device: { id: 5, acquisitionLevel: 31 } }),
        ...(format === 'ansi-381-2004' && { productId: { owner: 1, type: 2 } }),
      } as f.FingerImageRecord;
      const bytes = f.encodeFingerImageRecord(record);
      expect(f.decodeFingerImageRecord(bytes)).toEqual(record);
    }),
  );
});

test('WSQ inside a record', () => {
  const image = f.decodeFingerImage(encode('iso-19794-4-2005', 'wsq'));
  expect([image.widthPx, image.heightPx, image.resolutionPpi]).toEqual([24, 20, 500]);
});

test('the headers have the sizes of their standards', () => {
  expect(FORMATS.map((format) => encode(format).length - 24 * 20)).toEqual([36 + 14, 32 + 14, 16 + 46]);
});

test.each(FORMATS)('%s: a record cut off, or with bytes behind it, is refused', (format) => {
  const bytes = encode(format);
  for (const wrong of [bytes.slice(0, -1), bytes.slice(0, -3), new Uint8Array([...bytes, 0])]) {
    expect(() => f.decodeFingerImageRecord(wrong)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  }
});

test('a value that its field cannot hold is refused', () => {
  for (const format of FORMATS) {
    const record = f.fingerImageRecord(sampleImage(4, 4), { format, position: 300 });
    expect(() => f.encodeFingerImageRecord(record)).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
  }
});

test('what cannot be decoded is refused by its code', () => {
  const view = f.decodeFingerImageRecord(encode('iso-19794-4-2005')).views[0]!;
  for (const compression of [1, 7]) {
    expect(() => f.fingerImagePixels({ ...view, bitsPerPixel: 4, compression })).toThrow(
      expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }),
    );
  }
  expect(() => f.fingerImagePixels({ ...view, compression: 4 })).toThrow(/JPEG 2000: signature/);
  expect(() => f.fingerImagePixels({ ...view, heightPx: 19 })).toThrow(
    expect.objectContaining({ code: 'WHORL_E_MALFORMED' }),
  );
  expect(() => f.fingerImagePixels(view, { maxPixels: 10 })).toThrow(
    expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }),
  );
});

// ANSI INCITS 381-2004, ISO/IEC 19794-4:2005 table 4, and :2011.
const CODES = {
  none: [0, 0, 0],
  wsq: [2, 2, 2],
  jpeg: [3, 3, 3],
  jpeg2000: [4, 4, 4],
  'jpeg2000-lossless': [4, 4, 5],
  png: [5, 5, 6],
} as const;

test.each(Object.entries(CODES))('%s has the code of each edition', (compression, codes) => {
  const written = FORMATS.map((format) => encode(format, compression as f.FingerImageCompression));
  expect(written.map((bytes) => f.decodeFingerImageRecord(bytes).views[0]!.compression)).toEqual(codes);
  // The byte in the file itself.
  expect(written.map((bytes, i) => bytes[[33, 29, 52][i]!])).toEqual(codes);
  for (const bytes of written) expect(f.decodeFingerImage(bytes)).toMatchObject({ widthPx: 24, heightPx: 20 });
});

const begins = (...bytes: number[]) => Uint8Array.from({ length: 40 }, (_, i) => bytes[i] ?? 0);
const PICTURES = {
  WSQ: begins(0xff, 0xa0),
  JPEG: begins(0xff, 0xd8, 0xff),
  'JPEG 2000': begins(0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20),
  'a bare JPEG 2000': begins(0xff, 0x4f, 0xff, 0x51),
  PNG: begins(0x89, 0x50, 0x4e, 0x47),
};

test.each(Object.entries(PICTURES))('%s is what its code says, or refused', (name, data) => {
  const kind = name.replace('a bare ', '');
  const agreeing = {
    'iso-19794-4-2005': { WSQ: [2], JPEG: [3], 'JPEG 2000': [4], PNG: [5] },
    'iso-19794-4-2011': { WSQ: [2], JPEG: [3], 'JPEG 2000': [4, 5], PNG: [6] },
  } as const;
  for (const format of ['iso-19794-4-2005', 'iso-19794-4-2011'] as const) {
    const view = f.decodeFingerImageRecord(encode(format)).views[0]!;
    for (let compression = 0; compression <= (format === 'iso-19794-4-2005' ? 5 : 6); compression++) {
      const read = () => f.fingerImagePixels({ ...view, compression, data });
      const agrees = (agreeing[format] as Record<string, readonly number[]>)[kind]!.includes(compression);
      if (!agrees)
        expect(read, `${format} ${compression}`).toThrow(`begins as ${kind}, but compression ${compression}`);
      // Of its kind, but broken behind its first bytes.
      else expect(read).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
    }
  }
});

test('lossless means lossless: a lossy picture under such a code is refused', () => {
  const lossy = f.decodeFingerImageRecord(encode('iso-19794-4-2011', 'jpeg2000')).views[0]!;
  expect(f.fingerImagePixels(lossy)).toMatchObject({ widthPx: 24, heightPx: 20 });
  expect(() => f.fingerImagePixels({ ...lossy, compression: 5 })).toThrow(
    'is lossy, but compression 5 is lossless JPEG 2000',
  );
  for (const format of FORMATS)
    expect(f.decodeFingerImage(encode(format, 'jpeg2000-lossless'))).toEqual(sampleImage(24, 20));
});

test('quality and ratio are passed on; a compression that is none is refused', () => {
  const size = (options: object) =>
    f.fingerImageRecord(sampleImage(200, 200), { format: 'iso-19794-4-2011', ...options }).views[0]!.data.length;
  expect(size({ compression: 'jpeg', jpegQuality: 20 })).toBeLessThan(size({ compression: 'jpeg' }));
  expect(size({ compression: 'jpeg2000', compressionRatio: 30 })).toBeLessThan(size({ compression: 'jpeg2000' }));
  expect(() => size({ compression: 'gif' })).toThrow('compression is gif; give none, wsq, jpeg');
});

test('of several images the chosen one is read', () => {
  const { views, ...record } = f.decodeFingerImageRecord(encode('iso-19794-4-2005'));
  const second = { ...views[0]!, viewNumber: 2, data: views[0]!.data.map((grey) => 255 - grey) };
  const bytes = f.encodeFingerImageRecord({ ...record, views: [views[0]!, second] });
  expect(f.decodeFingerImage(bytes, { image: 2 }).pixels).toEqual(second.data);
  expect(f.decodeFingerImage(bytes, { image: 1 })).toEqual(f.decodeFingerImage(bytes));
  expect(() => f.decodeFingerImage(bytes, { image: 3 })).toThrow('image is 3, but the record has 2');
});

const WHOLE = FORMATS.map((format) => [format, encode(format)] as const);

/** A record with some bytes changed. */
function changed(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

test.each(WHOLE)('%s: a sound record has no deviations; one that is cut off keeps its whole lines', (format, bytes) => {
  const { record, deviations } = f.decodeFingerImageRecordLeniently(bytes);
  expect([record, deviations]).toEqual([f.decodeFingerImageRecord(bytes), []]);
  // Two lines and a half are missing.
  const short = bytes.slice(0, bytes.length - 60);
  expect(() => f.decodeFingerImageRecord(short)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  const read = f.decodeFingerImageRecordLeniently(short);
  const pixels = f.fingerImagePixels(read.record.views[0]!);
  expect(pixels).toMatchObject({ widthPx: 24, heightPx: 17, resolutionPpi: 500 });
  expect(pixels.pixels).toEqual(sampleImage(24, 20).pixels.slice(0, 24 * 17));
  const words = read.deviations.map(({ field, text }) => `${field} ${text}`);
  expect(words).toEqual(
    [
      'record length is not the number of bytes',
      'image data need 480 bytes, 420 are left',
      ...(format === 'iso-19794-4-2011' ? ['representation length reaches beyond the end'] : []),
      'line count is 20, but there are 17 lines',
    ].toSorted((a, b) => words.indexOf(a) - words.indexOf(b)),
  );
});

test('deviations of image records: all that is there, and what is wrong in words', () => {
  const old = encode('iso-19794-4-2005');
  const lenient = (bytes: Uint8Array) => {
    const { record, deviations } = f.decodeFingerImageRecordLeniently(bytes);
    for (const { offset } of deviations) expect(offset).toBeLessThanOrEqual(bytes.length);
    return [record.views[0]!.data.length, deviations.map(({ field, text }) => `${field} ${text}`)];
  };
  expect(lenient(changed(old, 13, 9))).toEqual([480, ['record length is not the number of bytes']]);
  expect(lenient(changed(old, 18, 0))).toEqual([480, ['image count is zero']]);
  expect(lenient(changed(old, 18, 2))).toEqual([480, ['image 2 of 2 cannot be read, nor can what follows it']]);
  expect(lenient(changed(old, 19, 7))).toEqual([480, ['scale units are neither 1 nor 2']]);
  expect(lenient(changed(old, 24, 0, 0, 0, 0))).toEqual([480, ['image resolution is zero']]);
  expect(lenient(changed(old, 32, 0, 0, 0, 3))).toEqual([480, ['image block length is less than its header']]);
  expect(lenient(Uint8Array.from([...old, 1, 2]))).toEqual([
    480,
    ['record length is not the number of bytes', 'record length is followed by more bytes'],
  ]);
  // Told as ANSI by its blocks, whatever its length says.
  const ansi = changed(encode('ansi-381-2004'), 13, 9);
  expect(f.decodeFingerImageRecordLeniently(ansi)).toMatchObject({ record: { format: 'ansi-381-2004' } });
  for (const bytes of [old.slice(0, 40), changed(old, 41, 0, 0), new Uint8Array(60)]) {
    expect(() => f.decodeFingerImageRecordLeniently(bytes)).toThrow(
      expect.objectContaining({ code: 'WHORL_E_MALFORMED' }),
    );
  }
});

test('hostile bytes give coded errors only', () => {
  const seeds = FORMATS.flatMap((format) => [encode(format), encode(format, 'png'), encode(format, 'jpeg')]);
  const property = fc.property(hostileBytes(seeds), (bytes) =>
    onlyCodedErrors(() => {
      f.fingerImagePixels(f.decodeFingerImageRecordLeniently(bytes).record.views[0]!, { maxPixels: 100_000 });
      f.decodeFingerImage(bytes, { maxPixels: 100_000 });
    }),
  );
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});
