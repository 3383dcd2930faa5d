/** One picture given several times makes no finger more certain: not while enrolling, not in a template, not by import. */

import { expect, test } from 'vitest';
import { dataNote, isDataMissing, listData, readData } from '../../../test/support/test-data.ts';
import { WINBIO_FP_MERGE_FAILURE } from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { decodePng } from '../../formats/image/png.ts';
import { Comparer } from '../comparison/comparer.ts';
import { distinctTemplate } from '../comparison/distinct-views.ts';
import { prepareImpression } from '../comparison/prepared-template.ts';
import { extract, extractImpression } from '../extract.ts';
import { SAME_IMPRESSION } from '../parameters.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeMinutiae } from '../synthesis/minutia-map.ts';
import { Random } from '../synthesis/random.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { synthesizeTemplate } from '../synthesis/synthesize-template.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import { FingerprintEngine } from './fingerprint-engine.ts';

const { signal } = new AbortController();
const engine = new FingerprintEngine();

function picture(finger: number, impression: number): GreyImage {
  return synthesizeImpression(synthesizeFinger(finger), { seed: impression });
}

function featuresOf(image: GreyImage): Uint8Array {
  const result = extract(image);
  if (result.kind !== 'features') throw new TypeError('rejected');
  return result.features;
}

/** The picture moved by whole pixels, with noise over it. */
function altered({ widthPx, heightPx, pixels, ...rest }: GreyImage, shiftPx: number, noise: number): GreyImage {
  const random = new Random(3);
  const changed = pixels.map((_, at) => {
    const x = Math.max(0, (at % widthPx) - shiftPx);
    const y = Math.max(0, Math.floor(at / widthPx) - shiftPx);
    return Math.max(0, Math.min(255, Math.round(pixels[y * widthPx + x]! + noise * random.normal())));
  });
  return { widthPx, heightPx, ...rest, pixels: changed };
}

test('an impression that was given before, or nearly, is refused and changes nothing', async () => {
  for (const finger of [31, 35, 38]) {
    const first = picture(finger, 1);
    using builder = engine.createEnrollment(1);
    await builder.add(featuresOf(first), { signal });
    const { percentComplete } = builder.progress;
    for (const again of [first, altered(first, 3, 0), altered(first, 0, 5), altered(first, 1, 3), first]) {
      const refused = { kind: 'rejected', detail: WINBIO_FP_MERGE_FAILURE, percentComplete };
      expect(await builder.add(featuresOf(again), { signal })).toMatchObject(refused);
    }
    // Real touches complete it, as if nothing had been between.
    for (const impression of [2, 3]) await builder.add(featuresOf(picture(finger, impression)), { signal });
    expect(builder.progress.kind).toBe('complete');
    expect(decodeTemplate(builder.template())).toHaveLength(3);
  }
});

test('a picture given twice does not outvote a first impression', async () => {
  using builder = engine.createEnrollment(1);
  await builder.add(featuresOf(picture(31, 1)), { signal });
  const other = featuresOf(picture(32, 1));
  for (let time = 0; time < 3; time++) {
    expect(await builder.add(other, { signal })).toMatchObject({ kind: 'rejected', detail: WINBIO_FP_MERGE_FAILURE });
  }
  for (const impression of [2, 3]) await builder.add(featuresOf(picture(31, impression)), { signal });
  expect(builder.progress.kind).toBe('complete');
});

test('no stranger scores more against a view that is stored three times', async () => {
  const owner = synthesizeTemplate(synthesizeMinutiae(1), 1);
  const thrice = encodeTemplate([0, 1, 2].flatMap(() => decodeTemplate(owner)));
  expect(decodeTemplate(distinctTemplate(thrice))).toHaveLength(1);
  let most = 0;
  for (let stranger = 2; stranger < 1200; stranger++) {
    const probe = synthesizeTemplate(synthesizeMinutiae(stranger), 1);
    const [once, repeated] = await Promise.all(
      [owner, thrice].map(async (template) => (await engine.verify(probe, [template], { signal })).score),
    );
    expect(repeated).toBeLessThanOrEqual(once!);
    most = Math.max(most, once!);
  }
  expect(most).toBeGreaterThan(1);
});

test('views of a template that differ stay', () => {
  const template = encodeTemplate([1, 2, 3].flatMap((seed) => decodeTemplate(featuresOf(picture(31, seed)))));
  expect(distinctTemplate(template)).toBe(template);
});

test.skipIf(isDataMissing)(`touches of real fingers are not taken for one picture${dataNote}`, () => {
  const comparer = new Comparer();
  let refused = 0;
  let compared = 0;
  for (const set of ['fvc2002-db1b', 'fvc2004-db3b']) {
    const views = listData(set, '.png').map((path) => ({
      finger: path.slice(path.lastIndexOf('/') + 1).split('_')[0],
      words: prepareImpression(extractImpression(decodePng(readData(path), { resolutionPpi: 500 }))),
    }));
    for (const [i, a] of views.entries()) {
      for (const b of views.slice(i + 1).filter(({ finger }) => finger === a.finger)) {
        comparer.compare(a.words, 0, b.words, 0);
        compared += 1;
        if (comparer.coincidence() >= SAME_IMPRESSION.share) refused += 1;
      }
    }
  }
  expect(compared).toBe(560);
  expect(refused).toBe(0);
});
