/** Caller, file, default: one order for every command and every format, and a default that is said. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ansiNistFile, STATED_FORMATS } from '../../../test/support/stated-images.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import {
  decodeTemplate,
  encodeTemplate,
  exportMinutiae,
  extract,
  synthesizeFinger,
  synthesizeImpression,
} from '../../fingerprint/index.ts';
import { decodeImage } from '../../formats/index.ts';
import { comparePrints } from './compare.ts';
import { convert } from './convert.ts';
import { extractPrint } from './extract.ts';

/** The print at twice the resolution, each pixel four times. */
function doubled({ widthPx, heightPx, resolutionPpi, pixels }: GreyImage): GreyImage {
  const [width, height] = [2 * widthPx, 2 * heightPx];
  const at = (i: number) => pixels[((i >> 1) % widthPx) + widthPx * Math.floor(i / width / 2)]!;
  return {
    widthPx: width,
    heightPx: height,
    resolutionPpi: 2 * resolutionPpi,
    pixels: Uint8Array.from({ length: width * height }, (_, i) => at((i % width) + width * Math.floor(i / width))),
  };
}

const finger = synthesizeFinger(71);
const print = doubled(synthesizeImpression(finger, { seed: 1 }));
let folder = '';
const file = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-resolution-'));
  const reference = extract(synthesizeImpression(finger, { seed: 2 }));
  writeFileSync(file('reference'), reference.kind === 'features' ? reference.features : '');
  for (const [format, encode] of Object.entries(STATED_FORMATS)) {
    for (const ppi of [1000, 96]) writeFileSync(file(`${format}-${ppi}`), encode({ ...print, resolutionPpi: ppi }));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command prints as JSON. */
async function answer(run: () => Promise<void>): Promise<Record<string, never> & { notes: string[] }> {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  try {
    await run();
  } finally {
    write.mockRestore();
    process.exitCode = undefined;
  }
  return JSON.parse(out.join(''));
}

describe.each(Object.keys(STATED_FORMATS))('%s', (format) => {
  const fine = () => file(`${format}-1000`);
  const screen = () => file(`${format}-96`);
  const json = { json: true };

  test('compare', async () => {
    const compare = (input: string, options = {}) =>
      answer(() => comparePrints(input, file('reference'), { ...json, ...options }));
    expect(await compare(fine())).toMatchObject({ match: true, notes: [] });
    expect(await compare(fine(), { ppi: 500 })).toMatchObject({ match: false, notes: [] });
    expect(await compare(screen(), { ppi: 1000 })).toMatchObject({ match: true, notes: [] });
    expect((await compare(screen())).notes).toEqual([
      expect.stringMatching(/states 96 ppi, as screens have: taken as 500/),
    ]);
  });

  test('extract', async () => {
    const area = async (input: string, options = {}) =>
      (await answer(() => extractPrint(input, { ...json, ...options }))) as unknown as {
        areaPx: number;
        notes: string[];
      };
    const stated = await area(fine());
    expect(stated.notes).toEqual([]);
    expect((await area(screen(), { ppi: 1000 })).areaPx).toBe(stated.areaPx);
    const assumed = await area(screen());
    expect(assumed.notes).toHaveLength(1);
    expect(assumed.areaPx).toBe((await area(fine(), { ppi: 500 })).areaPx);
    expect(assumed.areaPx).toBeGreaterThan(3 * stated.areaPx);
  });

  test('convert', async () => {
    const said: string[] = [];
    const output = new Writable({ write: (chunk, _encoding, done) => done(void said.push(String(chunk))) });
    const converted = async (input: string, to: string, options = {}) => {
      await convert(input, file('out'), { to, output, ...options });
      return readFileSync(file('out'));
    };
    expect(Math.round(decodeImage(await converted(fine(), 'tiff')).resolutionPpi)).toBe(1000);
    expect(Math.round(decodeImage(await converted(fine(), 'tiff', { ppi: 500 })).resolutionPpi)).toBe(500);
    await expect(converted(screen(), 'wsq')).rejects.toThrow(/states 96 pixels per inch.*--ppi/);
    expect(() => decodeImage(readFileSync(screen()))).toThrow(/states 96 pixels per inch/);
    const bare = await converted(screen(), 'png');
    expect(said.at(-1)).toMatch(/states 96 ppi, as screens have, so the output has none/);
    expect(() => decodeImage(bare)).toThrow(/states no resolution/);
  });
});

test('minutiae records, too', async () => {
  const { count } = decodeTemplate(readFileSync(file('reference')))[0]!;
  const record = exportMinutiae(encodeTemplate(decodeTemplate(readFileSync(file('reference')))));
  expect(count).toBeGreaterThan(20);
  writeFileSync(file('stated.fmr'), record);
  writeFileSync(
    file('none.fmr'),
    record.map((byte, at) => (at >= 18 && at < 22 ? 0 : byte)),
  );
  const compare = (name: string, options = {}) =>
    answer(() => comparePrints(file(name), file('reference'), { json: true, ...options }));
  expect(await compare('stated.fmr')).toMatchObject({ match: true, notes: [] });
  expect(await compare('stated.fmr', { ppi: 1000 })).toMatchObject({ match: false, notes: [] });
  expect(await compare('none.fmr')).toMatchObject({
    match: true,
    notes: [expect.stringMatching(/no resolution: taken as 500/)],
  });
});

test('what a record states goes before what the picture inside does', () => {
  const inner = STATED_FORMATS.png!({ ...print, resolutionPpi: 500 });
  expect(decodeImage(ansiNistFile(print, 'PNG', inner)).resolutionPpi).toBe(1000);
  const screen = ansiNistFile({ ...print, resolutionPpi: 72 }, 'PNG', inner);
  expect(decodeImage(screen).resolutionPpi).toBe(500);
  expect(decodeImage(screen, { resolutionPpi: 508, unstatedPpi: 300 }).resolutionPpi).toBe(508);
});

test('no example overrides what a file states', () => {
  const examples = new URL('../../../examples', import.meta.url);
  for (const name of readdirSync(examples, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    expect(readFileSync(new URL(`examples/${name}`, new URL('../../../', import.meta.url)), 'utf8'), name).not.toMatch(
      /decode(Image|Png|Bmp|Tiff|Wsq|FingerImage)\([^)]*resolutionPpi/,
    );
  }
});
