/** `whorl conformance`: tests an adapter against the clauses of its contract. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BiometricError } from '../../core/biometric-error.ts';
import * as testkit from '../../exports/whorl/testkit.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import { progressBar } from '../progress-bar.ts';

/** Options of the command. */
export interface ConformanceOptions {
  readonly json?: boolean;
}

type Suite = (factory: never, lacks?: never) => readonly testkit.AdapterTest[];

const SUITES: Readonly<Record<string, Suite>> = {
  sensor: testkit.sensorSuite,
  engine: testkit.engineSuite,
  storage: testkit.storageSuite,
  device: testkit.deviceSuite,
};

interface Result {
  readonly id: string;
  readonly title: string;
  readonly state: 'passing' | 'failing' | 'skipped';
  readonly why?: string;
}

/**
 * Runs the suite on the exports of `module`: `rig`, which makes a rig for each test, and optionally `lacks`, what the
 * adapter does not support. The exit code is 3 when a clause fails.
 */
export async function conformance(kind: string, module: string, { json }: ConformanceOptions): Promise<void> {
  const suite = SUITES[kind];
  if (suite === undefined) throw new BiometricError('E_INVALIDARG', `give one of ${Object.keys(SUITES).join(', ')}`);
  const { rig, lacks = [] } = await rigsOf(module);
  const tests = suite(rig as never, lacks as never);
  const results: Result[] = [];
  {
    using bar = progressBar('clauses');
    for (const test of tests) {
      bar.update(results.length, tests.length);
      results.push(await outcomeOf(test));
    }
  }
  const count = (state: Result['state']) => results.filter((result) => result.state === state).length;
  const summary = { passing: count('passing'), failing: count('failing'), skipped: count('skipped') };
  if (summary.failing > 0) process.exitCode = EXIT_NO;
  const lines = results
    .filter(({ state }) => state !== 'passing')
    .map(({ title, state, why }) => `${state} ${title}\n  ${why}`);
  const numbers = `${summary.passing} passing, ${summary.failing} failing, ${summary.skipped} skipped`;
  print(json, { kind, ...summary, results }, [...lines, numbers].join('\n'));
}

async function rigsOf(module: string): Promise<{ readonly rig: unknown; readonly lacks?: unknown }> {
  const exported = (await import(pathToFileURL(resolve(module)).href).catch((cause: unknown) => {
    throw new BiometricError('WHORL_E_CONFIGURATION', `${module} cannot be loaded`, { cause });
  })) as { readonly rig?: unknown; readonly lacks?: unknown };
  if (typeof exported.rig !== 'function') {
    throw new BiometricError('WHORL_E_CONFIGURATION', `${module} exports no function rig; see docs/adapters.md`);
  }
  return { rig: exported.rig, lacks: exported.lacks };
}

async function outcomeOf({ id, title, skipped, run }: testkit.AdapterTest): Promise<Result> {
  if (skipped !== undefined) return { id, title, state: 'skipped', why: skipped };
  try {
    await run();
    return { id, title, state: 'passing' };
  } catch (thrown) {
    return { id, title, state: 'failing', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
