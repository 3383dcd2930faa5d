/** Prints what went wrong as code, cause and remedy, and chooses the exit code. */

import { CommanderError } from 'commander';
import { toBiometricError } from '../core/biometric-error.ts';

/** What the commands end with. */
export const EXIT_CODES =
  '0 done, 1 it failed, 2 the command or the configuration is wrong, 3 the answer is no (not enrolled, no match, rejected, nobody came), 130 interrupted';

/** Prints it and says the exit code. */
export function reportFault(thrown: unknown): number {
  // The parser has printed its own message; asking for help is no fault.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const { code, message, remedy } = toBiometricError(thrown);
  process.stderr.write(`${code}: ${message}\n${remedy}\n`);
  // Whoever limited the time has said what its end means.
  if (code === 'WINBIO_E_CANCELED') return Number(process.exitCode ?? 130);
  return code === 'WHORL_E_CONFIGURATION' || code === 'E_INVALIDARG' ? 2 : 1;
}
