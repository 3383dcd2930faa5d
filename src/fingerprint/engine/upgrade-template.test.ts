/** Templates of version 1 get the phase samples of the pictures they were made of, and nothing else. */

import { expect, it } from 'vitest';
import { extractImpression } from '../extract.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import type { Impression } from '../template/impression.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import { compare } from '../verify.ts';
import type { CompareImpressions } from './compare-impressions.ts';
import { executeTask } from './engine-tasks.ts';
import { upgradeTemplate } from './upgrade-template.ts';

const finger = synthesizeFinger(61);
const [first, second, third] = [1, 2, 3].map((seed) => extractImpression(synthesizeImpression(finger, { seed }))) as [
  Impression,
  Impression,
  Impression,
];
const { signal } = new AbortController();
const comparing: CompareImpressions = async (probe, references) =>
  executeTask({ kind: 'compare', probe, references, cancel: new SharedArrayBuffer(4) });
const upgrade = (template: Uint8Array, features: Impression) =>
  upgradeTemplate(comparing, template, encodeTemplate([features]), signal);

it('replaces the impression that the picture gave, and no other', async () => {
  const old = encodeTemplate([bare(first), bare(second)]);
  expect(old[4]).toBe(1);
  const upgraded = await upgrade(old, second);
  expect(decodeTemplate(upgraded!)).toEqual([bare(first), second]);
  const whole = await upgrade(upgraded!, first);
  expect(decodeTemplate(whole!)).toEqual([first, second]);
  expect(compare(encodeTemplate([third]), whole!)).toBeGreaterThan(compare(encodeTemplate([third]), old));
});

it('leaves a template as it is that has nothing of the picture, or everything', async () => {
  const old = encodeTemplate([bare(first), second]);
  expect(await upgrade(old, second)).toBeUndefined();
  expect(await upgrade(old, third)).toBeUndefined();
  expect(await upgrade(old, bare(first))).toBeUndefined();
  expect(
    await upgrade(old, extractImpression(synthesizeImpression(synthesizeFinger(62), { seed: 1 }))),
  ).toBeUndefined();
});

it('compares mixed galleries right: with samples where both have them', () => {
  for (const [probe, reference] of [
    [bare(first), second],
    [first, bare(second)],
    [bare(first), bare(second)],
  ] as const) {
    const score = compare(encodeTemplate([probe]), encodeTemplate([reference]));
    expect(score).toBeGreaterThan(6);
    expect(score).toBeLessThan(compare(encodeTemplate([first]), encodeTemplate([second])));
  }
});

function bare({ texture: _, ...impression }: Impression): Impression {
  return impression;
}
