/** What changed between two versions of the engine: templates, scores, and decisions. */

import { thresholdForFmr } from '../../../src/fingerprint/comparison/score.ts';
import type { ReferenceMinutia, ReferencePrint, ReferenceResults } from './reference-results.ts';

/** A print whose template is another one. */
export interface ChangedTemplate {
  readonly name: string;
  /** Minutiae that have one of the other version within 2 px and 12 degrees, those that are gone, and new ones. */
  readonly minutiae: { readonly kept: number; readonly gone: number; readonly added: number };
  readonly bytes: readonly [before: number, after: number];
  readonly quality: readonly [before: number, after: number];
}

/** A comparison whose score is another one. */
export interface ChangedScore {
  readonly pair: string;
  readonly before: number;
  readonly after: number;
}

/** Differences of two results. */
export interface ResultsDifference {
  readonly versions: readonly [before: number, after: number];
  /** Names of prints and pairs that only one of both has. */
  readonly unmatched: readonly string[];
  readonly templates: readonly ChangedTemplate[];
  /** Greatest change first. */
  readonly scores: readonly ChangedScore[];
  readonly meanChange: number;
  /** Those of the scores that crossed the default threshold. */
  readonly flips: readonly ChangedScore[];
}

const NEAR = { px: 2, degrees: 12 };

/** Compares results. */
export function compareResults(before: ReferenceResults, after: ReferenceResults): ResultsDifference {
  const earlier = new Map(before.prints.map((print) => [print.name, print]));
  const later = new Map(after.prints.map((print) => [print.name, print]));
  const templates = after.prints.flatMap((print) => {
    const old = earlier.get(print.name);
    return old === undefined || old.template === print.template ? [] : [changeOf(old, print)];
  });
  const pairs = Object.keys(after.scores).filter((pair) => pair in before.scores);
  const scores = pairs
    .map((pair) => ({ pair, before: before.scores[pair]!, after: after.scores[pair]! }))
    .filter((score) => score.before !== score.after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const threshold = thresholdForFmr(1e-5);
  const changes = scores.reduce((sum, score) => sum + Math.abs(score.after - score.before), 0);
  return {
    versions: [before.engineVersion, after.engineVersion],
    unmatched: [
      ...symmetricDifference(new Set(earlier.keys()), new Set(later.keys())),
      ...symmetricDifference(new Set(Object.keys(before.scores)), new Set(Object.keys(after.scores))),
    ],
    templates,
    scores,
    meanChange: pairs.length === 0 ? 0 : changes / pairs.length,
    flips: scores.filter((score) => score.before >= threshold !== score.after >= threshold),
  };
}

function changeOf(before: ReferencePrint, after: ReferencePrint): ChangedTemplate {
  const without = (some: readonly ReferenceMinutia[], others: readonly ReferenceMinutia[]): number =>
    some.filter((minutia) => !others.some((other) => areNear(minutia, other))).length;
  const gone = without(before.minutiae, after.minutiae);
  return {
    name: after.name,
    minutiae: { kept: before.minutiae.length - gone, gone, added: without(after.minutiae, before.minutiae) },
    bytes: [before.bytes, after.bytes],
    quality: [before.quality, after.quality],
  };
}

function areNear([x, y, direction]: ReferenceMinutia, [otherX, otherY, otherDirection]: ReferenceMinutia): boolean {
  const turn = Math.abs(((direction - otherDirection + 540) % 360) - 180);
  return Math.hypot(x - otherX, y - otherY) <= NEAR.px && turn <= NEAR.degrees;
}

function symmetricDifference(a: Set<string>, b: Set<string>): string[] {
  return [...a].filter((name) => !b.has(name)).concat([...b].filter((name) => !a.has(name)));
}
