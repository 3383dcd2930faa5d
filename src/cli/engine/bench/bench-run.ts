/** What the benchmarks share: Ctrl+C between two steps of work, a progress bar, and the printed report. */

import { setImmediate } from 'node:timers/promises';
import { BiometricError } from '../../../core/biometric-error.ts';
import type { BenchRun } from '../../../evaluation/bench-run.ts';
import { type ProgressBar, progressBar } from '../../progress-bar.ts';

/** Runs a benchmark with a progress bar for `what` on standard error. */
export async function benchRun<T>(what: string, measure: (run: BenchRun) => Promise<T>): Promise<T> {
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt);
  using bar: ProgressBar = progressBar(what);
  try {
    return await measure({
      async step(done, total) {
        bar.update(done, total);
        await setImmediate();
        if (interrupted) throw new BiometricError('WINBIO_E_CANCELED', 'interrupted');
      },
    });
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Prints a report as one line of JSON, or as a list; objects within it get a line each. */
export function printReport(report: object, json = false): void {
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else
    for (const [name, value] of Object.entries(report)) process.stdout.write(`${name.padEnd(20)} ${textOf(value)}\n`);
}

function textOf(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.some((item) => typeof item === 'object')
    ? value
        .map(
          (item) =>
            `\n  ${Object.values(item as object)
              .map(String)
              .join(' ')}`,
        )
        .join('')
    : value.join(' to ');
}
