/**
 * Measures what scores promise: false match rates at scores of 2 to 5 over those promised, within data sets and across
 * them, of references of one or several views; and what is missed. Scores are those that every caller gets.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { compareTemplates } from '../../fingerprint/comparison/compare-templates.ts';
import { type PreparedTemplate, prepareTemplate } from '../../fingerprint/comparison/prepared-template.ts';
import { extractImpression } from '../../fingerprint/extract.ts';
import { Random } from '../../fingerprint/synthesis/random.ts';
import type { Impression } from '../../fingerprint/template/impression.ts';
import { encodeTemplate, MAX_VIEWS } from '../../fingerprint/template/template-codec.ts';
import type { BenchRun } from '../bench-run.ts';
import type { NumberedSet } from '../numbered-sets.ts';
import type { Alteration, PrintCondition } from '../print-condition.ts';
import { type CalibrationFigures, CalibrationTally, type CountedFinger } from './calibration-tally.ts';
import { RememberingComparer } from './remembering-comparer.ts';
import { viewSubsets } from './view-subsets.ts';

/** How often a view is given where equal views are measured, and of how many the best one counts. */
const EQUAL_VIEWS = 3;

/** Two names of one finger, each `set/finger`. */
export type SameFinger = readonly [string, string];

/** What is measured. */
export interface CalibrationOptions {
  /** Numbers of views of a reference. */
  readonly views: readonly number[];
  /** Fingers that occur twice; their comparisons are left out. */
  readonly same: readonly SameFinger[];
  readonly seed: number;
}

/** Figures for references of so many views. */
export interface ViewFigures extends CalibrationFigures {
  /** Views of a reference. */
  readonly views: number;
  /** One view given several times; the best of as many such references counts. */
  readonly equal: boolean;
  /** References made of each finger. */
  readonly references: number;
}

/** A finger and its impressions, by their numbers among all. */
interface Finger extends CountedFinger {
  readonly impressions: readonly number[];
}

/** References of a finger, each with the impressions that it is made of. */
interface Reference {
  readonly template: PreparedTemplate;
  readonly impressions: readonly number[];
}

/**
 * Measures sets in a condition; samples are compared whatever their quality. Rejects with E_INVALIDARG when a finger has
 * too few impressions, or `same` names none.
 */
export async function measureCalibration(
  sets: readonly NumberedSet[],
  { probe, reference }: PrintCondition,
  { views, same, seed }: CalibrationOptions,
  run: BenchRun,
): Promise<ViewFigures[]> {
  const fingers = fingersOf(sets);
  checkViews(fingers, views);
  const isLeftOut = leftOut(fingers, same);
  const count = sets.reduce((sum, { impressions }) => sum + impressions.length, 0);
  const extractAll = (alter: Alteration): Promise<Impression[]> => extractSets(sets, alter, run);
  const probeImpressions = await extractAll(probe);
  const references = reference === probe ? probeImpressions : await extractAll(reference);
  // A crop and the whole print are two impressions, though they have one number.
  const comparer = new RememberingComparer(2 * count);
  const prepare = (impressions: readonly Impression[], numbers: readonly number[], first: number): Reference => {
    const template = prepareTemplate(encodeTemplate(numbers.map((number) => impressions[number]!)));
    comparer.know(
      template,
      numbers.map((number) => first + number),
    );
    return { template, impressions: numbers };
  };
  const probes = probeImpressions.map((_, number) => prepare(probeImpressions, [number], 0));
  const enroll = (numbers: readonly number[]): Reference => prepare(references, numbers, count);
  const pairs = imagePairs(fingers, isLeftOut);
  const scoreAll = async (of: (finger: Finger) => Reference[][]): Promise<CalibrationTally> => {
    const tally = new CalibrationTally(fingers, isLeftOut);
    for (const [number, finger] of fingers.entries()) {
      const groups = of(finger);
      for (const [probeFinger, { impressions }] of fingers.entries()) {
        await run.step(number * fingers.length + probeFinger, fingers.length ** 2);
        for (const impression of impressions) {
          addScores(tally, [probeFinger, number], probes[impression]!, groups, comparer);
        }
      }
    }
    return tally;
  };
  const measured: ViewFigures[] = [];
  for (const size of views) {
    const random = new Random(seed, size);
    let made = 0;
    const tally = await scoreAll(({ impressions }) => {
      const subsets = viewSubsets(impressions.length, size, random);
      made = Math.max(made, subsets.length);
      return subsets.map((subset) => [enroll(subset.map((i) => impressions[i]!))]);
    });
    measured.push({ views: size, equal: false, references: made, ...tally.figures(pairs, seed) });
  }
  const random = new Random(seed, 0);
  let made = 0;
  const equal = await scoreAll(({ impressions }) => {
    const repeated = impressions.map((number) => enroll(new Array<number>(EQUAL_VIEWS).fill(number)));
    const subsets = viewSubsets(impressions.length, EQUAL_VIEWS, random);
    made = Math.max(made, subsets.length);
    return subsets.map((subset) => subset.map((i) => repeated[i]!));
  });
  measured.push({ views: EQUAL_VIEWS, equal: true, references: made, ...equal.figures(pairs, seed) });
  return measured;
}

/** A probe against groups of references of which the best counts; those that hold the probe's own impression are left out. */
function addScores(
  tally: CalibrationTally,
  [probeFinger, finger]: readonly [number, number],
  probe: Reference,
  groups: readonly (readonly Reference[])[],
  comparer: RememberingComparer,
): void {
  const own = probe.impressions[0]!;
  for (const group of groups) {
    if (group.some(({ impressions }) => impressions.includes(own))) continue;
    let best = 0;
    for (const { template } of group) best = Math.max(best, compareTemplates(comparer, probe.template, template));
    tally.add(probeFinger, finger, best);
  }
}

async function extractSets(sets: readonly NumberedSet[], alter: Alteration, run: BenchRun): Promise<Impression[]> {
  const all = sets.flatMap(({ impressions, firstNumber }) =>
    impressions.map(({ image }, i) => ({ image, number: firstNumber + i })),
  );
  const extracted: Impression[] = [];
  for (const [i, { image, number }] of all.entries()) {
    await run.step(i, all.length);
    extracted.push(extractImpression(alter(image, number)));
  }
  return extracted;
}

function fingersOf(sets: readonly NumberedSet[]): Finger[] {
  let first = 0;
  return sets.flatMap(({ name: setName, impressions }, set) => {
    const numbered = impressions.map(({ finger }, i) => ({ finger, number: first + i }));
    first += impressions.length;
    return [...Map.groupBy(numbered, ({ finger }) => finger)].map(([finger, own]) => ({
      set,
      name: `${setName}/${finger}`,
      impressions: own.map(({ number }) => number),
    }));
  });
}

function checkViews(fingers: readonly Finger[], views: readonly number[]): void {
  const most = Math.max(EQUAL_VIEWS, ...views);
  if (most > MAX_VIEWS) throw new BiometricError('E_INVALIDARG', `a template holds ${MAX_VIEWS} views, not ${most}`);
  const poor = fingers.find(({ impressions }) => impressions.length <= most);
  if (poor === undefined) return;
  const has = `${poor.name} has ${poor.impressions.length} impressions`;
  throw new BiometricError('E_INVALIDARG', `${has}; references of ${most} views and a probe need ${most + 1}`);
}

/** Tells pairs of fingers that are one finger under two names. */
function leftOut(fingers: readonly Finger[], same: readonly SameFinger[]): (a: number, b: number) => boolean {
  const number = (name: string): number => {
    const found = fingers.findIndex((finger) => finger.name === name);
    if (found >= 0) return found;
    throw new BiometricError('E_INVALIDARG', `there is no finger ${name}; names are such as ${fingers[0]?.name}`);
  };
  const pairs = new Set(same.flatMap(([a, b]) => [`${number(a)} ${number(b)}`, `${number(b)} ${number(a)}`]));
  return (a, b) => pairs.has(`${a} ${b}`);
}

/** Different non-mated pairs of images: a probe's and a reference's. */
function imagePairs(fingers: readonly Finger[], isLeftOut: (a: number, b: number) => boolean) {
  const pairs = { within: 0, across: 0 };
  for (const [i, a] of fingers.entries()) {
    for (const [j, b] of fingers.entries()) {
      if (i === j || isLeftOut(i, j)) continue;
      pairs[a.set === b.set ? 'within' : 'across'] += a.impressions.length * b.impressions.length;
    }
  }
  return pairs;
}
