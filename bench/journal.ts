/**
 * How long a page of the journal takes, whatever its filters: a process for each query, over a journal that is made first
 * unless it is there. Usage: node bench/journal.ts [--lines 10000000] [--file <path>] [--json]
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { flattened } from './flattened.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '10000000' },
    file: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'whorl-journal-'));
const file = values.file ?? join(folder, 'journal.db');
const trial = (name: string): unknown => {
  const program = new URL('./journal-trial.ts', import.meta.url).pathname;
  return JSON.parse(execFileSync(process.execPath, [program, file, values.lines, name], { encoding: 'utf8' }));
};

try {
  const made = existsSync(file) ? {} : (trial('fill') as object);
  const names = trial('names') as readonly string[];
  const pages = Object.fromEntries(names.map((name) => [name, trial(name)]));
  printReport(
    flattened({ ...made, megabytes: Math.round(statSync(file).size / 1e6), ...pages, ...conditions(1) }),
    values.json,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
