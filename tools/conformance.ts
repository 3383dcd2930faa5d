/**
 * Runs the conformance tests and reports each clause as passing, failing or untested: those of the client interface
 * (C-nnn), and those of adapters and service (A-nnn), some of which do not apply to our adapter contract.
 * Usage: node tools/conformance.ts [--json] [--transport memory|socket] [--storage memory|postgres]. Exit code 1 when a
 * clause fails. PostgreSQL is a private server of Debian's package.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import colors from 'picocolors';
import { INAPPLICABLE_CLAUSES } from '../src/testkit/adapter-clauses.ts';
import { ADAPTER_CLAUSES } from '../test/adapter-conformance/clauses.ts';
import { CLAUSES, type Clause } from '../test/conformance/clauses.ts';
import { NO_POSTGRES, PrivatePostgres } from '../test/machines/private-postgres.ts';

interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

type State = 'passing' | 'failing' | 'untested' | 'not-applicable';

/** Where clauses are tested. The suites of the test kit run on the adapters of these rooms. */
const C_TESTS = ['test/conformance'];
const A_TESTS = [
  'test/adapter-conformance',
  'src/adapters',
  'src/fingerprint/engine',
  'src/sensors',
  'src/storage',
  'src/testkit/world/scripted-engine.test.ts',
];

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    transport: { type: 'string', default: 'memory' },
    storage: { type: 'string', default: 'memory' },
  },
});
const { json, transport, storage } = options;
if (transport !== 'memory' && transport !== 'socket') {
  process.stderr.write(`--transport: give memory or socket, not ${transport}\n`);
  process.exit(2);
}
if (storage !== 'memory' && storage !== 'postgres') {
  process.stderr.write(`--storage: give memory or postgres, not ${storage}\n`);
  process.exit(2);
}
if (storage === 'postgres' && NO_POSTGRES !== undefined) {
  process.stderr.write(`${NO_POSTGRES}\n`);
  process.exit(2);
}
const server = storage === 'postgres' ? await PrivatePostgres.start() : undefined;
const tests = runTests().testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .map(({ title, status }) => ({ file: relative(root, name), title, status }))
    .filter(({ status }) => status === 'passed' || status === 'failed'),
);
await server?.[Symbol.asyncDispose]();
const reasons = new Map(INAPPLICABLE_CLAUSES.map(({ id, reason }) => [id, reason]));
const client = report(CLAUSES, C_TESTS);
const adapters = report(ADAPTER_CLAUSES, A_TESTS);

if (json) {
  process.stdout.write(`${JSON.stringify({ ...client, adapters }, null, 2)}\n`);
} else {
  print('Client interface', client);
  print('Adapters and service', adapters);
}
if (client.failing + adapters.failing > 0) process.exitCode = 1;

function report(list: readonly Clause[], folders: readonly string[]) {
  const clauses = list.map((clause) => {
    const own = tests.filter(
      ({ file, title }) => title.startsWith(`${clause.id}:`) && folders.some((folder) => file.startsWith(folder)),
    );
    const reason = reasons.get(clause.id);
    const state = stateOf(
      own.map(({ status }) => status),
      reason,
    );
    const named = own.map(({ file, title }) => `${file}: ${title}`);
    return { ...clause, state, ...(reason !== undefined && { reason }), tests: named };
  });
  const count = (state: State) => clauses.filter((clause) => clause.state === state).length;
  const notApplicable = count('not-applicable');
  return {
    clauses,
    passing: count('passing'),
    failing: count('failing'),
    untested: count('untested'),
    ...(list === ADAPTER_CLAUSES && { notApplicable }),
    total: clauses.length,
  };
}

/** An inapplicable clause has no test; one that has a test is an error in the table. */
function stateOf(statuses: readonly string[], reason: string | undefined): State {
  if (statuses.length === 0) return reason === undefined ? 'untested' : 'not-applicable';
  return reason === undefined && statuses.every((status) => status === 'passed') ? 'passing' : 'failing';
}

function print(
  heading: string,
  { clauses, passing, failing, untested, notApplicable, total }: ReturnType<typeof report>,
) {
  const paint = { passing: colors.green, failing: colors.red, untested: colors.yellow, 'not-applicable': colors.dim };
  process.stdout.write(`\n${colors.bold(colors.underline(heading))}\n`);
  let topic = '';
  for (const clause of clauses) {
    if (clause.topic !== topic) process.stdout.write(`\n${colors.bold(clause.topic)}\n`);
    topic = clause.topic;
    const why = clause.reason === undefined ? '' : colors.dim(` (${clause.reason})`);
    process.stdout.write(`  ${clause.id} ${paint[clause.state](clause.state.padEnd(14))} ${clause.text}${why}\n`);
  }
  const rest = notApplicable === undefined ? '' : `, ${notApplicable} not applicable`;
  process.stdout.write(`\n${passing} passing, ${failing} failing, ${untested} untested${rest} of ${total}\n`);
}

function runTests(): TestReport {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-conformance-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const options = ['run', ...C_TESTS, ...A_TESTS, '--reporter=json', `--outputFile=${file}`];
    const { stderr } = spawnSync(process.execPath, [vitest, ...options], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        WHORL_TEST_TRANSPORT: transport,
        ...(server && { WHORL_TEST_POSTGRES: server.url() }),
      },
    });
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as TestReport;
    } catch {
      process.stderr.write(`the tests did not run:\n${stderr}\n`);
      process.exit(1);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
