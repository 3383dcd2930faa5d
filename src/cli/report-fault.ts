/** Prints a fault as code, cause and remedy, and chooses the exit code. */

import { CommanderError } from 'commander';
import { toBiometricError } from '../core/biometric-error.ts';

/** Exit codes of all commands. */
export const EXIT_CODES =
  '0 success, 1 failure, 2 wrong command or configuration, 3 the answer is no (not enrolled, no match, rejected, no finger in time), 130 interrupted';

/** Prints the fault; returns the exit code. */
export function reportFault(thrown: unknown): number {
  // The parser has printed its own message; a request for help is no fault.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const { code, message, remedy } = toBiometricError(thrown);
  process.stderr.write(`${code}: ${message}\n${remedy}\n`);
  // A command with a time limit has already set the exit code of its end.
  if (code === 'WINBIO_E_CANCELED') return Number(process.exitCode ?? 130);
  return code === 'WHORL_E_CONFIGURATION' || code === 'E_INVALIDARG' ? 2 : 1;
}
