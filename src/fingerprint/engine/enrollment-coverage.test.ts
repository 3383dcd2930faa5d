/** What of a finger an enrollment says it has seen. */

import { describe, expect, it } from 'vitest';
import type { FingerCoverage } from '../../core/finger-coverage.ts';
import { extractMinutiae } from '../extraction/extract-minutiae.ts';
import type { CellMask } from '../extraction/planes.ts';
import { CELL_PX } from '../parameters.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { type ImpressionOptions, synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { describeImpression } from '../template/describe-impression.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import { FingerprintEngine } from './fingerprint-engine.ts';

const signal = new AbortController().signal;
const engine = new FingerprintEngine();
const master = synthesizeFinger(41);

/** Features of an impression that lies straight on a small sensor, stretched as skin is, and what of the image was finger. */
function impression(options: Partial<ImpressionOptions>): { features: Uint8Array; mask: CellMask } {
  const straight = { seed: 1, rotationRad: 0, distortionPx: 2, shiftXPx: 0, shiftYPx: 0, widthPx: 220, heightPx: 240 };
  const extraction = extractMinutiae(synthesizeImpression(master, { ...straight, contact: 1, ...options }));
  return { features: encodeTemplate([describeImpression(extraction)]), mask: extraction.mask };
}

/** Square millimetres that the first mask and the others, moved back by their shifts (in cells), cover together. */
function unionMm2(masks: readonly { mask: CellMask; shiftX: number; shiftY: number }[]): number {
  const seen = new Set<string>();
  for (const { mask, shiftX, shiftY } of masks) {
    mask.cells.forEach((inside, cell) => {
      const column = cell % mask.columns;
      const row = (cell - column) / mask.columns;
      if (inside === 1) seen.add(`${column - shiftX} ${row - shiftY}`);
    });
  }
  return seen.size * ((CELL_PX * 25.4) / 500) ** 2;
}

async function coverageOf(all: readonly Uint8Array[]): Promise<FingerCoverage[]> {
  using builder = engine.createEnrollment(1);
  const coverages: FingerCoverage[] = [];
  for (const features of all) coverages.push((await builder.add(features, { signal })).coverage!);
  return coverages;
}

describe('the coverage of an enrollment', () => {
  const shifts = [
    [0, 0],
    [15, 0],
    [0, -20],
  ] as const;
  const shifted = shifts.map(([shiftX, shiftY], i) => ({
    ...impression({ seed: i + 1, shiftXPx: CELL_PX * shiftX, shiftYPx: CELL_PX * shiftY }),
    shiftX,
    shiftY,
  }));

  it('is unknown before the first impression', () => {
    using builder = engine.createEnrollment(1);
    expect(builder.progress.coverage).toBeUndefined();
  });

  it('is the union of what the impressions show, laid on each other', async () => {
    const coverages = await coverageOf(shifted.map(({ features }) => features));
    coverages.forEach(({ areaMm2, cellMm, columns, rows, views }, i) => {
      const union = unionMm2(shifted.slice(0, i + 1));
      expect(areaMm2 / union).toBeGreaterThan(0.95);
      expect(areaMm2 / union).toBeLessThan(1.05);
      expect([cellMm, views.length, Math.max(...views)]).toEqual([1, columns * rows, i + 1]);
      expect(views.filter((count) => count > 0)).toHaveLength(areaMm2);
    });
  });

  it('lies as the first impression lies, however the others were turned', async () => {
    const turned = impression({ seed: 4, rotationRad: 0.6 });
    const [alone, both] = await coverageOf([shifted[0]!.features, turned.features]);
    // A rectangle of 11 by 12 mm, and one turned by a third of a right angle, whose corners stand out.
    expect(both!.areaMm2 / alone!.areaMm2).toBeGreaterThan(1.05);
    expect(both!.areaMm2 / alone!.areaMm2).toBeLessThan(1.25);
    expect(both!.columns - alone!.columns).toBeGreaterThan(1);
    expect(both!.columns - alone!.columns).toBeLessThan(6);
  });

  it('stays when impressions are dropped that show nothing new, and grows when one does', async () => {
    const again = Array.from({ length: 8 }, (_, i) => ({ ...impression({ seed: 10 + i }), shiftX: 0, shiftY: 0 }));
    const given = [shifted[2]!, ...again];
    const coverages = await coverageOf([...given, shifted[1]!].map(({ features }) => features));
    // The first one lies elsewhere than the others; no two have the same rim.
    const union = unionMm2(given);
    for (const { areaMm2, views } of coverages.slice(6, -1)) {
      expect(areaMm2 / union).toBeGreaterThan(0.92);
      expect(areaMm2 / union).toBeLessThan(1.03);
      expect(Math.max(...views)).toBeLessThanOrEqual(6);
    }
    expect(coverages.at(-1)!.areaMm2).toBeGreaterThan(coverages.at(-2)!.areaMm2 * 1.08);
  });

  it('is that of the enrollment before a refused impression', async () => {
    using builder = engine.createEnrollment(1);
    const { coverage } = await builder.add(shifted[0]!.features, { signal });
    const other = extractMinutiae(synthesizeImpression(synthesizeFinger(42), { seed: 1 }));
    const refused = await builder.add(encodeTemplate([describeImpression(other)]), { signal });
    expect(refused).toMatchObject({ kind: 'rejected', coverage });
  });

  it('of features that say nothing of the mask is what lies around the minutiae', async () => {
    const [bare] = decodeTemplate(shifted[0]!.features);
    const features = encodeTemplate([{ ...bare!, descriptors: bare!.descriptors.map(() => 0) }]);
    const [coverage] = await coverageOf([features]);
    expect(coverage!.areaMm2).toBeGreaterThan(bare!.count);
    expect(coverage!.areaMm2).toBeLessThan(unionMm2([shifted[0]!]));
  });
});
