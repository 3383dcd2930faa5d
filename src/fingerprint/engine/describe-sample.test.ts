/** Samples as people look at them. */

import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../core/grey-image.ts';
import type { SamplePicture } from '../../core/sample-picture.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { extract } from '../extract.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import { compare } from '../verify.ts';
import { executeTask } from './engine-tasks.ts';
import { FingerprintEngine } from './fingerprint-engine.ts';

const signal = new AbortController().signal;
const engine = new FingerprintEngine();
const [first, second, third, other] = [
  [51, 1],
  [51, 2],
  [51, 3],
  [52, 1],
].map(([finger, seed]) => synthesizeImpression(synthesizeFinger(finger!), { seed: seed! }));

const sampleOf = (image: GreyImage): Uint8Array => encodeFingerprintSample(image, { purpose: 1 });

function featuresOf(image: GreyImage): Uint8Array {
  const result = extract(image);
  if (result.kind !== 'features') throw new TypeError('rejected');
  return result.features;
}

function picture(image: GreyImage, template?: Uint8Array): Promise<SamplePicture> {
  return engine.describe(sampleOf(image), template, { signal });
}

describe('the picture of a sample', () => {
  it('has the image and the minutiae that extraction finds', async () => {
    const sample = sampleOf(first!);
    const seen = await engine.describe(sample, undefined, { signal });
    sample.fill(0);
    expect(seen.image).toEqual(first);
    const result = extract(first!);
    expect(result.kind === 'features' && result.minutiae).toEqual(seen.minutiae);
    expect(seen.reference).toBeUndefined();
  });

  it('says which way the ridges run, and where no finger is', async () => {
    for (const [angle, stripes] of [0, 30, 90, 135, 178].map((degrees) => [degrees, ridges(degrees)] as const)) {
      const { cellPx, columns, rows, degrees } = (await picture(stripes)).flow;
      expect([cellPx, columns, rows]).toEqual([4, 75, 75]);
      expect(degrees[0]).toBe(255);
      const inside = degrees.filter((value) => value !== 255);
      expect(inside.length).toBeGreaterThan(2000);
      expect(Math.max(...inside)).toBeLessThan(180);
      const near = inside.filter((value) => [value, value + 180, value - 180].some((v) => Math.abs(v - angle) < 6));
      expect(near.length / inside.length).toBeGreaterThan(0.9);
    }
  });

  it('shows the impression of a template that is most like it, and the minutiae they share', async () => {
    const [near, far] = [second!, other!].map(featuresOf);
    const template = encodeTemplate([far!, near!].flatMap(decodeTemplate));
    const { minutiae, reference } = await picture(first!, template);
    expect(reference!.score).toBeCloseTo(compare(featuresOf(first!), near!), 10);
    expect(reference!.minutiae).toHaveLength(decodeTemplate(near!)[0]!.count);
    expect(reference!.pairs.length).toBeGreaterThan(12);
    // The same finger moved: shared minutiae keep their distances.
    const distance = (list: typeof minutiae, i: number, j: number): number =>
      Math.hypot(list[i]!.xPx - list[j]!.xPx, list[i]!.yPx - list[j]!.yPx);
    const [sample, ofReference] = reference!.pairs[0]!;
    for (const [i, j] of reference!.pairs) {
      const difference = distance(minutiae, sample, i) - distance(reference!.minutiae, ofReference, j);
      expect(Math.abs(difference)).toBeLessThan(25);
    }
  });

  it('of another finger has a low score', async () => {
    const { reference } = await picture(third!, featuresOf(other!));
    expect(reference!.score).toBeLessThan(3);
  });

  it('is there for a sample that extraction rejects', async () => {
    const blank = { widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels: new Uint8Array(90_000).fill(255) };
    const { image, minutiae, flow, reference } = await picture(blank, featuresOf(first!));
    expect(image).toEqual(blank);
    expect(minutiae).toEqual([]);
    expect(flow.degrees.every((value) => value === 255)).toBe(true);
    expect(reference).toMatchObject({ pairs: [], score: 0 });
    expect(reference!.minutiae.length).toBeGreaterThan(10);
  });

  it('is refused for what is no sample or no template, and canceled like any other work', async () => {
    await expect(engine.describe(new Uint8Array(7), undefined, { signal })).rejects.toMatchObject({
      code: 'WHORL_E_MALFORMED',
    });
    await expect(picture(first!, new Uint8Array(9))).rejects.toMatchObject({ code: 'WHORL_E_MALFORMED' });
    const aborted = { signal: AbortSignal.abort() };
    await expect(engine.describe(sampleOf(first!), undefined, aborted)).rejects.toMatchObject({
      code: 'WINBIO_E_CANCELED',
    });
    const cancel = new SharedArrayBuffer(4);
    new Int32Array(cancel)[0] = 1;
    expect(() => executeTask({ kind: 'describe', sample: sampleOf(first!), cancel })).toThrow(
      expect.objectContaining({ code: 'WINBIO_E_CANCELED' }),
    );
  });

  it('survives the way between threads', async () => {
    const cancel = new SharedArrayBuffer(4);
    const result = executeTask({
      kind: 'describe',
      sample: sampleOf(first!),
      template: featuresOf(second!),
      cancel,
    });
    expect(structuredClone(result)).toEqual(await picture(first!, featuresOf(second!)));
  });
});

/** Parallel ridges, eight pixels apart, in a disc. */
function ridges(degrees: number): GreyImage {
  const side = 300;
  const angle = (degrees * Math.PI) / 180;
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) - side / 2;
    const y = Math.floor(i / side) - side / 2;
    if (Math.hypot(x, y) > 130) return 255;
    // Across the ridges, with y down.
    const across = x * Math.sin(angle) + y * Math.cos(angle);
    return Math.round(128 + 110 * Math.cos((2 * Math.PI * across) / 8));
  });
  return { widthPx: side, heightPx: side, resolutionPpi: 500, pixels };
}
