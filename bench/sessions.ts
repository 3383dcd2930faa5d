/**
 * Speed of sessions: the budgets of an embedded service, each beside a floor measured in the same process. A process
 * per trial, medians over trials. Usage: npm run -s bench -- sessions [--json] [--trials 5]
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GALLERY_SIZE, prepareGallery } from './session-gallery.ts';

/** What a trial measured, in the unit of its row. */
export interface Trial {
  readonly value: number;
  readonly floor: number;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  /** What {@link Trial.floor} is. */
  readonly floorIs: string;
  readonly budget: string;
  readonly met: (value: number, floor: number) => boolean;
  readonly missing?: string;
}

const ROWS: readonly Row[] = [
  {
    id: 'round-trip',
    name: 'async operation round trip, embedded, no sensor',
    unit: 'us',
    floorIs: 'bare MessagePort round trip of the same payload between two threads',
    budget: '<= 2x floor',
    met: (value, floor) => value <= 2 * floor,
  },
  {
    id: 'socket',
    name: 'async operation round trip, Unix socket',
    unit: 'us',
    floorIs: 'bare length-prefixed echo',
    budget: '<= 2x floor',
    met: () => false,
    missing: 'no socket transport yet',
  },
  {
    id: 'cancel',
    name: 'cancel of a waiting capture: call to last notice, p99',
    unit: 'us',
    floorIs: 'bare MessagePort round trip, p99',
    budget: '< 1000 us',
    met: (value) => value < 1000,
  },
  {
    id: 'throughput',
    name: 'operations per second, one session, queue full',
    unit: '1/s',
    floorIs: 'bare MessagePort echoes per second, as many under way',
    budget: '> 30000 /s',
    met: (value) => value > 30_000,
  },
  {
    id: 'open-close',
    name: 'open + close',
    unit: 'us',
    floorIs: 'two bare MessagePort round trips',
    budget: '< 1000 us',
    met: (value) => value < 1000,
  },
  {
    id: 'identify',
    name: `finger down to identified, ${GALLERY_SIZE} enrolled`,
    unit: 'ms',
    floorIs: 'extraction and search of the same image called directly, in one thread',
    budget: '< 100 ms',
    met: (value) => value < 100,
  },
];

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, trials: { type: 'string' } } });
const trials = Number(options.trials ?? 5);
const directory = mkdtempSync(join(tmpdir(), 'whorl-bench-'));
try {
  await prepareGallery(directory);
  const report = ROWS.map(measure);
  if (options.json) console.log(JSON.stringify(report, null, 2));
  else for (const line of report) console.log(Object.values(line).join(' | '));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function measure({ id, name, unit, floorIs, budget, met, missing }: Row) {
  if (missing !== undefined) return { name, unit, floorIs, budget, met: false, missing };
  const results = Array.from({ length: trials }, () => runTrial(id));
  const value = median(results.map((trial) => trial.value));
  const floor = median(results.map((trial) => trial.floor));
  const ratio = round(value / floor);
  return { name, value: round(value), unit, floor: round(floor), floorIs, ratio, budget, met: met(value, floor) };
}

function runTrial(id: string): Trial {
  const program = fileURLToPath(new URL('./session-trial.ts', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, id, directory], { encoding: 'utf8' });
  if (status !== 0) throw new TypeError(`trial ${id} failed: ${stderr}`);
  return JSON.parse(stdout) as Trial;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
