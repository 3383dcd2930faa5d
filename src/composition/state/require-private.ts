/** A folder whose content decides who is let in belongs to its user alone, as OpenSSH's StrictModes has it. */

import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';

/** Group and others may not write. */
const FOREIGN_WRITE = 0o022;

/**
 * Throws WHORL_E_CONFIGURATION, with the command that mends it, for a folder, or a file or folder in it, that another
 * user owns or may write, and for links in it. Nothing is there yet: nothing is asked. Not on Windows.
 */
export function requirePrivate(folder: string): void {
  if (process.getuid === undefined) return;
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return;
  // The folder itself may be a link that its own user made; what it leads to is asked.
  if (!stat.isSymbolicLink()) requireOwn(folder, stat);
  else requireLinkOf(folder, stat);
  for (const name of stat.isDirectory() ? readdirSync(folder) : []) {
    const path = join(folder, name);
    const each = lstatSync(path, { throwIfNoEntry: false });
    if (each === undefined) continue;
    if (each.isSymbolicLink()) {
      throw refused(`${path} is a link: put what it leads to in its place, or remove it with rm ${path}`);
    }
    requireOwn(path, each);
  }
}

function requireOwn(path: string, stat: Stats): void {
  requireLinkOf(path, stat);
  if ((stat.mode & FOREIGN_WRITE) !== 0 && !stat.isSocket()) {
    throw refused(`${path} can be written by other users: chmod go-w ${path}`);
  }
}

function requireLinkOf(path: string, { uid }: Stats): void {
  const own = process.getuid?.() ?? 0;
  if (uid !== own && uid !== 0) throw refused(`${path} belongs to another user (${uid}): chown ${own} ${path}`);
}

function refused(text: string): BiometricError {
  return new BiometricError('WHORL_E_CONFIGURATION', `state directory: ${text}`);
}
