/** Sensors of 8 mm: what is asked of a touch, and how many touches an enrollment wants. */

import { describe, expect, it } from 'vitest';
import { extract } from '../extract.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { FingerprintEngine } from './fingerprint-engine.ts';

const signal = new AbortController().signal;
const engine = new FingerprintEngine();
const master = synthesizeFinger(41);
const SMALL = { widthPx: 158, heightPx: 158, rotationRad: 0, contact: 1 };

function touch(seed: number, shiftXPx = 0, shiftYPx = 0) {
  return synthesizeImpression(master, { ...SMALL, seed, shiftXPx, shiftYPx });
}

/** Kinds of progress after each touch, until the enrollment is complete. */
async function enroll(places: readonly (readonly [number, number])[]): Promise<string[]> {
  using builder = engine.createEnrollment(1);
  const kinds: string[] = [];
  for (const [i, place] of places.entries()) {
    const result = extract(touch(i + 1, ...place));
    if (result.kind !== 'features') throw new TypeError('a synthetic touch was refused');
    const { kind } = await builder.add(result.features, { signal });
    kinds.push(kind);
    if (kind === 'complete') break;
  }
  return kinds;
}

describe('a sample of a small sensor', () => {
  it('is not called small when it fills the sensor', () => {
    const { quality, guidance } = extract(touch(1));
    expect(quality.areaPx).toBeLessThan(30_000);
    expect(guidance.map(({ flaw }) => flaw)).not.toContain('too-small');
  });

  it('is, when it does not, or comes from a larger sensor', () => {
    const flawsOf = (options: Parameters<typeof extract>[1], contact: number): string[] =>
      extract(synthesizeImpression(master, { ...SMALL, seed: 1, contact }), options).guidance.map(({ flaw }) => flaw);
    expect(flawsOf({}, 0.12)).toContain('too-small');
    expect(flawsOf({ sensor: { widthMm: 16, heightMm: 16 } }, 1)).toContain('too-small');
  });
});

describe('an enrollment with a small sensor', () => {
  it('wants six touches of one place', async () => {
    const same = Array.from({ length: 8 }, () => [0, 0] as const);
    expect(await enroll(same)).toEqual([...new Array<string>(5).fill('more-data'), 'complete']);
  });

  it('wants four that show much of the finger together', async () => {
    const spread = [
      [0, 0],
      [50, 0],
      [0, 50],
      [-45, -35],
      [0, 0],
    ] as const;
    expect(await enroll(spread)).toEqual(['more-data', 'more-data', 'more-data', 'complete']);
  });
});
