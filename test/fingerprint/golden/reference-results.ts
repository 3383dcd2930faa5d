/**
 * Reference results of the engine: what it makes of synthetic prints, clean, damaged and cropped, all of them made by
 * seed. One file a version of the engine; tools/golden.ts writes and compares them.
 */

import { existsSync, readFileSync } from 'node:fs';
import type { GreyImage } from '../../../src/core/grey-image.ts';
import { cropImage } from '../../../src/evaluation/crop-image.ts';
import { DAMAGE_KINDS, damageImage } from '../../../src/evaluation/damage/damage-image.ts';
import { ENGINE_VERSION } from '../../../src/fingerprint/engine-version.ts';
import { extractMinutiae } from '../../../src/fingerprint/extraction/extract-minutiae.ts';
import { synthesizeFinger } from '../../../src/fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../../src/fingerprint/synthesis/synthesize-impression.ts';
import { describeImpression } from '../../../src/fingerprint/template/describe-impression.ts';
import type { Impression } from '../../../src/fingerprint/template/impression.ts';
import { encodeTemplate } from '../../../src/fingerprint/template/template-codec.ts';
import { compare } from '../../../src/fingerprint/verify.ts';

/** A minutia of a print: pixels at 500 ppi, degrees counter-clockwise. */
export type ReferenceMinutia = readonly [xPx: number, yPx: number, directionDegrees: number];

/** A print and its template. */
export interface ReferencePrint {
  readonly name: string;
  /** FNV-1a of the template, 32 bits. */
  readonly template: string;
  readonly bytes: number;
  readonly quality: number;
  readonly minutiae: readonly ReferenceMinutia[];
}

/** All results of a version. */
export interface ReferenceResults {
  readonly engineVersion: number;
  readonly prints: readonly ReferencePrint[];
  /** Scores, six digits, by the names of probe and reference; `finger/views` is a reference of two views. */
  readonly scores: Readonly<Record<string, number>>;
}

const FINGERS = [2026, 2027, 2028, 2029, 2030];
const CROP_PX = 157;
const SIZE = { widthPx: 300, heightPx: 340 };

/** Computes the results of the engine as it is. */
export function computeResults(): ReferenceResults {
  const prints = FINGERS.flatMap((finger, i) => {
    const master = synthesizeFinger(finger);
    const print = (seed: number): GreyImage => synthesizeImpression(master, { seed, ...SIZE });
    const kind = DAMAGE_KINDS[i % DAMAGE_KINDS.length]!;
    return [
      printOf(`${finger}/1`, print(1)),
      printOf(`${finger}/2`, print(2)),
      printOf(`${finger}/${kind}`, damageImage(print(3), kind, finger)),
      printOf(`${finger}/crop`, cropImage(print(4), CROP_PX, finger)),
    ];
  });
  const references = prints.map(({ result, features }) => ({ name: result.name, features }));
  for (const [i, finger] of FINGERS.entries()) {
    const [first, second] = prints.slice(4 * i, 4 * i + 2);
    references.push({
      name: `${finger}/views`,
      features: encodeTemplate([first!.impression, second!.impression]),
    });
  }
  const scores: Record<string, number> = {};
  for (const [i, probe] of prints.entries()) {
    for (const reference of references.slice(i + 1)) {
      const score = compare(probe.features, reference.features);
      scores[`${probe.result.name} ${reference.name}`] = Number(score.toPrecision(6));
    }
  }
  return { engineVersion: ENGINE_VERSION, prints: prints.map(({ result }) => result), scores };
}

/** File of a version. */
export function resultsFile(version: number): URL {
  return new URL(`engine-${version}.json`, import.meta.url);
}

/** The published results of a version; undefined where there are none. */
export function publishedResults(version: number): ReferenceResults | undefined {
  const file = resultsFile(version);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ReferenceResults) : undefined;
}

function printOf(name: string, image: GreyImage) {
  const extraction = extractMinutiae(image);
  const impression: Impression = describeImpression(extraction);
  const features = encodeTemplate([impression]);
  const minutiae = extraction.minutiae.map(
    ({ xPx, yPx, directionRad }): ReferenceMinutia => [
      Math.round(xPx),
      Math.round(yPx),
      Math.round((180 / Math.PI) * directionRad),
    ],
  );
  const { value: quality } = extraction.quality;
  const result: ReferencePrint = { name, template: hash(features), bytes: features.length, quality, minutiae };
  return { result, impression, features };
}

/** FNV-1a, 32 bits. */
export function hash(bytes: Uint8Array): string {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return (value >>> 0).toString(16);
}
