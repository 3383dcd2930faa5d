/**
 * Runs the guides that are tutorials as a reader would: every command of them, in an empty folder, in order. Prints what was
 * checked; the exit code is 1 when something is not as the guide says. Usage: node test/tutorial/main.ts
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a tutorial must have printed, each on one line of its output. */
const TUTORIALS: Readonly<Record<string, readonly RegExp[]>> = {
  'docs/guides/time-clock.md': [
    /clock\s+Time clock\s+Hall\s+clock/,
    /^3 would be created, /,
    /^3 created, /,
    /right-index of Ada Lovelace is enrolled/,
    /right-index of Edsger Dijkstra is enrolled/,
    /Clock\s+at Time clock/,
    /Ada Lovelace.*Time clock|Time clock.*Ada Lovelace/,
    /Edsger Dijkstra/,
    /none changed/,
  ],
};

let failed = false;
for (const [guide, expected] of Object.entries(TUTORIALS)) {
  const { output, status } = run(guide);
  const lines = output.split('\n');
  const missing = expected.filter((pattern) => !lines.some((line) => pattern.test(line)));
  if (status === 0 && missing.length === 0) {
    process.stdout.write(`${guide}: every command works, and ${expected.length} lines are as it says\n`);
    continue;
  }
  failed = true;
  process.stdout.write(`${output}\n${guide}: ended with ${status}; not printed: ${missing.join(', ') || 'nothing'}\n`);
}
process.exitCode = failed ? 1 : 0;

function run(guide: string): { readonly output: string; readonly status: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-tutorial-'));
  try {
    const whorl = `${process.execPath} ${resolve('src/cli/main.ts')}`;
    const script = [
      `whorl() { ${whorl} "$@"; }`,
      // The service of the tutorial ends with it: each job is a group of its own, of the shell that waits and the program.
      'set -m',
      "trap 'for job in $(jobs -p); do kill -- -$job; while kill -0 -- -$job; do sleep 0.1; done; done 2>/dev/null' EXIT",
      ...commandsOf(readFileSync(guide, 'utf8')),
      'test -s attendance.csv && grep -q "Ada Lovelace" attendance.csv',
    ].join('\n');
    writeFileSync(join(folder, 'tutorial.sh'), script);
    const { stdout, stderr, status } = spawnSync('bash', ['tutorial.sh'], { cwd: folder, encoding: 'utf8' });
    return { output: `${stdout}${stderr}`, status };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The shell commands of a guide. */
function commandsOf(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, commands = '']) => commands);
}
