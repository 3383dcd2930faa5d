/** A password that a program prints, asked for at each connection, so that it may change. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BiometricError } from '../../core/biometric-error.ts';

/** `field` is where the command stands. Rejects with WHORL_E_CONFIGURATION, never with what the program printed. */
export async function passwordOf(
  command: readonly string[],
  timeoutMs: number,
  field = 'passwordCommand',
): Promise<string> {
  const [program = '', ...args] = command;
  let printed: string;
  try {
    printed = (await promisify(execFile)(program, args, { timeout: timeoutMs })).stdout;
  } catch {
    throw new BiometricError(
      'WHORL_E_CONFIGURATION',
      `${field}: ${program} failed, or took longer than ${timeoutMs} ms; run it as the account of the service`,
    );
  }
  const password = printed.replace(/\r?\n$/, '');
  if (password !== '') return password;
  throw new BiometricError('WHORL_E_CONFIGURATION', `${field}: ${program} printed nothing`);
}
