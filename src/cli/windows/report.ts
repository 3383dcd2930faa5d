/** `whorl windows report`: tries all that Whorl does on a machine with Windows, for people who have the hardware. */

import { writeFile } from 'node:fs/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { tell } from '../fingers/on-session.ts';
import { interruptSignal } from '../interruption.ts';
import { print } from '../print.ts';
import { type Facts, faultText, REPORT_STEPS, type ReportedMachine } from './report-steps.ts';

/** Options of the command. */
export interface WindowsReportOptions extends ReportedMachine {
  /** File for the report, instead of standard output. */
  readonly out?: string;
  readonly json?: boolean;
}

interface StepReport {
  readonly step: string;
  readonly outcome: 'done' | 'failed' | 'skipped';
  /** What it has found, or why it failed or was skipped. */
  readonly found: Facts | string;
  readonly tookMs: number;
}

/**
 * Tries step after step and reports all of them, whatever each comes to; Ctrl+C cancels what waits and ends it after the step that runs. The exit
 * code is 3 when one fails, or a clause does. Rejects with E_NOTIMPL on other systems, unless a library is named.
 */
export async function windowsReport({ out, json = false, ...machine }: WindowsReportOptions): Promise<void> {
  if (process.platform !== 'win32' && machine.library === undefined) {
    throw new BiometricError(
      'E_NOTIMPL',
      'whorl windows report is for Windows, or for a library of winbio.h: --library',
    );
  }
  using interruption = interruptSignal();
  const { signal } = interruption;
  const steps: StepReport[] = [];
  for (const { name, skip, run } of REPORT_STEPS) {
    if (signal.aborted) break;
    const why = skip?.(machine);
    if (why === undefined) tell(`${name} ...`);
    const startedMs = performance.now();
    const result =
      why === undefined ? await tried(run(machine, signal)) : ({ outcome: 'skipped', found: why } as const);
    steps.push({ step: name, ...result, tookMs: Math.round(performance.now() - startedMs) });
  }
  const failed = steps.some(({ outcome, found }) => outcome === 'failed' || hasFailing(found));
  if (failed) process.exitCode = EXIT_NO;
  const report = { at: new Date().toISOString().slice(0, 10), steps };
  const text = [`# Whorl on Windows, ${report.at}`, ...steps.map(section)].join('\n\n');
  if (out === undefined) return print(json, report, text);
  await writeFile(out, json ? `${JSON.stringify(report, null, 2)}\n` : `${text}\n`);
  tell(`the report is in ${out}: read it, then attach it to an issue`);
}

async function tried(running: Promise<Facts>): Promise<Pick<StepReport, 'outcome' | 'found'>> {
  try {
    return { outcome: 'done', found: await running };
  } catch (thrown) {
    return { outcome: 'failed', found: faultText(thrown) };
  }
}

function hasFailing(found: Facts | string): boolean {
  return typeof found !== 'string' && Array.isArray(found.failing) && found.failing.length > 0;
}

function section({ step, outcome, found, tookMs }: StepReport): string {
  const facts = typeof found === 'string' ? found : `\`\`\`json\n${JSON.stringify(found, null, 2)}\n\`\`\``;
  return `## ${step}: ${outcome}, ${tookMs} ms\n\n${facts}`;
}
