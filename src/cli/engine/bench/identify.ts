/** `whorl bench identify`: runs the search benchmark, which is in the source tree and not published. */

import { existsSync } from 'node:fs';
import { BiometricError } from '../../../core/biometric-error.ts';

/** Runs it with the given arguments. Rejects with E_NOTIMPL outside the source tree. */
export async function identifyBench(args: readonly string[]): Promise<void> {
  const program = new URL('../../../../bench/identify.ts', import.meta.url);
  if (!existsSync(program)) throw new BiometricError('E_NOTIMPL', 'this benchmark is in the source tree only');
  // The benchmark reads the arguments of the process.
  process.argv.splice(2, process.argv.length, ...args);
  await import(program.href);
}
