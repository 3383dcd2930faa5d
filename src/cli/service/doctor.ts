/** `whorl doctor`: checks stage after stage, and explains the first that fails. */

import colors from 'picocolors';
import { toBiometricError } from '../../core/biometric-error.ts';
import { type Examination, STAGES, Visit } from './doctor-stages.ts';

/** Options of the command. */
export interface DoctorOptions extends Examination {
  readonly json?: boolean;
}

interface StageResult {
  readonly stage: string;
  readonly ok: boolean;
  readonly found: string;
  readonly remedy?: string;
}

/** Checks until a stage fails; then the exit code is 1. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const { json = false } = options;
  const results: StageResult[] = [];
  await using visit = new Visit(options);
  for (const { name, check } of STAGES) {
    try {
      const found = await check(visit);
      results.push({ stage: name, ok: true, found });
      if (!json) process.stdout.write(`${colors.green('ok  ')} ${name}: ${found}\n`);
    } catch (thrown) {
      const { code, message, remedy } = toBiometricError(thrown);
      results.push({ stage: name, ok: false, found: `${code}: ${message}`, remedy });
      if (!json) process.stdout.write(`${colors.red('fail')} ${name}: ${code}: ${message}\n     ${remedy}\n`);
      process.exitCode = 1;
      break;
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
}
