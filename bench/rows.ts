/** Rows of the speed budgets and how they are measured: one process per trial, medians, a floor in the same run. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Trial } from './trial.ts';

/** One budget. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  /** What {@link Trial.floor} measures. */
  readonly floorIs: string;
  readonly budget: string;
  readonly met: (value: number, floor: number) => boolean;
  /** Program of a trial, beside this file. */
  readonly program: 'session-trial' | 'socket-trial';
  /** Measured on one CPU, where the time of the clock is the time of computing. Needs `taskset`. */
  readonly oneCpu?: true;
  /** What a reader should know about the figure. */
  readonly note?: string;
}

/** Runs the trials of each row and prints them. */
export function report(rows: readonly Row[], { trials, json, args = [] }: ReportOptions): void {
  if (rows.some(({ program }) => program === 'socket-trial') && !existsSync('packages/daemon/dist/cli/main.js')) {
    throw new TypeError('the daemon is measured as it is published: run npm run build first');
  }
  const measured = rows.map((row) => measure(row, trials, args));
  const machine = { cpu: cpus()[0]?.model ?? '', cpus: cpus().length, node: process.version };
  if (json) console.log(JSON.stringify({ machine, trials, rows: measured }, null, 2));
  else for (const line of measured) console.log(Object.values(line).join(' | '));
}

/** Options of a report. */
export interface ReportOptions {
  readonly trials: number;
  readonly json: boolean;
  /** Passed to each trial after its row. */
  readonly args?: readonly string[];
}

function measure(
  { id, name, unit, floorIs, budget, met, program, oneCpu, note }: Row,
  trials: number,
  args: readonly string[],
) {
  const results = Array.from({ length: trials }, () => runTrial(program, [id, ...args], oneCpu));
  const value = median(results.map((trial) => trial.value));
  const floor = median(results.map((trial) => trial.floor));
  return {
    name,
    value: round(value),
    unit,
    floor: round(floor),
    floorIs,
    ratio: round(value / floor),
    budget,
    met: met(value, floor),
    ...(note !== undefined && { note }),
  };
}

function runTrial(program: string, args: readonly string[], oneCpu = false): Trial {
  const path = fileURLToPath(new URL(`./${program}.ts`, import.meta.url));
  const [command = '', ...before] = [...(oneCpu ? ['taskset', '--cpu-list', '0'] : []), process.execPath];
  const { stdout, stderr, status } = spawnSync(command, [...before, path, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new TypeError(`trial ${args[0]} failed: ${stderr}`);
  return JSON.parse(stdout) as Trial;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
