/**
 * Runs the conformance tests and reports each clause as passing, failing or untested.
 * Usage: node tools/conformance.ts [--json] [--transport memory|socket]. Exit code 1 when a clause fails.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import colors from 'picocolors';
import { CLAUSES } from '../test/conformance/clauses.ts';

interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

type State = 'passing' | 'failing' | 'untested';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, transport: { type: 'string', default: 'memory' } },
});
const { json, transport } = options;
if (transport !== 'memory' && transport !== 'socket') {
  process.stderr.write(`--transport: give memory or socket, not ${transport}\n`);
  process.exit(2);
}
const tests = runTests().testResults.flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ title, status }) => ({ file: relative(root, name), title, passed: status === 'passed' })),
);
const clauses = CLAUSES.map((clause) => {
  const own = tests.filter(({ title }) => title.startsWith(`${clause.id}:`));
  const state: State = own.length === 0 ? 'untested' : own.every(({ passed }) => passed) ? 'passing' : 'failing';
  return { ...clause, state, tests: own.map(({ file, title }) => `${file}: ${title}`) };
});
const count = (state: State) => clauses.filter((clause) => clause.state === state).length;
const totals = { passing: count('passing'), failing: count('failing'), untested: count('untested') };

if (json) {
  process.stdout.write(`${JSON.stringify({ clauses, ...totals, total: clauses.length }, null, 2)}\n`);
} else {
  const paint = { passing: colors.green, failing: colors.red, untested: colors.yellow };
  let topic = '';
  for (const clause of clauses) {
    if (clause.topic !== topic) process.stdout.write(`\n${colors.bold(clause.topic)}\n`);
    topic = clause.topic;
    process.stdout.write(`  ${clause.id} ${paint[clause.state](clause.state.padEnd(9))} ${clause.text}\n`);
  }
  const { passing, failing, untested } = totals;
  process.stdout.write(`\n${passing} passing, ${failing} failing, ${untested} untested of ${clauses.length}\n`);
}
if (totals.failing > 0) process.exitCode = 1;

function runTests(): TestReport {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-conformance-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const options = ['run', 'test/conformance', '--reporter=json', `--outputFile=${report}`];
    const { stderr } = spawnSync(process.execPath, [vitest, ...options], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, WHORL_TEST_TRANSPORT: transport },
    });
    try {
      return JSON.parse(readFileSync(report, 'utf8')) as TestReport;
    } catch {
      process.stderr.write(`the tests did not run:\n${stderr}\n`);
      process.exit(1);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
