/** The account that this process runs as. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';
import { isSid, unixUserSid } from '../../core/sid.ts';
import { processAccount } from '../../drivers/windows/token-account.ts';

let own: string | undefined;

/**
 * Its SID: that of Windows, asked of the token of the process, or of `whoami` without the package koffi; elsewhere that of
 * the Unix user. Throws WHORL_E_CONFIGURATION where Windows does not say.
 */
export function ownSid(): string {
  own ??= process.getuid === undefined ? (processAccount()?.sid ?? whoami()) : unixUserSid(process.getuid());
  return own;
}

function whoami(): string {
  let cause: unknown;
  try {
    const program = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'whoami.exe');
    const line = execFileSync(program, ['/user', '/fo', 'csv', '/nh'], { encoding: 'latin1', windowsHide: true });
    // "computer\name","S-1-5-21-..."
    const [, sid] = /,"(S-1-[\d-]+)"\s*$/.exec(line) ?? [];
    if (isSid(sid)) return sid;
  } catch (thrown) {
    cause = thrown;
  }
  const text = 'Windows does not say which account this process runs as: npm install koffi';
  throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
}
