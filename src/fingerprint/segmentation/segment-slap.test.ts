import { expect, test } from 'vitest';
import { composeSlap } from '../../../test/support/slaps.ts';
import { dataNote, isDataMissing, listData, readData } from '../../../test/support/test-data.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { decodeImage } from '../../formats/index.ts';
import { extract } from '../extract.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { compare } from '../verify.ts';
import { segmentSlap } from './segment-slap.ts';

/** True when the fingers found are those composed, in order: near, and of a finger's size. */
function isRight(
  { fingers }: ReturnType<typeof segmentSlap>,
  centres: readonly (readonly [number, number])[],
): boolean {
  const near = fingers.map(({ centreXPx, centreYPx, widthPx, heightPx }, i) => {
    const [x, y] = centres[i] ?? [Number.NaN, Number.NaN];
    return Math.hypot(centreXPx - x, centreYPx - y) < 60 && widthPx < 400 && heightPx > 200 && heightPx < 560;
  });
  return fingers.length === centres.length && near.every(Boolean);
}

test('slaps of both hands, upright and leaning, with phalanges and without', () => {
  const slaps = [-30, 0, 15].flatMap((leanDegrees, i) =>
    (['right', 'left'] as const).map((hand) => ({
      seed: i + 1,
      hand,
      leanDegrees,
      stepPx: 330,
      withPhalanges: i % 2 === 0,
    })),
  );
  for (const options of slaps) {
    const { image, centres } = composeSlap(options);
    const slap = segmentSlap(image);
    expect(isRight(slap, centres), JSON.stringify(options)).toBe(true);
    expect(slap).toMatchObject({ hand: options.hand, isHandGuessed: true });
    const positions = slap.fingers.map(({ position }) => position);
    expect(positions).toEqual(options.hand === 'right' ? [2, 3, 4, 5] : [10, 9, 8, 7]);
    for (const { angleRad } of slap.fingers)
      expect(Math.abs((angleRad * 180) / Math.PI - options.leanDegrees)).toBeLessThan(12);
  }
});

test('each finger is cut out alone, and matches another impression of itself only', () => {
  const { image, seeds } = composeSlap({ seed: 3, hand: 'right', leanDegrees: 15, stepPx: 330, withPhalanges: true });
  const features = (picture: GreyImage) => {
    const result = extract(picture);
    if (result.kind === 'rejected') throw new TypeError('rejected');
    return result.features;
  };
  const found = segmentSlap(image, { hand: 'right' }).fingers.map((finger) => features(finger.image));
  const others = seeds.map((seed) => features(synthesizeImpression(synthesizeFinger(seed), { seed: 99 })));
  const matches = found.map((a) => others.map((b) => compare(a, b) > 3));
  expect(matches).toEqual([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => i === j)));
});

test('two thumbs, and a hand that is stated', () => {
  const { image, centres } = composeSlap({
    seed: 5,
    hand: 'thumbs',
    leanDegrees: 5,
    stepPx: 420,
    withPhalanges: false,
  });
  const slap = segmentSlap(image, { hand: 'thumbs' });
  expect(isRight(slap, centres)).toBe(true);
  expect(slap.fingers.map(({ position }) => position)).toEqual([6, 1]);
  // Two of four fingers: which ones, nobody can tell.
  const unknown = segmentSlap(image);
  expect(unknown).toMatchObject({ isHandGuessed: true });
  expect(unknown.hand).toBeUndefined();
  for (const { position } of unknown.fingers) expect(position).toBeUndefined();
});

test('other resolutions, and pictures without a finger', () => {
  const { image, centres } = composeSlap({ seed: 2, hand: 'left', leanDegrees: -10, stepPx: 330, withPhalanges: true });
  const doubled = { widthPx: 3200, heightPx: 3000, resolutionPpi: 1000, pixels: new Uint8Array(9_600_000) };
  for (let i = 0; i < doubled.pixels.length; i++) {
    doubled.pixels[i] = image.pixels[Math.floor(i / 6400) * 1600 + Math.floor((i % 3200) / 2)]!;
  }
  expect(isRight(segmentSlap(image), centres)).toBe(true);
  const near = segmentSlap(doubled).fingers.map(({ centreXPx, centreYPx }, i) => {
    const [x, y] = centres[i]!;
    return Math.hypot(centreXPx / 2 - x, centreYPx / 2 - y) < 60;
  });
  expect(near).toEqual([true, true, true, true]);
  const blank = { widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels: new Uint8Array(90_000).fill(240) };
  expect(segmentSlap(blank)).toEqual({ fingers: [], isHandGuessed: true });
  expect(() => segmentSlap({ ...blank, widthPx: 301 })).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
  expect(() => segmentSlap(blank, { hand: 'both' as 'right' })).toThrow("give 'right' or 'left' or 'thumbs'");
});

/** Pictures side by side, with a gap of white. */
function collage(pictures: readonly GreyImage[], gapPx: number): GreyImage {
  const widthPx = pictures.reduce((sum, each) => sum + each.widthPx + gapPx, 0);
  const heightPx = Math.max(...pictures.map((each) => each.heightPx));
  const pixels = new Uint8Array(widthPx * heightPx).fill(245);
  let left = 0;
  for (const each of pictures) {
    for (let y = 0; y < each.heightPx; y++) {
      pixels.set(each.pixels.subarray(y * each.widthPx, (y + 1) * each.widthPx), y * widthPx + left);
    }
    left += each.widthPx + gapPx;
  }
  return { widthPx, heightPx, resolutionPpi: 500, pixels };
}

test('several fingers are not one print, unless the caller takes them so', () => {
  const prints = [11, 12, 13].map((seed) => synthesizeImpression(synthesizeFinger(seed), { seed }));
  for (const gapPx of [0, 20, 100]) {
    const image = collage(prints, gapPx);
    expect(extract(image)).toMatchObject({ kind: 'rejected', quality: { fingers: expect.any(Number) } });
    expect(extract(image).guidance[0]).toMatchObject({ flaw: 'several-fingers' });
    expect(extract(image, { acceptSeveral: true }).kind).toBe('features');
  }
  for (const print of prints) expect(extract(print)).toMatchObject({ kind: 'features', quality: { fingers: 1 } });
  const { image } = composeSlap({ seed: 1, hand: 'right', leanDegrees: 0, stepPx: 330, withPhalanges: true });
  expect(extract(image).guidance[0]).toMatchObject({ flaw: 'several-fingers' });
});

test.skipIf(isDataMissing)(`prints of readers show one finger, slaps of cards several${dataNote}`, () => {
  const sets = [
    ['fvc2002-db1b'],
    ['fvc2002-db3b'],
    ['fvc2004-db1b'],
    ['fvc2004-db3b', 512],
    ['fingerjetfx-samples'],
  ] as const;
  // Every tenth, for time; all of them are counted in docs/engine.md.
  const singles = sets.flatMap(([set, ppi = 500]) =>
    listData(set, '.png')
      .filter((_, i) => i % 10 === 3)
      .map((path) => [path, ppi] as const),
  );
  for (const [path, resolutionPpi] of [
    ...singles,
    ['wsq/bitrate-2.25/a039.wsq', 500],
    ['wsq/bitrate-2.25/a129.wsq', 500],
  ] as const) {
    expect(extract(decodeImage(readData(path), { resolutionPpi })).quality.fingers, path).toBe(1);
  }
  for (const name of ['a001', 'a089', 'a107']) {
    const image = decodeImage(readData(`wsq/bitrate-2.25/${name}.wsq`), { resolutionPpi: 500 });
    expect(extract(image).quality.fingers, name).toBeGreaterThan(1);
  }
});
