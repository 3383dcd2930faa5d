/** The kernel's codes and first stage of a search against their plain forms. */

import { describe, expect, it } from 'vitest';
import { prepareImpression } from '../comparison/prepared-template.ts';
import { ROW_CYLINDER, ROW_WORDS } from '../comparison/prepared-view.ts';
import { extractImpression } from '../extract.ts';
import { CODE } from '../parameters.ts';
import { BLOCK_BYTES } from '../search/arena.ts';
import { FirstStage } from '../search/first-stage.ts';
import { codeModel } from '../search/view-coder.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { Random } from '../synthesis/random.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { DESCRIPTOR_BYTES, type Impression } from '../template/impression.ts';
import { encodeTemplate, impressionStarts } from '../template/template-codec.ts';
import { plainCode } from './plain-codes.ts';
import { codedMinutiae, plainFirstStage, plainWeight } from './plain-first-stage.ts';

const stage = new FirstStage();
const impressions = [
  [61, 1],
  [61, 2],
  [62, 1],
].map(([finger, seed]) => extractImpression(synthesizeImpression(synthesizeFinger(finger!), { seed: seed! })));
const none = { ...impressions[0]!, count: 0 };
const [mated, near, other] = impressions as [Impression, Impression, Impression];

function recordOf(impression: Impression): Uint8Array {
  const template = encodeTemplate([impression]);
  return stage.code(template, impressionStarts(template)[0]!).slice();
}

/** Weight of the minutiae that have a code, in order of their direction. */
function weightOf(impression: Impression): number {
  const words = prepareImpression(impression);
  const coded = Array.from({ length: impression.count }, (_, i) => i)
    .filter((i) => words[ROW_WORDS * (i + 1) + 1]! >> 16 > 0)
    .sort((i, j) => impression.direction[i]! - impression.direction[j]!);
  return plainWeight(coded.map((i) => impression.minutiaQuality[i]!));
}

describe('kernel: codes', () => {
  it.each([mated, near, other])('are the plain form, to the bit', (impression) => {
    const words = prepareImpression(impression);
    const plain = Array.from({ length: impression.count }, (_, i) => ({ i, row: ROW_WORDS * (i + 1) }))
      .filter(({ row }) => words[row + 1]! >> 16 > 0)
      .map(({ i, row }) => ({
        code: plainCode(
          codeModel(),
          Uint8Array.from({ length: CODE.cylinderBits }, (_, bit) => {
            return (words[row + ROW_CYLINDER + (bit >> 5)]! >>> (bit & 31)) & 1;
          }),
        ),
        x: Math.floor((impression.x[i]! + 4) / 8) / 2,
        y: Math.floor((impression.y[i]! + 4) / 8) / -2,
        direction: impression.direction[i]!,
      }))
      .sort((p, q) => p.direction - q.direction);
    const record = recordOf(impression);
    expect(codedMinutiae(record)).toEqual(plain);
    expect(new DataView(record.buffer).getFloat32(12, true)).toBe(weightOf(impression));
  });
});

describe('kernel: first stage', () => {
  it.each([false, true])('is the plain form, to the bit, over a block with gaps, turned: %s', (turned) => {
    const references = [mated, none, near, other, other];
    const records = references.map(recordOf);
    for (const probe of [mated, near, other, none]) {
      const template = encodeTemplate([probe]);
      stage.loadProbe(template, impressionStarts(template)[0]!, turned);
      const block = new Uint8Array(BLOCK_BYTES);
      let at = 0;
      records.forEach((record, i) => {
        block.set(record, at);
        // The fourth is a gap.
        new DataView(block.buffer).setInt32(at, i === 3 ? 0 : i + 1, true);
        at += record.length;
      });
      const found: [number, number][] = [];
      stage.score(block, (slot, score) => found.push([slot, score]));
      const minutiae = codedMinutiae(recordOf(probe));
      const plain = [0, 1, 2, 4].map((i) => {
        return [i, plainFirstStage(minutiae, codedMinutiae(records[i]!), weightOf(references[i]!), turned)];
      });
      expect(found).toEqual(plain);
    }
  });

  it('is the plain form for as many minutiae as there can be, all alike', () => {
    const random = new Random(8);
    const crowd = (directions: number): Impression => ({
      widthPx: 400,
      heightPx: 400,
      quality: 50,
      count: 255,
      x: Uint16Array.from({ length: 255 }, () => 6400 * random.uniform()),
      y: Uint16Array.from({ length: 255 }, () => 6400 * random.uniform()),
      direction: Uint8Array.from({ length: 255 }, () => 250 + directions * random.uniform()),
      bifurcation: new Uint8Array(255),
      minutiaQuality: new Uint8Array(255),
      descriptors: new Uint8Array(255 * DESCRIPTOR_BYTES),
    });
    for (const [directions, turned] of [
      [1, false],
      [12, false],
      [256, false],
      [256, true],
    ] as const) {
      const probe = crowd(directions);
      const template = encodeTemplate([probe]);
      stage.loadProbe(template, impressionStarts(template)[0]!, turned);
      for (const reference of [probe, crowd(directions)]) {
        const record = recordOf(reference);
        new DataView(record.buffer).setInt32(0, 1, true);
        const scores: number[] = [];
        stage.score(record, (_slot, score) => scores.push(score));
        const minutiae = codedMinutiae(recordOf(probe));
        expect(scores).toEqual([plainFirstStage(minutiae, codedMinutiae(record), weightOf(reference), turned)]);
      }
    }
  });
});
