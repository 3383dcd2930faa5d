/** Prints a fault as code, cause and remedy, and chooses the exit code. */

import { CommanderError } from 'commander';
import { BiometricError, isBiometricError, toBiometricError } from '../core/biometric-error.ts';
import { pathFaultOf } from '../core/path-fault.ts';
import { EXIT_INTERRUPTED, EXIT_LATE } from './exit-codes.ts';

/** A fault as `--json` prints it. */
export interface PrintedFault {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Prints the fault for people on standard error, and with `json` for programs on standard output; returns the exit code.
 * `beside` is what the command found before it failed.
 */
export function reportFault(thrown: unknown, json: boolean, beside: object = {}): number {
  // A request for help or for the version has been answered; a group of commands without one prints its help.
  if (thrown instanceof CommanderError && thrown.code.startsWith('commander.help'))
    return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
  const { code, message, remedy } = faultOf(thrown);
  const printed: PrintedFault = { code, message, remedy };
  if (json) process.stdout.write(`${JSON.stringify({ ...beside, ...printed })}\n`);
  process.stderr.write(`${code}: ${message}\n${remedy}\n`);
  if (code === 'WHORL_E_DEADLINE') return EXIT_LATE;
  if (code === 'WINBIO_E_CANCELED') return EXIT_INTERRUPTED;
  return code === 'WHORL_E_CONFIGURATION' || code === 'E_INVALIDARG' ? 2 : 1;
}

/** The parser and the file system complain of what was typed; anything else without a code is a defect. */
function faultOf(thrown: unknown): BiometricError {
  if (thrown instanceof CommanderError) {
    const text = thrown.message.replace(/^error: /, '').replaceAll('\n', ' ');
    return new BiometricError('E_INVALIDARG', `${text}; whorl --help lists the commands`, { cause: thrown });
  }
  const fault = isBiometricError(thrown) ? undefined : pathFaultOf(thrown);
  if (fault === undefined) return toBiometricError(thrown);
  return new BiometricError('E_INVALIDARG', `${fault.path}: ${fault.words}`, { cause: thrown });
}
