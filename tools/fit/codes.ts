/**
 * Learns the 128-bit codes of the first stage of a search from mated minutiae of the development sets. Prints how well
 * codes learned without a set tell its mated minutiae from others; with `--write` writes
 * src/fingerprint/search/code-model.ts. Usage: node tools/fit/codes.ts <dataset folder>... [--write]
 */

import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { popcount } from '../../src/fingerprint/comparison/popcount.ts';
import { ROW_WORDS } from '../../src/fingerprint/comparison/prepared-view.ts';
import { CODE } from '../../src/fingerprint/parameters.ts';
import { plainCode } from '../../src/fingerprint/plain/plain-codes.ts';
import { learnProjection, type Projection } from './codes/learn-projection.ts';
import { cylinderBits, loadPrints, matedMinutiae, type Print } from './codes/prints.ts';

const SEED = 1;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } });
const prints = loadPrints(positionals);
const pairs = matedMinutiae(prints);
console.log(`${pairs.length} mated minutiae`);
for (const [set, folder] of positionals.entries()) {
  if (positionals.length > 1) report(basename(folder), set);
}
if (values.write) write(learnProjection(pairs, SEED));

/** Distances under codes learned on the other sets. Non-mated: minutiae of other prints, directions within the gate. */
function report(name: string, set: number): void {
  const others = pairs.filter((pair) => pair.set !== set);
  const model = learnProjection(others, SEED);
  const mated = pairs.filter((pair) => pair.set === set).map(({ a, b }) => distance(model, a, b));
  const some = prints.filter((print, i) => print.set === set && i % 5 === 0);
  const nonMated = some.flatMap((a) =>
    some.flatMap((b) => (a.finger === b.finger ? [] : nonMatedDistances(model, a, b))),
  );
  mated.sort((a, b) => a - b);
  nonMated.sort((a, b) => a - b);
  const limit = nonMated[Math.floor(nonMated.length / 100)] ?? Number.NaN;
  const within = (100 * mated.filter((d) => d < limit).length) / mated.length;
  const at = (sorted: number[], share: number): number => sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
  console.log(
    `${name.padEnd(13)} left out: ${within.toFixed(1)} % of mated below distance ${limit} (1 % of non-mated); ` +
      `mated 50, 90 %: ${at(mated, 0.5)}, ${at(mated, 0.9)}; non-mated 0.1, 1, 5, 50 %: ` +
      [0.001, 0.01, 0.05, 0.5].map((share) => at(nonMated, share)).join(', '),
  );
}

function nonMatedDistances(model: Projection, a: Print, b: Print): number[] {
  const minutiae = ({ words }: Print) =>
    Array.from({ length: words[0]! }, (_, i) => ({
      direction: words[ROW_WORDS * (i + 1) + 1]! & 255,
      bits: cylinderBits(words, i),
    })).filter((minutia) => minutia.bits.includes(1));
  const others = minutiae(b).map((minutia) => ({ ...minutia, code: plainCode(model, minutia.bits) }));
  return minutiae(a).flatMap((minutia) => {
    const code = plainCode(model, minutia.bits);
    return others
      .filter(({ direction }) => Math.abs(((direction - minutia.direction) << 24) >> 24) <= CODE.gateSteps)
      .map((other) => hamming(code, other.code));
  });
}

function distance(model: Projection, a: Uint8Array, b: Uint8Array): number {
  return hamming(plainCode(model, a), plainCode(model, b));
}

function hamming(a: Int32Array, b: Int32Array): number {
  return a.reduce((sum, word, i) => sum + popcount(word ^ b[i]!), 0);
}

function write({ weights, thresholds }: Projection): void {
  const bytes = Buffer.concat([Buffer.from(weights.buffer), Buffer.from(Int16Array.from(thresholds).buffer)]);
  const text = `/**
 * The projection that makes a cylinder a 128-bit code, learned from ${pairs.length} mated minutiae of the development sets
 * ${positionals.map((folder) => basename(folder)).join(', ')}; nothing of any print is in it.
 * Written by tools/fit/codes.ts (seed ${SEED}); do not edit. See docs/engine.md.
 */

/** 128 rows of 312 signed bytes, the weights of a cylinder's bits, then 128 thresholds, 16 bits, little endian. */
export const CODE_MODEL_BASE64 = \`
${bytes.toString('base64').replace(/.{1,120}/g, '$&\n')}\`;
`;
  writeFileSync(new URL('../../src/fingerprint/search/code-model.ts', import.meta.url), text);
}
