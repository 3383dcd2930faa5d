/**
 * Published reference results of the engine, one file a version in test/fingerprint/golden, as NFIQ 2 publishes its
 * own.
 *
 *     npm run -s golden -- write                  records what the engine computes now as the results of its version
 *     npm run -s golden -- compare 2 3 [--json]   tells which templates, scores and decisions changed between versions
 *     npm run -s golden -- compare 3 now          the same against the engine as it is
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareResults, type ResultsDifference } from '../test/fingerprint/golden/compare-results.ts';
import {
  computeResults,
  publishedResults,
  type ReferenceResults,
  resultsFile,
} from '../test/fingerprint/golden/reference-results.ts';

/** Changes that are listed one by one. */
const LISTED = 10;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [action, ...given] = positionals;
if (action === 'write') write();
else if (action === 'compare' && given.length === 2) compare(given[0]!, given[1]!);
else fail('give write, or compare with two versions, such as compare 2 3, or compare 3 now');

function write(): void {
  const results = computeResults();
  const file = resultsFile(results.engineVersion);
  // A print a line: short to read in a diff.
  const prints = results.prints.map((print) => `    ${JSON.stringify(print)}`).join(',\n');
  const scores = Object.entries(results.scores).map(([pair, score]) => `    ${JSON.stringify(pair)}: ${score}`);
  writeFileSync(
    file,
    `{\n  "engineVersion": ${results.engineVersion},\n  "prints": [\n${prints}\n  ],\n  "scores": {\n${scores.join(',\n')}\n  }\n}\n`,
  );
  process.stdout.write(
    `engine ${results.engineVersion}: ${results.prints.length} templates, ${scores.length} scores written\n`,
  );
}

function compare(before: string, after: string): void {
  const difference = compareResults(resultsOf(before), resultsOf(after));
  if (values.json) process.stdout.write(`${JSON.stringify(difference)}\n`);
  else print(difference);
}

function resultsOf(version: string): ReferenceResults {
  if (version === 'now') return computeResults();
  const results = /^\d+$/.test(version) ? publishedResults(Number(version)) : undefined;
  return (
    results ?? fail(`there are no results of version ${version}; npm run golden -- write makes those of the engine`)
  );
}

function print({ versions, unmatched, templates, scores, meanChange, flips }: ResultsDifference): void {
  const lines = [
    `engine ${versions[0]} to ${versions[1]}`,
    `templates changed: ${templates.length}`,
    ...templates.slice(0, LISTED).map(({ name, minutiae, bytes, quality }) => {
      const { kept, gone, added } = minutiae;
      const sizes = `${bytes.join(' to ')} bytes, quality ${quality.join(' to ')}`;
      return `  ${name}: ${kept} minutiae kept, ${gone} gone, ${added} new; ${sizes}`;
    }),
    `scores changed: ${scores.length}, by ${meanChange.toFixed(3)} in the mean of all`,
    ...scores.slice(0, LISTED).map(({ pair, before, after }) => `  ${pair}: ${before} to ${after}`),
    `decisions at the default threshold that flip: ${flips.length}`,
    ...flips.map(({ pair, before, after }) => `  ${pair}: ${before} to ${after}`),
    ...(unmatched.length === 0 ? [] : [`in one of both only: ${unmatched.length}`]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function fail(words: string): never {
  process.stderr.write(`golden: ${words}\n`);
  process.exit(2);
}
