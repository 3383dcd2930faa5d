/** Runs the tests of a suite, and prints what came of them. */

import type { AdapterTest } from '../../exports/whorl/testkit.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import { progressBar } from '../progress-bar.ts';

/** What came of one test. */
export interface SuiteResult {
  readonly id: string;
  readonly title: string;
  readonly state: 'passing' | 'failing' | 'skipped';
  /** Why it failed or was skipped. */
  readonly why?: string;
}

/** What came of a suite. */
export interface SuiteReport {
  readonly passing: number;
  readonly failing: number;
  readonly skipped: number;
  readonly results: readonly SuiteResult[];
}

/** Runs them one after the other, with progress. `signal` ends it after the test that runs. Never rejects. */
export async function runSuite(tests: readonly AdapterTest[], signal?: AbortSignal): Promise<SuiteReport> {
  using bar = progressBar('clauses');
  const results: SuiteResult[] = [];
  for (const test of tests) {
    if (signal?.aborted === true) break;
    bar.update(results.length, tests.length);
    results.push(await outcomeOf(test));
  }
  const count = (state: SuiteResult['state']) => results.filter((result) => result.state === state).length;
  return { passing: count('passing'), failing: count('failing'), skipped: count('skipped'), results };
}

/** Prints it; the exit code is 3 when a clause fails. */
export function printSuite(kind: string, report: SuiteReport, json: boolean | undefined): void {
  if (report.failing > 0) process.exitCode = EXIT_NO;
  print(json, { kind, ...report }, suiteLines(report).join('\n'));
}

/** What failed, what was skipped by its reason, and how many. */
export function suiteLines({ results, passing, failing, skipped }: SuiteReport): readonly string[] {
  const reasons = Map.groupBy(
    results.filter(({ state }) => state === 'skipped'),
    ({ why }) => why,
  );
  return [
    ...results.filter(({ state }) => state === 'failing').map(({ title, why }) => `failing ${title}\n  ${why}`),
    ...[...reasons].map(([why, all]) => `skipped, ${why}: ${all.map(({ id }) => id).join(', ')}`),
    `${passing} passing, ${failing} failing, ${skipped} skipped`,
  ];
}

async function outcomeOf({ id, title, skipped, run }: AdapterTest): Promise<SuiteResult> {
  if (skipped !== undefined) return { id, title, state: 'skipped', why: skipped };
  try {
    await run();
    return { id, title, state: 'passing' };
  } catch (thrown) {
    return { id, title, state: 'failing', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
