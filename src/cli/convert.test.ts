import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeImage, detectFormat, encodePgm, encodePng } from '../formats/index.ts';
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

test.each(['png', 'bmp', 'tif', 'wsq', 'bir', 'iso-19794-4-2005', 'iso-19794-4-2011', 'ansi-381-2004'])(
  'an image becomes %s and comes back',
  async (format) => {
    await convert(file('in.png'), file(`out.${format}`), quiet);
    const bytes = readFileSync(file(`out.${format}`));
    expect(detectFormat(bytes)).toBe(format === 'tif' ? 'tiff' : format);
    const back = decodeImage(bytes);
    expect([back.widthPx, back.heightPx, Math.round(back.resolutionPpi)]).toEqual([48, 40, 500]);
    if (format !== 'wsq') expect(back.pixels).toEqual(image.pixels);
  },
);

test.each(['png', 'bmp', 'pgm'])(
  'a resolution that nobody says is not in a %s either, and that is said',
  async (to) => {
    writeFileSync(file('in.pgm'), encodePgm(image));
    const said: string[] = [];
    const output = new Writable({ write: (chunk, _encoding, done) => done(void said.push(String(chunk))) });
    await convert(file('in.pgm'), file(`out.${to}`), { output });
    expect(said.join('')).toMatch(/states no resolution/);
    const bytes = readFileSync(file(`out.${to}`));
    expect(() => decodeImage(bytes)).toThrow(/states no resolution/);
    expect(decodeImage(bytes, { resolutionPpi: 500 })).toEqual(image);
  },
);

test('a resolution that nobody says is asked for', async () => {
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
