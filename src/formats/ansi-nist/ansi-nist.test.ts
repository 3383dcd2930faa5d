import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { fuzzRuns, hostileBytes, onlyCodedErrors } from '../../../test/support/hostile-bytes.ts';
import { losslessJpeg } from '../../../test/support/lossless-jpeg.ts';
import { taggedRecord as tagged } from '../../../test/support/stated-images.ts';
import { decodeImage } from '../decode-image.ts';
import { fileImages } from '../file-images.ts';
import { encodePng } from '../image/png-writer.ts';
import { encodeJpeg } from '../jpeg/jpeg.ts';
import { encodeJpeg2000 } from '../jpeg-2000/jpeg-2000.ts';
import { encodeWsq } from '../wsq/index.ts';
import { ansiNistImages, ansiNistMinutiae, decodeAnsiNist, decodeAnsiNistLeniently, isAnsiNist } from './index.ts';

const image = sampleImage(30, 24);
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

function type4(data: Uint8Array, compression: number): Uint8Array {
  const header = new Uint8Array(18);
  const view = new DataView(header.buffer);
  view.setUint32(0, 18 + data.length);
  header.set([1, 0, 2, 255, 255, 255, 255, 255, 0], 4);
  view.setUint16(13, 30);
  view.setUint16(15, 24);
  header[17] = compression;
  return join(header, data);
}

const type14 = (compression: string, data: Uint8Array) =>
  tagged(
    14,
    ['002:02', '003:1', '006:30', '007:24', '008:1', '009:500', '010:500', `011:${compression}`, '012:8', '013:07'],
    data,
  );
const file = join(
  tagged(1, [
    '002:0500',
    '003:1\x1f5\x1e2\x1f00\x1e4\x1f01\x1e14\x1f02\x1e14\x1f02\x1e9\x1f03',
    '004:TEST',
    '011:19.69',
    '012:00.00',
  ]),
  tagged(2, ['002:00', '003:some\x1ftext\x1eand more']),
  type4(image.pixels, 0),
  type14('NONE', image.pixels),
  type14('PNG', encodePng(image)),
  tagged(9, ['002:03', '010:1']),
);

test('the records and fields of a file', () => {
  expect(isAnsiNist(file)).toBe(true);
  const records = decodeAnsiNist(file);
  expect(records.map(({ type, idc }) => [type, idc])).toEqual([
    [1, 0],
    [2, 0],
    [4, 1],
    [14, 2],
    [14, 2],
    [9, 3],
  ]);
  const [, second] = records;
  expect(second?.kind === 'tagged' && second.fields.get(3)).toEqual([['some', 'text'], ['and more']]);
});

test('its images, with the resolution it states', () => {
  const images = ansiNistImages(decodeAnsiNist(file));
  expect(images.map(({ recordType, positions }) => [recordType, positions])).toEqual([
    [4, [2]],
    [14, [7]],
    [14, [7]],
  ]);
  for (const each of images) expect(each.pixels()).toEqual(image);
  expect(decodeImage(file)).toEqual(image);
});

test('every image of a file can be chosen', () => {
  expect(fileImages(file)).toMatchObject([
    { recordType: 4, positions: [2], widthPx: 30, heightPx: 24, compression: 'none' },
    { recordType: 14, positions: [7], compression: 'none' },
    { recordType: 14, positions: [7], compression: 'PNG' },
  ]);
  for (const number of [1, 2, 3]) expect(decodeImage(file, { image: number })).toEqual(image);
  expect(() => decodeImage(file, { image: 4 })).toThrow('image is 4, but the file has 3 images, 1 the first');
});

test('fingers of a slap, as field 14.021 states them', () => {
  const slap = (field: string) =>
    join(
      tagged(1, ['002:0500', '003:1\x1f1\x1e14\x1f02', '004:TEST']),
      tagged(
        14,
        ['002:02', '006:30', '007:24', '008:1', '009:500', '011:NONE', '012:8', '013:13', field],
        image.pixels,
      ),
    );
  const [found] = fileImages(slap('021:02\x1f1\x1f9\x1f2\x1f20\x1e03\x1f10\x1f19\x1f0\x1f18'));
  expect(found!.segments).toEqual([
    { position: 2, leftPx: 1, rightPx: 9, topPx: 2, bottomPx: 20 },
    { position: 3, leftPx: 10, rightPx: 19, topPx: 0, bottomPx: 18 },
  ]);
  expect(fileImages(slap('021:02\x1f9\x1f1\x1f2'))[0]!.segments).toEqual([]);
});

test('WSQ, and what cannot be decoded', () => {
  const head = tagged(1, ['002:0500', '003:1\x1f2\x1e4\x1f01\x1e14\x1f02', '011:19.69', '012:19.69']);
  const [wsq, unknown] = ansiNistImages(
    decodeAnsiNist(join(head, type4(encodeWsq(image), 1), type14('GIF', image.pixels))),
  );
  expect(wsq!.pixels()).toMatchObject({ widthPx: 30, heightPx: 24, resolutionPpi: 500 });
  expect(() => unknown!.pixels()).toThrow(expect.objectContaining({ code: 'WHORL_E_UNSUPPORTED_FORMAT' }));
  expect(() => wsq!.pixels({ maxPixels: 10 })).toThrow(expect.objectContaining({ code: 'WHORL_E_LIMIT_EXCEEDED' }));
});

// ANSI/NIST-ITL 1-2011, table 15.
test.each([
  ['NONE', 0, image.pixels, undefined],
  ['WSQ20', 1, encodeWsq(image), undefined],
  ['JPEGB', 2, encodeJpeg(image), undefined],
  ['JPEGL', 3, losslessJpeg(image), undefined],
  ['JP2', 4, encodeJpeg2000(image, { compressionRatio: 4 }), undefined],
  ['JP2L', 5, encodeJpeg2000(image), undefined],
  ['PNG', 6, encodePng(image), undefined],
  ['JPEGL', 3, encodeJpeg(image), /is lossy, but compression (3|JPEGL|jpegl) is lossless JPEG/],
  ['JP2L', 5, encodeJpeg2000(image, { compressionRatio: 4 }), /is lossy, but compression (5|JP2L|jp2l) is lossless/],
])('compression %s is code %i of type 4', (label, code, data, message) => {
  const head = tagged(1, ['002:0500', '003:1\x1f2\x1e4\x1f01\x1e14\x1f02', '011:19.69', '012:19.69']);
  const read = (four: number, fourteen: string) =>
    ansiNistImages(decodeAnsiNist(join(head, type4(data, four), type14(fourteen, data))));
  for (const each of [...read(code, label), ...read(code, label.toLowerCase()), ...read(code, String(code))]) {
    if (message !== undefined) expect(() => each.pixels()).toThrow(message);
    else expect(each.pixels()).toMatchObject({ widthPx: 30, heightPx: 24, resolutionPpi: 500 });
  }
  if (code === 0) return;
  const [wrong] = read(code === 1 ? 6 : 1, label);
  expect(() => wrong!.pixels()).toThrow(/4\.009 at byte \d+: begins as .*, but compression/);
});

test.each([
  ['no transaction', latin('hello'), /1\.001 at byte 0: is missing/],
  ['a file cut short', file.slice(0, -1), /no length that fits/],
  [
    'a record of another type',
    join(tagged(1, ['003:1\x1f1\x1e14\x1f02']), tagged(2, ['002:00'])),
    /14\.001 at byte \d+: is not where/,
  ],
  [
    'a wrong length',
    join(tagged(1, ['003:1\x1f1\x1e2\x1f00']), latin('2.001:12\x1d2.002:00\x1c')),
    /does not lead to the end/,
  ],
  [
    'an image that is too short',
    join(tagged(1, ['003:1\x1f1\x1e4\x1f01']), type4(image.pixels, 0).slice(0, -1)),
    /4\.009 image/,
  ],
])('refuses %s', (_what, bytes, message) => {
  expect(() => decodeAnsiNist(bytes)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  expect(() => decodeAnsiNist(bytes)).toThrow(message);
});

const lists = (...types: number[]) =>
  tagged(1, ['002:0500', `003:1\x1f${types.length}${types.map((type) => `\x1e${type}\x1f02`).join('')}`, '011:19.69']);
const good = type14('NONE', image.pixels);
const replaced = (bytes: Uint8Array, from: string, to: string) =>
  latin(String.fromCharCode(...bytes).replace(from, to));

// Each file has a fault, and one good image of type 14 beside it.
test.each([
  ['a repeated field', join(lists(2, 14), tagged(2, ['002:00', '200:a', '200:b']), good), [1, 2, 14], [[2, '2.200']]],
  ['fewer records than listed', join(lists(14, 14), good), [1, 14], [[3, '1.003']]],
  ['a record that is not listed', join(lists(14), good, tagged(9, ['002:03'])), [1, 14, 9], [[3, '1.003']]],
  [
    'records in another order',
    join(lists(9, 14), good, tagged(9, ['002:03'])),
    [1, 14, 9],
    [
      [2, '1.003'],
      [3, '1.003'],
    ],
  ],
  ['no last separator', join(lists(14), good).slice(0, -1), [1, 14], [[2, '14.001']]],
  [
    'a wrong length',
    join(lists(2, 14), replaced(tagged(2, ['002:00']), '2.001:18', '2.001:12'), good),
    [1, 2, 14],
    [[2, '2.001']],
  ],
  [
    'a length beyond the file',
    join(lists(2, 14), latin('2.001:99999\x1d2.002:00\x1c'), good),
    [1, 2, 14],
    [[2, '2.001']],
  ],
  ['a field without a number', join(lists(2, 14), tagged(2, ['002:00', 'abc:x']), good), [1, 2, 14], [[2, '2.xxx']]],
  ['no designation', join(lists(2, 14), tagged(2, ['003:x']), good), [1, 2, 14], [[2, '2.002']]],
  ['a broken binary record', join(lists(4, 14), Uint8Array.of(0, 0, 0, 3, 0x1c), good), [1, 14], [[2, '4.001 length']]],
  [
    'no contents',
    join(tagged(1, ['002:0500']), good),
    [1, 14],
    [
      [1, '1.003'],
      [2, '1.003'],
    ],
  ],
])('%s costs its record at most', (_what, bytes, types, faults) => {
  const lenient = decodeAnsiNistLeniently(bytes);
  expect(lenient.records.map(({ type }) => type)).toEqual(types);
  expect(lenient.faults.map(({ record, field }) => [record, field])).toEqual(faults);
  for (const { offset } of lenient.faults) expect(offset).toBeLessThan(bytes.length);
  expect(decodeImage(bytes)).toEqual(image);
});

test('an image that cannot be read leaves the others', () => {
  const unread = type14('QQQ', image.pixels);
  const small = type14('WSQ20', encodeWsq(sampleImage(20, 20)));
  const bytes = join(lists(14, 14, 14), unread, small, good);
  expect(decodeAnsiNistLeniently(bytes).faults).toEqual([]);
  const [first, second, third] = ansiNistImages(decodeAnsiNist(bytes));
  expect(() => first!.pixels()).toThrow(/14\.999 at byte \d+: is of compression QQQ, which is unknown/);
  expect(() => second!.pixels()).toThrow(/14\.999 at byte \d+: has another size than 30 x 24/);
  expect(third!.pixels()).toEqual(image);
  expect(decodeImage(bytes)).toEqual(image);
  expect(() => decodeImage(join(lists(14), unread))).toThrow(/QQQ/);
});

test('a sound file is read the same leniently', () => {
  expect(decodeAnsiNistLeniently(file)).toEqual({ records: decodeAnsiNist(file), faults: [] });
});

const type9 = (...fields: string[]) =>
  join(tagged(1, ['002:0500', '003:1\x1f1\x1e9\x1f03']), tagged(9, ['002:03', '003:1', ...fields]));
const standard = type9(
  '004:S',
  '006:02\x1e07',
  '008:12001300',
  '009:20002100\x1e00010002',
  '010:2',
  '012:001\x1f12340567089\x1f30\x1fA\x1f002,4\x1e002\x1f00000000359\x1f\x1fD',
);
const m1 = type9('004:U', '134:2', '136:1', '137:1\x1f100\x1f200\x1f45\x1f2\x1f60', '139:5\x1f6');

test('minutiae of type 9, in the standard fields', () => {
  expect(ansiNistMinutiae(decodeAnsiNist(standard))).toEqual([
    {
      idc: 3,
      impressionType: 1,
      positions: [2, 7],
      block: 'standard',
      minutiae: [
        {
          index: 1,
          type: 'ending',
          x: 1234,
          y: 567,
          angleDegrees: 89,
          quality: 30,
          ridgeCounts: [{ to: 2, count: 4 }],
        },
        { index: 2, type: 'other', x: 0, y: 0, angleDegrees: 359, ridgeCounts: [] },
      ],
      cores: [{ x: 1200, y: 1300 }],
      deltas: [
        { x: 2000, y: 2100 },
        { x: 1, y: 2 },
      ],
    },
  ]);
});

test('minutiae of type 9, in the ANSI 378 block', () => {
  expect(ansiNistMinutiae(decodeAnsiNist(m1))).toMatchObject([
    {
      block: 'm1',
      positions: [2],
      minutiae: [{ index: 1, type: 'bifurcation', x: 100, y: 200, angleDegrees: 90, quality: 60 }],
      cores: [{ x: 5, y: 6 }],
    },
  ]);
  expect(ansiNistMinutiae(decodeAnsiNist(file))).toEqual([]);
});

test.each([
  ['a position with letters', type9('012:001\x1f1234x567089\x1f30\x1fA'), /9\.012 at byte 35: is no minutia/],
  ['an unknown type', type9('012:001\x1f12340567089\x1f30\x1fQ'), /is no minutia/],
  ['an angle beyond the turn', type9('012:001\x1f12340567360\x1f30\x1fA'), /is no minutia/],
  ['a ridge count without a minutia', type9('012:001\x1f12340567089\x1f30\x1fA\x1f4'), /no ridge count/],
  ['an angle of 378 beyond the turn', type9('137:1\x1f1\x1f2\x1f180\x1f1\x1f60'), /9\.137 at byte 35: is no minutia/],
  ['a core that is nowhere', type9('008:12', '012:001\x1f12340567089\x1f\x1fA'), /9\.008 at byte 35: is no position/],
])('minutiae: refuses %s', (_what, bytes, message) => {
  const read = () => ansiNistMinutiae(decodeAnsiNist(bytes));
  expect(read).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  expect(read).toThrow(message);
});

test('minutiae: hostile bytes give coded errors only', () => {
  const property = fc.property(hostileBytes([standard, m1]), (bytes) =>
    onlyCodedErrors(() => ansiNistMinutiae(decodeAnsiNist(bytes))),
  );
  fc.assert(property, { numRuns: fuzzRuns(2000) });
});

test('hostile bytes give coded errors only', () => {
  const property = fc.property(hostileBytes([file]), (bytes) =>
    onlyCodedErrors(() => {
      for (const each of ansiNistImages(decodeAnsiNist(bytes))) each.pixels({ maxPixels: 10_000 });
    }),
  );
  fc.assert(property, { numRuns: fuzzRuns(2000) });
  const lenient = fc.property(hostileBytes([file]), (bytes) =>
    onlyCodedErrors(() => {
      for (const each of ansiNistImages(decodeAnsiNistLeniently(bytes).records)) each.pixels({ maxPixels: 10_000 });
    }),
  );
  fc.assert(lenient, { numRuns: fuzzRuns(2000) });
});
