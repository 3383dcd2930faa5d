/**
 * How long people are looked for at the service: a process to fill the directory, another one to measure. Usage: node
 * bench/people.ts [--people 100000] [--fingers 300000] [--folder <path>] [--json]
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { flattened } from './flattened.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    fingers: { type: 'string', default: '300000' },
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const temporary = mkdtempSync(join(tmpdir(), 'whorl-people-'));
const folder = values.folder ?? join(temporary, 'state');
const trial = (task: string): object => {
  const program = new URL('./people-trial.ts', import.meta.url).pathname;
  return JSON.parse(
    execFileSync(process.execPath, [program, folder, values.people, values.fingers, task], { encoding: 'utf8' }),
  );
};

try {
  const made = existsSync(folder) ? {} : trial('fill');
  printReport(flattened({ ...made, ...trial('measure'), ...conditions(1) }), values.json);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
