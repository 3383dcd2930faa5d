import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { encodePng } from '../../formats/image/png-writer.ts';
import { ReplayReader } from './replay-reader.ts';

const never = new AbortController().signal;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whorl-replay-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function next(reader: ReplayReader, signal: AbortSignal = never) {
  const outcome = await reader.sensor.capture({ purpose: 2 }, { signal });
  return outcome.kind === 'sample' ? decodeFingerprintSample(outcome.sample) : outcome.kind;
}

test('plays the files in the order of their numbers', async () => {
  for (const side of [9, 10, 2]) await writeFile(join(folder, `${side}_1.png`), encodePng(sampleImage(side, side)));
  await writeFile(join(folder, 'notes.txt'), 'no image');
  await using reader = await ReplayReader.open(folder);
  expect(reader.files).toEqual(['2_1.png', '9_1.png', '10_1.png']);
  expect([await next(reader), await next(reader), await next(reader)]).toEqual(
    [2, 9, 10].map((n) => sampleImage(n, n)),
  );
  expect(reader.position).toBe(3);
});

test('the resolution is the option, else dataset.json, else pHYs, never a guess', async () => {
  const { pixels } = sampleImage(4, 4);
  await writeFile(join(folder, '1.png'), encode({ width: 4, height: 4, data: pixels, channels: 1, depth: 8 }));
  await using bare = await ReplayReader.open(folder);
  await expect(next(bare)).rejects.toThrow(/^1\.png: PNG: pHYs/);
  await using asked = await ReplayReader.open(folder, { resolutionPpi: 508 });
  expect(await next(asked)).toMatchObject({ resolutionPpi: 508 });
  await writeFile(join(folder, 'dataset.json'), '{ "dpi": 512 }');
  await using stated = await ReplayReader.open(folder);
  expect(await next(stated)).toMatchObject({ resolutionPpi: 512 });
});

test('after the last file a capture waits until it is canceled', async () => {
  await writeFile(join(folder, '1.png'), encodePng(sampleImage()));
  await using reader = await ReplayReader.open(folder);
  await next(reader);
  const controller = new AbortController();
  const outcome = expect(next(reader, controller.signal)).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  controller.abort();
  await outcome;
  const closed = expect(next(reader)).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await reader.close();
  await closed;
});

test('a canceled capture leaves its file for the next one', async () => {
  await writeFile(join(folder, '1.png'), encodePng(sampleImage()));
  await using reader = await ReplayReader.open(folder);
  const controller = new AbortController();
  const outcome = expect(next(reader, controller.signal)).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  controller.abort();
  await outcome;
  expect(await next(reader)).toEqual(sampleImage());
});

test('a file that is no image fails its capture only', async () => {
  await writeFile(join(folder, '1.png'), 'not a PNG');
  await writeFile(join(folder, '2.png'), encodePng(sampleImage()));
  await using reader = await ReplayReader.open(folder);
  await expect(next(reader)).rejects.toMatchObject({
    code: 'WHORL_E_MALFORMED',
    message: expect.stringMatching(/^1\.png:/),
  });
  expect(await next(reader)).toEqual(sampleImage());
});

test.each([
  ['an empty folder', undefined, /has no PNG files/],
  ['a broken dataset.json', '{', /not readable JSON/],
  ['a dpi of zero', '{ "dpi": 0 }', /dpi must be a number above zero/],
])('refuses %s', async (_what, dataset, message) => {
  if (dataset !== undefined) {
    await writeFile(join(folder, '1.png'), encodePng(sampleImage()));
    await writeFile(join(folder, 'dataset.json'), dataset);
  }
  const opening = ReplayReader.open(folder);
  await expect(opening).rejects.toMatchObject({
    code: 'WHORL_E_CONFIGURATION',
    message: expect.stringMatching(message),
  });
});

test('refuses a folder that is not there', async () => {
  await expect(ReplayReader.open(join(folder, 'none'))).rejects.toThrow(/cannot read folder .* \(ENOENT\)/);
});
