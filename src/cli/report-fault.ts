/** Prints what went wrong as code, cause and remedy, and chooses the exit code. */

import { CommanderError } from 'commander';
import { toBiometricError } from '../core/biometric-error.ts';

/** Exit codes: 0 done, 1 the operation failed, 2 the command or its configuration was wrong, 130 interrupted. */
export function reportFault(thrown: unknown): number {
  // The parser has printed its own message; asking for help is no fault.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const { code, message, remedy } = toBiometricError(thrown);
  process.stderr.write(`${code}: ${message}\n${remedy}\n`);
  if (code === 'WINBIO_E_CANCELED') return 130;
  return code === 'WHORL_E_CONFIGURATION' || code === 'E_INVALIDARG' ? 2 : 1;
}
