/** Templates made without images: reproducible, distinct, and alike where they should be. */

import { describe, expect, it } from 'vitest';
import { decodeTemplate } from '../template/template-codec.ts';
import { compare } from '../verify.ts';
import { FingerFlow } from './finger-flow.ts';
import { randomPattern, ridgeOrientation } from './finger-pattern.ts';
import { synthesizeMinutiae } from './minutia-map.ts';
import { Random } from './random.ts';
import { synthesizeTemplate } from './synthesize-template.ts';

const fingers = Array.from({ length: 60 }, (_, i) => synthesizeMinutiae(900 + i));
const references = fingers.map((finger) => synthesizeTemplate(finger, 1));
const probes = fingers.map((finger) => synthesizeTemplate(finger, 2));

describe('synthesizeTemplate', () => {
  it('is the same for the same seeds and another for others', () => {
    expect(synthesizeTemplate(synthesizeMinutiae(900), 1)).toEqual(references[0]);
    expect(new Set([...references, ...probes].map((template) => template.join())).size).toBe(120);
    expect(() => synthesizeMinutiae(0.5)).toThrow(TypeError);
  });

  it('tells fingers apart, and finds impressions of one alike', () => {
    const mated = probes.map((probe, i) => compare(probe, references[i]!)).sort((a, b) => a - b);
    const nonMated = probes.map((probe, i) => compare(probe, references[(i + 1) % 60]!));
    expect(mated[6]).toBeGreaterThan(5);
    expect(mated[30]).toBeGreaterThan(8);
    expect(Math.max(...nonMated)).toBeLessThan(4);
  });

  it('has as many minutiae as prints have', () => {
    const counts = references.map((template) => decodeTemplate(template)[0]!.count).sort((a, b) => a - b);
    expect(counts[30]).toBeGreaterThan(30);
    expect(counts[30]).toBeLessThan(55);
    expect(counts[0]).toBeGreaterThan(12);
  });
});

describe('FingerFlow', () => {
  it('is the orientation of the pattern when nothing wobbles', () => {
    const random = new Random(4);
    for (let finger = 0; finger < 20; finger++) {
      const pattern = randomPattern(random);
      const flow = new FingerFlow(pattern, random, 0);
      for (let n = 0; n < 50; n++) {
        const x = Math.round(random.between(-150, 150));
        const y = Math.round(random.between(-200, 200));
        flow.at(x, y);
        const difference = Math.atan2(flow.sin2, flow.cos2) - 2 * ridgeOrientation(pattern, x, y);
        expect(Math.abs(Math.sin(difference / 2))).toBeLessThan(0.005);
      }
    }
  });
});
