/**
 * The engine on Node.js for Windows, by Wine, against Node.js of this machine: the same packages, one process a trial, in turn.
 * Usage: npm run -s bench -- windows [--json] [--trials 5]. Needs `npm run build` and Wine.
 */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NO_WINE, Wine } from '../test/windows/wine/wine.ts';
import { percentile } from './trial.ts';

/** Figures of `whorl bench extract` that are compared. */
const FIGURES = ['extractMs', 'compareNonMatedUs', 'compareMatedUs'] as const;
type Report = Readonly<Record<(typeof FIGURES)[number], number>>;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, trials: { type: 'string' } } });
if (NO_WINE) throw new TypeError(NO_WINE);
await using windows = Wine.prepare();
const command = ['bench', 'extract', '--json'];
const here: Report[] = [];
const there: Report[] = [];
for (let trial = 0; trial < Number(values.trials ?? 5); trial += 1) {
  const program = join(windows.folder, 'node_modules/@whorl/daemon/dist/cli/main.js');
  here.push(JSON.parse(execFileSync(process.execPath, [program, ...command], { encoding: 'utf8', stdio: 'pipe' })));
  const { stdout, stderr, status } = await windows.whorl(...command).ended;
  if (status !== 0) throw new TypeError(stderr);
  there.push(JSON.parse(stdout));
}
const rows = FIGURES.map((name) => {
  const [linux, wine] = [here, there].map((all) =>
    percentile(
      all.map((each) => each[name]),
      0.5,
    ),
  );
  return { name, linux, wine, ratio: Number(((wine ?? 0) / (linux ?? 1)).toPrecision(3)) };
});
if (values.json) console.log(JSON.stringify({ node: process.version, trials: here.length, rows }, null, 2));
else for (const row of rows) console.log(Object.values(row).join(' | '));
