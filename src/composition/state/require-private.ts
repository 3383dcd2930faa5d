/** A folder whose content decides who is let in belongs to its user alone, as OpenSSH's StrictModes has it. */

import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';
import { fileSecurity } from '../../drivers/windows/file-security.ts';
import { win32 } from '../../drivers/windows/win32.ts';
import { ownSid } from '../accounts/own-account.ts';
import { foreignAccess } from './foreign-access.ts';

/** Group and others may not write. */
const FOREIGN_WRITE = 0o022;

/**
 * Throws WHORL_E_CONFIGURATION, with the command that mends it, for a folder, or a file or folder in it, that another
 * user owns or may write, and for links in it. On Windows nobody else may list the folder either: what is made in it has its
 * access control list. Nothing is there yet, or Windows cannot be asked for want of koffi: nothing is asked.
 */
export function requirePrivate(folder: string): void {
  if (process.getuid === undefined && win32() === undefined) return;
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return;
  // The folder itself may be a link that its own user made; what it leads to is asked.
  if (!stat.isSymbolicLink()) requireOwn(folder, stat);
  else requireOwnLink(folder, stat);
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
  requireOwnLink(path, stat);
  if (process.getuid === undefined) return;
  if ((stat.mode & FOREIGN_WRITE) !== 0 && !stat.isSocket()) {
    throw refused(`${path} can be written by other users: chmod go-w ${path}`);
  }
}

/** Windows is asked for what a link leads to. */
function requireOwnLink(path: string, stat: Stats): void {
  const own = process.getuid?.();
  if (own === undefined) {
    const security = fileSecurity(path);
    const found = security && foreignAccess(path, security, { own: ownSid(), isFolder: !stat.isFile() });
    if (found !== undefined) throw refused(found);
  } else if (stat.uid !== own && stat.uid !== 0) {
    throw refused(`${path} belongs to another user (${stat.uid}): chown ${own} ${path}`);
  }
}

function refused(text: string): BiometricError {
  return new BiometricError('WHORL_E_CONFIGURATION', `state directory: ${text}`);
}
