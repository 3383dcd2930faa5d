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
    for (const [name, value] of Object.entries(report))
      process.stdout.write(`${labelOf(name).padEnd(28)} ${textOf(value)}\n`);
}

/** What the names of reports that need more than their words are called. */
const LABELS: Readonly<Record<string, string>> = {
  mated: 'mated comparisons',
  nonMated: 'non-mated comparisons',
  eer: 'EER, %',
  eer45: 'EER of first impressions, %',
  eerInterval: 'EER, 95 % interval, %',
  fmr100: 'FNMR at FMR 1/100, %',
  fmr100Interval: '  95 % interval, %',
  fmr1000: 'FNMR at FMR 1/1000, %',
  fmr1000Interval: '  95 % interval, %',
  zeroFmr: 'FNMR at no false match, %',
  zeroFmrInterval: '  95 % interval, %',
  meanFnmr: 'mean FNMR, FMR 10 to 0.1 %, %',
  fnmrAtScore4: 'FNMR at score 4, %',
  fnmrAtScore5: 'FNMR at score 5, %',
  cpu: 'processor',
  node: 'Node.js',
};
const UNITS: Readonly<Record<string, string>> = { ms: 'ms', us: 'µs', bytes: 'bytes', px: 'pixels' };

/** The name of a figure as people read it: `templateBytes` is `template, bytes`. */
export function labelOf(name: string): string {
  const known = LABELS[name];
  if (known !== undefined) return known;
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');
  const unit = UNITS[words.at(-1) ?? ''];
  return unit === undefined ? words.join(' ') : `${words.slice(0, -1).join(' ')}, ${unit}`;
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
