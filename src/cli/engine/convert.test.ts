import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ansiNistFile } from '../../../test/support/stated-images.ts';
import {
  decodeCardMinutiae,
  decodeFingerImageRecord,
  decodeImage,
  decodeMinutiaeRecord,
  detectFormat,
  encodeMinutiaeRecord,
  encodePgm,
  encodePng,
} from '../../formats/index.ts';
import { convert } from './convert.ts';

const image = {
  widthPx: 48,
  heightPx: 40,
  resolutionPpi: 500,
  pixels: Uint8Array.from({ length: 1920 }, (_, i) => (i * 7) & 0xff),
};
let folder: string;
const file = (name: string) => join(folder, name);
const quiet = { output: new Writable({ write: (_chunk, _encoding, done) => done() }) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-convert-'));
  writeFileSync(file('in.png'), encodePng(image));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(['png', 'bmp', 'tif', 'jpg', 'jp2', 'wsq', 'bir', 'iso-19794-4-2005', 'iso-19794-4-2011', 'ansi-381-2004'])(
  'an image becomes %s and comes back',
  async (format) => {
    await convert(file('in.png'), file(`out.${format}`), quiet);
    const bytes = readFileSync(file(`out.${format}`));
    expect(detectFormat(bytes)).toBe({ tif: 'tiff', jpg: 'jpeg' }[format] ?? format);
    const back = decodeImage(bytes);
    expect([back.widthPx, back.heightPx, Math.round(back.resolutionPpi)]).toEqual([48, 40, 500]);
    if (format !== 'wsq' && format !== 'jpg') expect(back.pixels).toEqual(image.pixels);
  },
);

test.each(['png', 'bmp', 'pgm'])('an unstated resolution stays unstated in a %s, and that is said', async (to) => {
  writeFileSync(file('in.pgm'), encodePgm(image));
  const said: string[] = [];
  const output = new Writable({ write: (chunk, _encoding, done) => done(void said.push(String(chunk))) });
  await convert(file('in.pgm'), file(`out.${to}`), { output });
  expect(said.join('')).toMatch(/states no resolution/);
  const bytes = readFileSync(file(`out.${to}`));
  expect(() => decodeImage(bytes)).toThrow(/states no resolution/);
  expect(decodeImage(bytes, { resolutionPpi: 500 })).toEqual(image);
});

test('options of finger image records', async () => {
  for (const compression of ['none', 'wsq', 'jpeg', 'jpeg2000', 'jpeg2000-lossless', 'png'] as const) {
    await convert(file('in.png'), file('out.fir'), { ...quiet, to: 'iso-19794-4-2005', compression, position: 7 });
    const [view] = decodeFingerImageRecord(readFileSync(file('out.fir'))).views;
    expect([view?.compression, view?.position]).toEqual([
      { none: 0, wsq: 2, jpeg: 3, jpeg2000: 4, 'jpeg2000-lossless': 4, png: 5 }[compression],
      7,
    ]);
  }
  const wrong = { ...quiet, to: 'iso-19794-4-2005', compression: 'gif' as 'png' };
  await expect(convert(file('in.png'), file('out.fir'), wrong)).rejects.toThrow(/compression is gif; give none, wsq/);
});

test('a finger image record that is cut off is read with --lenient, and what is wrong with it is said', async () => {
  await convert(file('in.png'), file('whole.fir'), { ...quiet, to: 'iso-19794-4-2011' });
  writeFileSync(file('short.fir'), readFileSync(file('whole.fir')).subarray(0, -100));
  await expect(convert(file('short.fir'), file('out.png'), quiet)).rejects.toThrow(/record length/);
  const said: string[] = [];
  const output = new Writable({ write: (chunk, _encoding, done) => done(void said.push(String(chunk))) });
  await convert(file('short.fir'), file('out.png'), { output, lenient: true });
  expect(said.join('')).toMatch(/deviation: line count at byte \d+ is 40, but there are 37 lines/);
  expect(decodeImage(readFileSync(file('out.png')))).toMatchObject({ widthPx: 48, heightPx: 37 });
});

test('quality and ratio of JPEG and JPEG 2000', async () => {
  const size = async (name: string, options: object) => {
    await convert(file('in.png'), file(name), { ...quiet, ...options });
    return readFileSync(file(name)).length;
  };
  expect(await size('a.jpg', { quality: 30 })).toBeLessThan(await size('b.jpg', { quality: 95 }));
  expect(await size('a.jp2', { ratio: 8 })).toBeLessThan(await size('b.jp2', {}));
});

test('of a transaction, any image can be reached', async () => {
  writeFileSync(file('in.an2'), ansiNistFile(image, 'NONE', image.pixels));
  await convert(file('in.an2'), file('out.png'), { ...quiet, image: 1 });
  expect(decodeImage(readFileSync(file('out.png')))).toEqual(image);
  const beyond = convert(file('in.an2'), file('out.png'), { ...quiet, image: 2 });
  await expect(beyond).rejects.toThrow('image is 2, but the file has one image');
});

test('bare pixels come in and go out', async () => {
  await convert(file('in.png'), file('out.raw'), quiet);
  expect(new Uint8Array(readFileSync(file('out.raw')))).toEqual(image.pixels);
  const raw = { ...quiet, from: 'raw', width: 48, height: 40 };
  await convert(file('out.raw'), file('out.tif'), { ...raw, ppi: 500 });
  expect(decodeImage(readFileSync(file('out.tif')))).toEqual(image);
  await expect(convert(file('out.raw'), file('out.tif'), raw)).rejects.toThrow(/give resolutionPpi \(--ppi\)/);
  await expect(convert(file('out.raw'), file('out.png'), { ...raw, width: 47 })).rejects.toThrow(/not 47 x 40/);
  await expect(convert(file('out.raw'), file('out.png'), { ...quiet, from: 'raw' })).rejects.toThrow(
    /--width and --height/,
  );
  await expect(convert(file('in.png'), file('out.png'), { ...quiet, from: 'bmp' })).rejects.toThrow(/--from takes raw/);
});

test('minutiae become card records', async () => {
  const minutiae = [{ type: 'ending' as const, xPx: 100, yPx: 50, angle: 16, quality: 60 }];
  const view = { position: 2, view: 0, impressionType: 0, qualities: [{ quality: 80, vendorId: 0, algorithmId: 0 }] };
  const frame = { widthPx: 300, heightPx: 400, xPixelsPerCm: 197, yPixelsPerCm: 197 };
  const record = encodeMinutiaeRecord({
    format: 'iso-19794-2-2005',
    device: { isCertified: false, id: 0 },
    views: [{ ...view, ...frame, minutiae, extendedData: [] }],
  });
  writeFileSync(file('in.fmr'), record);
  for (const [to, card, bytes] of [
    ['iso-19794-2-2005-card', 'normal', 5],
    ['iso-19794-2-2005-compact-card', 'compact', 3],
  ] as const) {
    await convert(file('in.fmr'), file('out.card'), { ...quiet, to });
    const written = readFileSync(file('out.card'));
    expect(written.length).toBe(bytes);
    expect(decodeCardMinutiae(written, card)[0]?.type).toBe('ending');
    await convert(file('out.card'), file('back.fmr'), { ...quiet, from: to, to: 'iso-19794-2-2005' });
    const [back] = decodeMinutiaeRecord(readFileSync(file('back.fmr'))).views;
    const [minutia] = back!.minutiae;
    const within = card === 'normal' ? 0.01 : 0.1;
    expect(Math.abs(minutia!.xPx / 39.4 - 100 / 19.7)).toBeLessThan(within);
    expect(Math.abs(minutia!.yPx / 39.4 - 50 / 19.7)).toBeLessThan(within);
    expect(minutia).toMatchObject({ type: 'ending', angle: 16 });
  }
});

test('faults are said in words, and leave what is sound', async () => {
  const said: string[] = [];
  const output = new Writable({ write: (chunk, _encoding, done) => done(void said.push(String(chunk))) });
  writeFileSync(file('in.an2'), ansiNistFile(image, 'NONE', image.pixels).slice(0, -1));
  await convert(file('in.an2'), file('out.png'), { output });
  expect(decodeImage(readFileSync(file('out.png')))).toEqual(image);
  expect(said[0]).toMatch(/deviation: record 2: 14\.001 at byte \d+ is no length that fits\n/);
  const minutiae = [{ type: 'ending' as const, xPx: 100, yPx: 50, angle: 16, quality: 101 }];
  const view = { position: 2, view: 0, impressionType: 0, qualities: [{ quality: 80, vendorId: 0, algorithmId: 0 }] };
  const frame = { widthPx: 300, heightPx: 400, xPixelsPerCm: 197, yPixelsPerCm: 197 };
  const views = [{ ...view, ...frame, minutiae, extendedData: [] }];
  const device = { isCertified: false, id: 0 };
  writeFileSync(file('in.fmr'), encodeMinutiaeRecord({ format: 'iso-19794-2-2005', device, views }));
  await convert(file('in.fmr'), file('out.fmr'), { output, to: 'ansi-378-2004', lenient: true });
  expect(said[1]).toMatch(/deviation: minutia quality at byte 33 is above 100\n/);
});

test('an unstated resolution is asked for', async () => {
  writeFileSync(file('in.pgm'), encodePgm(image));
  for (const to of ['out.wsq', 'out.bir', 'out.tif', 'out.iso-19794-4-2005']) {
    await expect(convert(file('in.pgm'), file(to), quiet)).rejects.toMatchObject({
      code: 'WHORL_E_UNSUPPORTED_FORMAT',
    });
  }
  await convert(file('in.pgm'), file('out.png'), { ...quiet, ppi: 569 });
  expect(Math.round(decodeImage(readFileSync(file('out.png'))).resolutionPpi)).toBe(569);
});

test.each([
  ['none.png', 'out.png', {}, /cannot read/],
  ['in.png', 'out.xyz', {}, /cannot write xyz/],
  ['in.png', 'out', {}, /without an ending/],
  ['in.png', 'out.fmr', { to: 'iso-19794-2-2005' }, /no minutiae/],
])('%s to %s is a clear sentence', async (from, to, options, message) => {
  await expect(convert(file(from), file(to), { ...quiet, ...options })).rejects.toThrow(message);
});

test('what is no format is refused', async () => {
  writeFileSync(file('in.bin'), 'not a picture');
  await expect(convert(file('in.bin'), file('out.png'), quiet)).rejects.toMatchObject({
    code: 'WHORL_E_UNSUPPORTED_FORMAT',
  });
});
