import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dataNote, isDataMissing, listData, readData } from '../../../test/support/test-data.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { synthesizeFinger } from '../../fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../fingerprint/synthesis/synthesize-impression.ts';
import { luma } from '../image/grey.ts';
import { decodePgm, encodePgm } from '../image/pgm.ts';
import { decodePng } from '../image/png.ts';
import { decodeJpeg, encodeJpeg } from '../jpeg/jpeg.ts';
import { decodeJpeg2000, encodeJpeg2000 } from '../jpeg-2000/jpeg-2000.ts';

const absent = ['cjpeg', 'djpeg', 'opj_compress', 'opj_decompress'].filter(
  (program) => spawnSync(program, ['-h']).error !== undefined,
);
const note = absent.length === 0 ? '' : ` (skipped: no ${absent.join(', ')})`;
const compare = test.skipIf(absent.length > 0);

const folder = mkdtempSync(join(tmpdir(), 'whorl-codecs-'));
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ppi = { resolutionPpi: 500 };
const print = synthesizeImpression(synthesizeFinger(17), { seed: 3 });

function greatest(a: GreyImage, b: GreyImage): number {
  expect([a.widthPx, a.heightPx]).toEqual([b.widthPx, b.heightPx]);
  return a.pixels.reduce((most, grey, i) => Math.max(most, Math.abs(grey - b.pixels[i]!)), 0);
}

/** Runs a program of libjpeg on a file of its input. */
function libjpeg(program: 'cjpeg' | 'djpeg', args: readonly string[], input: Uint8Array): Uint8Array {
  writeFileSync(path('input'), input);
  return new Uint8Array(execFileSync(program, [...args, path('input')], { maxBuffer: 1e8 }));
}

function toJpeg2000(input: Uint8Array, args: readonly string[], name = 'picture.pgm', ending = 'jp2'): Uint8Array {
  writeFileSync(path(name), input);
  execFileSync('opj_compress', ['-i', path(name), '-o', path(`out.${ending}`), ...args]);
  return new Uint8Array(readFileSync(path(`out.${ending}`)));
}

function fromJpeg2000(bytes: Uint8Array): GreyImage {
  writeFileSync(path('picture.jp2'), bytes);
  execFileSync('opj_decompress', ['-i', path('picture.jp2'), '-o', path('back.pgm')]);
  return decodePgm(new Uint8Array(readFileSync(path('back.pgm'))), ppi);
}

/** A coloured picture of the print, as PPM. */
function coloured({ widthPx, heightPx, pixels }: GreyImage): Uint8Array {
  const colours = [...pixels].flatMap((grey) => [Math.min(255, 60 + grey), grey, Math.max(0, grey - 40)]);
  return Uint8Array.from([...Buffer.from(`P6\n${widthPx} ${heightPx}\n255\n`), ...colours]);
}

function greyOf(ppm: Uint8Array, { widthPx, heightPx }: GreyImage): GreyImage {
  const samples = ppm.subarray(ppm.length - 3 * widthPx * heightPx);
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) =>
    luma(samples[3 * i]!, samples[3 * i + 1]!, samples[3 * i + 2]!),
  );
  return { widthPx, heightPx, ...ppi, pixels };
}

compare.each([
  ['baseline', ['-quality', '85']],
  ['progressive', ['-quality', '85', '-progressive']],
  ['arithmetic', ['-quality', '85', '-arithmetic']],
  ['with restarts', ['-quality', '60', '-restart', '4']],
])(`JPEG of cjpeg, %s: within one grey level of djpeg${note}`, (_what, args) => {
  const file = libjpeg('cjpeg', args, encodePgm(print));
  const reference = decodePgm(libjpeg('djpeg', ['-pnm'], file), ppi);
  expect(greatest(decodeJpeg(file, ppi), reference)).toBeLessThanOrEqual(1);
});

compare(`JPEG in colours: within one grey level of djpeg${note}`, () => {
  const file = libjpeg('cjpeg', ['-quality', '85', '-sample', '2x2'], coloured(print));
  const reference = greyOf(libjpeg('djpeg', ['-pnm'], file), print);
  expect(greatest(decodeJpeg(file, ppi), reference)).toBeLessThanOrEqual(1);
});

compare(`our JPEG: djpeg reads what we read, within one grey level${note}`, () => {
  for (const quality of [50, 90, 100]) {
    const file = encodeJpeg(print, { quality });
    const reference = decodePgm(libjpeg('djpeg', ['-pnm'], file), ppi);
    expect(greatest(decodeJpeg(file), reference)).toBeLessThanOrEqual(1);
  }
});

compare(`JPEG 2000 of OpenJPEG: lossless exact, lossy within one grey level${note}`, () => {
  const pgm = encodePgm(print);
  expect(greatest(decodeJpeg2000(toJpeg2000(pgm, []), ppi), print)).toBe(0);
  expect(greatest(decodeJpeg2000(toJpeg2000(pgm, [], 'picture.pgm', 'j2k'), ppi), print)).toBe(0);
  expect(greatest(decodeJpeg2000(toJpeg2000(pgm, ['-t', '128,128', '-n', '4']), ppi), print)).toBe(0);
  const colour = coloured(print);
  expect(greatest(decodeJpeg2000(toJpeg2000(colour, [], 'picture.ppm'), ppi), greyOf(colour, print))).toBe(0);
  for (const args of [
    ['-r', '10', '-I'],
    ['-r', '40,20,10'],
    ['-q', '35'],
  ]) {
    const lossy = toJpeg2000(pgm, args);
    expect(greatest(decodeJpeg2000(lossy, ppi), fromJpeg2000(lossy)), args.join(' ')).toBeLessThanOrEqual(1);
  }
});

compare(`our JPEG 2000: OpenJPEG reads it, exactly where it is lossless${note}`, () => {
  expect(greatest(fromJpeg2000(encodeJpeg2000(print)), print)).toBe(0);
  const lossy = encodeJpeg2000(print, { compressionRatio: 15 });
  expect(greatest(fromJpeg2000(lossy), decodeJpeg2000(lossy))).toBeLessThanOrEqual(1);
});

test.skipIf(absent.length > 0 || isDataMissing)(`prints of readers, both ways${note}${dataNote}`, () => {
  const prints = ['fvc2002-db1b', 'fvc2004-db3b', 'fingerjetfx-samples'].flatMap((set) =>
    listData(set, '.png').slice(0, 2),
  );
  for (const name of prints) {
    const image = decodePng(readData(name), ppi);
    const pgm = encodePgm(image);
    expect(greatest(fromJpeg2000(encodeJpeg2000(image)), image), name).toBe(0);
    expect(greatest(decodeJpeg2000(toJpeg2000(pgm, []), ppi), image), name).toBe(0);
    const jpeg = libjpeg('cjpeg', ['-quality', '90'], pgm);
    expect(greatest(decodeJpeg(jpeg, ppi), decodePgm(libjpeg('djpeg', ['-pnm'], jpeg), ppi)), name).toBeLessThanOrEqual(
      1,
    );
  }
});
