/** `whorl bench identify`: hands over to the search benchmark, which belongs to the source tree and is not published. */

import { existsSync } from 'node:fs';
import { BiometricError } from '../../../core/biometric-error.ts';

/** Runs it with the arguments of the command line. Rejects with E_NOTIMPL where there is no source tree. */
export async function identifyBench(args: readonly string[]): Promise<void> {
  const program = new URL('../../../../bench/identify.ts', import.meta.url);
  if (!existsSync(program)) throw new BiometricError('E_NOTIMPL', 'this benchmark is part of the source tree only');
  // It reads its own arguments.
  process.argv.splice(2, process.argv.length, ...args);
  await import(program.href);
}
