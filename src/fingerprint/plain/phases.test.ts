/** The kernel's comparison of phase samples against its plain form. */

import { describe, expect, it } from 'vitest';
import { align, firstMotion } from '../comparison/alignment.ts';
import { PhaseComparison } from '../comparison/phase-agreement.ts';
import { prepareImpression } from '../comparison/prepared-template.ts';
import { Relaxation } from '../comparison/relaxation.ts';
import { createWorkspace, loadSide } from '../comparison/workspace.ts';
import { extractImpression } from '../extract.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import type { Impression } from '../template/impression.ts';
import { plainPhases } from './plain-phases.ts';

const [first, second, turned, other] = [
  impression(21, { seed: 1 }),
  impression(21, { seed: 2 }),
  impression(21, { seed: 3, rotationRad: 0.7 }),
  impression(22, { seed: 1 }),
] as [Impression, Impression, Impression, Impression];

describe('kernel: agreement of ridges', () => {
  it.each([
    ['mated', first, second],
    ['mated and turned', first, turned],
    ['non-mated', first, other],
    ['equal', first, first],
  ])('%s', (name, a, b) => {
    const { space, rigid, phases } = laidOn(a, b);
    const found = phases.ofAlignment(space, rigid)!;
    const pairs = Array.from(space.partnerOfA.subarray(0, space.a.count)).flatMap((j, i) => {
      if (j < 0) return [];
      const [x, y] = [space.b.x[j]!, space.b.y[j]!];
      const restX = x - (rigid.cos * space.a.x[i]! - rigid.sin * space.a.y[i]! + rigid.dx);
      const restY = y - (rigid.sin * space.a.x[i]! + rigid.cos * space.a.y[i]! + rigid.dy);
      return [{ x, y, restX, restY }];
    });
    const plain = plainPhases(a.texture!, b.texture!, rigid, pairs);
    const stiff = plainPhases(a.texture!, b.texture!, rigid, []);
    expect(Math.abs(phases.ofMotion(rigid)!.near - stiff.near)).toBeLessThan(0.005);
    // A place of B near the border of two of A may fall to either.
    expect(Math.abs(found.near - plain.near)).toBeLessThan(0.005);
    expect(Math.abs(found.far - plain.far)).toBeLessThan(0.005);
    expect(Math.abs(found.overlapMm2 - plain.overlapMm2)).toBeLessThan(0.01 * plain.overlapMm2 + 0.5);
    if (name === 'non-mated') expect(found.near + found.far).toBeLessThan(0.3);
    else expect(found.near + found.far).toBeGreaterThan(0.8);
  });

  it('says nothing of prints without samples', () => {
    const { texture: _, ...bare } = first;
    const { space, rigid, phases } = laidOn(first, bare);
    expect(phases.ofAlignment(space, rigid)).toBeUndefined();
  });
});

/** Two prints, aligned, with their samples loaded. */
function laidOn(a: Impression, b: Impression) {
  const space = createWorkspace();
  const [aWords, bWords] = [prepareImpression(a), prepareImpression(b)];
  loadSide(space.a, aWords, 0);
  loadSide(space.b, bWords, 0);
  const { seed } = new Relaxation(space.kernel).run(space, 0);
  const { rigid } = align(space, firstMotion(space, seed), aWords, 0, bWords, 0);
  const phases = new PhaseComparison(space.kernel);
  phases.load(space, aWords, 0, bWords, 0);
  return { space, rigid, phases };
}

function impression(finger: number, options: Parameters<typeof synthesizeImpression>[1]): Impression {
  return extractImpression(synthesizeImpression(synthesizeFinger(finger), options));
}
