/**
 * What the first stage of a search loses on real prints, with codes learned without the probe's set. Each distractor
 * joins sectors of three real prints, which resembles real prints more than a synthetic one does. Every print is a
 * probe for every other print of its finger. Usage: node tools/fit/first-stage-loss.ts <dataset folder>...
 * [--distractors 1000]
 */

import { parseArgs } from 'node:util';
import { Comparer, UPRIGHT } from '../../src/fingerprint/comparison/comparer.ts';
import { prepareImpression } from '../../src/fingerprint/comparison/prepared-template.ts';
import { scoreOfLogOdds } from '../../src/fingerprint/comparison/score.ts';
import { SEARCH } from '../../src/fingerprint/parameters.ts';
import { RECORD_SLOT } from '../../src/fingerprint/search/code-record.ts';
import { FirstStage } from '../../src/fingerprint/search/first-stage.ts';
import { comparisonWork } from '../../src/fingerprint/search/within-work.ts';
import { Random } from '../../src/fingerprint/synthesis/random.ts';
import type { Impression } from '../../src/fingerprint/template/impression.ts';
import { encodeTemplate, impressionStarts } from '../../src/fingerprint/template/template-codec.ts';
import { learnProjection } from './codes/learn-projection.ts';
import { loadPrints, matedMinutiae, type Print } from './codes/prints.ts';

/**
 * What a probe finds: the scores of its mate and of the best distractor, and the work of comparing the distractors ahead
 * of the mate, as a share of that of as many usual comparisons as there are distractors.
 */
interface Trial {
  readonly mate: number;
  readonly best: number;
  readonly share: number;
}

const SHARES = [0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { distractors: { type: 'string', default: '1000' } },
});
const random = new Random(1);
const comparer = new Comparer();
const prints = loadPrints(positionals);
const pairs = matedMinutiae(prints);
const distractors = Array.from({ length: Number(values.distractors) }, (_, number) => ({ number, ...mixture() }));
const trials = positionals.flatMap((_, set) => trialsOf(set));
report('mate first of all', trials);
report(
  'and score 5 or more',
  trials.filter(({ mate }) => mate >= 5),
);

function report(name: string, of: readonly Trial[]): void {
  const first = of.filter(({ mate, best }) => mate > best);
  const lost = SHARES.map((share) => `${first.filter((trial) => trial.share > share).length} at ${100 * share} %`);
  console.log(`${name}: ${first.length} of ${of.length}, of which cut ${lost.join(', ')}`);
}

/** All mated pairs of a set, with codes learned on the others. */
function trialsOf(set: number): Trial[] {
  const stage = new FirstStage(
    learnProjection(
      pairs.filter((pair) => pair.set !== set),
      1,
    ),
  );
  const records = distractors.map(({ impression }) => recordOf(stage, impression));
  const own = prints.filter((print) => print.set === set);
  const mates = own.map(({ impression }) => recordOf(stage, impression));
  return own.flatMap((probe, p) => {
    load(stage, probe.impression);
    const others = distractors.filter(({ fingers }) => !fingers.includes(probe.finger));
    const scores = others.map(({ number }) => scoreOf(stage, records[number]!));
    const works = others.map(({ impression }) => comparisonWork(probe.impression.count, impression.count));
    const best = Math.max(...others.map(({ words }) => fullScore(probe, words)));
    return own.flatMap((mate, m) => {
      if (m === p || mate.finger !== probe.finger) return [];
      const score = scoreOf(stage, mates[m]!);
      const before = scores.reduce((sum, other, i) => sum + (other >= score ? works[i]! : 0), 0);
      return [{ mate: fullScore(probe, mate.words), best, share: before / scores.length }];
    });
  });
}

function fullScore(probe: Print, words: Int32Array): number {
  return scoreOfLogOdds(comparer.compare(probe.words, 0, words, 0, { ...UPRIGHT, support: SEARCH.support }));
}

function load(stage: FirstStage, impression: Impression): void {
  const template = encodeTemplate([impression]);
  const [start = 0] = impressionStarts(template);
  stage.loadProbe(template, start);
}

/** A record that counts as a block. */
function recordOf(stage: FirstStage, impression: Impression): Uint8Array {
  const template = encodeTemplate([impression]);
  const [start = 0] = impressionStarts(template);
  const record = stage.code(template, start).slice();
  new DataView(record.buffer).setInt32(RECORD_SLOT, 1, true);
  return record;
}

function scoreOf(stage: FirstStage, record: Uint8Array): number {
  let found = 0;
  stage.score(record, (_slot, score) => {
    found = score;
  });
  return found;
}

/** A distractor of three sectors, jittered and with one minutia in twenty dropped. */
function mixture() {
  const sources = [0, 1, 2].map(() => prints[Math.floor(random.uniform() * prints.length)]!);
  const turn = 2 * Math.PI * random.uniform();
  const rows = sources.flatMap(({ impression }, sector) => {
    const middle = (values: Uint16Array): number => values.reduce((sum, value) => sum + value, 0) / impression.count;
    const [cx, cy] = [middle(impression.x), middle(impression.y)];
    return Array.from({ length: impression.count }, (_, i) => {
      return { impression, i, dx: impression.x[i]! - cx, dy: impression.y[i]! - cy };
    }).filter(({ dx, dy }) => {
      const angle = (Math.atan2(dy, dx) + turn) / (2 * Math.PI);
      return Math.floor((angle - Math.floor(angle)) * 3) === sector && random.uniform() >= 0.05;
    });
  });
  const at = (value: number, most: number): number =>
    Math.max(0, Math.min(most, Math.round(value + 32 * random.normal())));
  const impression: Impression = {
    widthPx: 400,
    heightPx: 480,
    quality: 50,
    count: rows.length,
    x: Uint16Array.from(rows, ({ dx }) => at(dx + 3200, 6400)),
    y: Uint16Array.from(rows, ({ dy }) => at(dy + 3840, 7680)),
    direction: Uint8Array.from(rows, ({ impression, i }) => impression.direction[i]! + Math.round(3 * random.normal())),
    bifurcation: new Uint8Array(rows.length),
    minutiaQuality: Uint8Array.from(rows, ({ impression, i }) => impression.minutiaQuality[i]!),
    descriptors: Uint8Array.from(
      rows.flatMap(({ impression, i }) => [...impression.descriptors.subarray(15 * i, 15 * i + 15)]),
    ),
  };
  return { fingers: sources.map(({ finger }) => finger), impression, words: prepareImpression(impression) };
}
