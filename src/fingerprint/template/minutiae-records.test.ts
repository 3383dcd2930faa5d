/**
 * Templates to standard minutiae records and back; and records of other extractors, where they are at hand
 * (`../shared/data` beside the repository, or WHORL_TEST_DATA).
 */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBiometricError } from '../../core/biometric-error.ts';
import { decodePng } from '../../formats/image/png.ts';
import { convertMinutiaeRecord, decodeMinutiaeRecord, encodeMinutiaeRecord } from '../../formats/minutiae/index.ts';
import { extract, extractImpression } from '../extract.ts';
import { importMinutiae } from '../import-minutiae.ts';
import { angleBetween } from '../minutia.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { compare } from '../verify.ts';
import { decodeMinutiae } from './decode-minutiae.ts';
import { exportMinutiae } from './export-minutiae.ts';
import { decodeTemplate, encodeTemplate } from './template-codec.ts';

const impressions = [
  [81, 1],
  [81, 2],
  [82, 1],
].map(([finger, seed]) => extractImpression(synthesizeImpression(synthesizeFinger(finger!), { seed: seed! })));
const [first, second, other] = impressions.map((impression) => encodeTemplate([impression]));
const FORMATS = [
  'iso-19794-2-2005',
  'iso-19794-2-2011',
  'ansi-378-2004',
  'ansi-378-2009',
  'ansi-378-2009-am1',
] as const;
const data = process.env.WHORL_TEST_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

describe.each(FORMATS)('minutiae as %s', (format) => {
  it('come back where they were', () => {
    const record = exportMinutiae(first!, { format, position: 7 });
    expect(decodeMinutiaeRecord(record)).toMatchObject({ format, views: [{ position: 7 }] });
    const before = decodeMinutiae(decodeTemplate(first!)[0]!);
    const after = decodeMinutiae(decodeTemplate(importMinutiae(record))[0]!);
    expect(after).toHaveLength(before.length);
    for (const m of before) {
      const near = after.find((a) => Math.abs(a.xPx - m.xPx) <= 0.5 && Math.abs(a.yPx - m.yPx) <= 0.5);
      expect(near).toMatchObject({ type: m.type });
      // ANSI counts angles in steps of two degrees.
      expect(angleBetween(near!.directionRad, m.directionRad)).toBeLessThan(0.03);
      expect(near!.quality).toBeCloseTo(m.quality, 1);
    }
  });

  it('are compared with templates and with one another', () => {
    const [a, b, c] = [first, second, other].map((template) => importMinutiae(exportMinutiae(template!, { format })));
    expect(compare(a!, b!)).toBeGreaterThan(5);
    expect(compare(first!, b!)).toBeGreaterThan(5);
    expect(compare(a!, c!)).toBeLessThan(3);
    expect(compare(first!, c!)).toBeLessThan(3);
  });
});

describe('minutiae records', () => {
  it('hold every impression of a template', () => {
    const template = encodeTemplate(impressions.slice(0, 2));
    const record = exportMinutiae(template);
    expect(decodeMinutiaeRecord(record).views.map(({ view }) => view)).toEqual([0, 1]);
    expect(decodeTemplate(importMinutiae(record))).toHaveLength(2);
  });

  it('of several fingers want one chosen', () => {
    const { views, ...rest } = decodeMinutiaeRecord(exportMinutiae(first!, { position: 2 }));
    const record = encodeMinutiaeRecord({ ...rest, views: [...views, { ...views[0]!, position: 3 }] });
    expect(() => importMinutiae(record)).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
    expect(decodeTemplate(importMinutiae(record, { position: 3 }))).toHaveLength(1);
    expect(() => importMinutiae(record, { position: 4 })).toThrow(/no finger 4/);
    expect(() => exportMinutiae(first!, { position: 11 })).toThrow(/0 to 10/);
  });

  it('are scaled to 500 ppi', () => {
    const record = decodeMinutiaeRecord(exportMinutiae(first!));
    const views = record.views.map((view) => ({
      ...view,
      widthPx: 2 * view.widthPx,
      heightPx: 2 * view.heightPx,
      xPixelsPerCm: 2 * view.xPixelsPerCm,
      yPixelsPerCm: 2 * view.yPixelsPerCm,
      minutiae: view.minutiae.map((m) => ({ ...m, xPx: 2 * m.xPx, yPx: 2 * m.yPx })),
    }));
    expect(compare(importMinutiae(encodeMinutiaeRecord({ ...record, views })), first!)).toBeGreaterThan(8);
    const coarse = record.views.map((view) => ({ ...view, xPixelsPerCm: 60 }));
    const bytes = encodeMinutiaeRecord(convertMinutiaeRecord({ ...record, views: coarse }, 'ansi-378-2004'));
    expect(() => importMinutiae(bytes, { lenient: true })).toThrow(/too coarse/);
  });

  it.each([0, 40])('whose header states an image of %i pixels keep every minutia in its place', (side) => {
    const read = (template: Uint8Array, size: number): Uint8Array => {
      const bytes = exportMinutiae(template);
      const view = new DataView(bytes.buffer);
      for (const at of [14, 16]) view.setUint16(at, size);
      return importMinutiae(bytes, { lenient: true });
    };
    const places = (template: Uint8Array) => decodeMinutiae(decodeTemplate(template)[0]!);
    for (const template of [first!, other!]) expect(places(read(template, side))).toEqual(places(read(template, 800)));
    expect(compare(read(first!, side), read(other!, side))).toBeLessThan(3);
    expect(compare(read(first!, side), read(second!, side))).toBeGreaterThan(5);
    const far = exportMinutiae(first!);
    new DataView(far.buffer).setUint16(28, 0x7fff);
    expect(() => importMinutiae(far, { lenient: true })).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
  });

  it('that are broken give coded errors', () => {
    const valid = exportMinutiae(first!);
    const change = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(change, fc.boolean(), (edits, lenient) => {
        const bytes = Uint8Array.from(valid);
        for (const [at, value] of edits) bytes[at] = value;
        try {
          decodeTemplate(importMinutiae(bytes, { lenient }));
        } catch (error) {
          if (!isBiometricError(error)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(!existsSync(data))(`records of other extractors (skipped where ${data} is absent)`, () => {
  const read = (name: string): Uint8Array => readFileSync(`${data}/${name}`);

  it('match one another', () => {
    const [probe, matching, nonMatching] = ['probe', 'matching', 'nonmatching'].map((name) =>
      importMinutiae(read(`templates/sourceafis-iso19794-2-2005/${name}.iso`), { lenient: true }),
    );
    expect(compare(probe!, matching!)).toBeGreaterThan(8);
    expect(compare(probe!, nonMatching!)).toBeLessThan(2);
  });

  it.each(['a001_03p', 'a001_05p', 'a001_06p', 'a001_07p', 'a004_05p', 'b001_04p'])('match the image %s', (name) => {
    const image = decodePng(read(`fingerjetfx-samples/${name}.png`), { resolutionPpi: 500 });
    const result = extract(image);
    const record = importMinutiae(read(`templates/fingerjetfx-iso19794-2-2005/${name}.ist`), { lenient: true });
    expect(result.kind === 'features' && compare(result.features, record)).toBeGreaterThan(6);
    expect(result.kind === 'features' && compare(result.features, first!)).toBeLessThan(2);
  });
});
