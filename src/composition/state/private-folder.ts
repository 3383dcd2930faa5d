/** Folders for this account alone, of the state and of its backups. */

import { makePrivateFolders } from '../../drivers/windows/file-security.ts';
import { win32 } from '../../drivers/windows/win32.ts';
import { makeFolder } from '../../storage/make-folder.ts';
import { ownSid } from '../accounts/own-account.ts';
import { trustedSids } from './foreign-access.ts';

/**
 * Makes a folder, and those above it that are missing, which nobody else may use from their first moment on; on Windows, where
 * what is made in them inherits that, SYSTEM and administrators may. Throws the error of the file system, which names the
 * folder, or the code of Windows. Without koffi, Windows gives it what the folder above has.
 */
export function makePrivateFolder(path: string): void {
  if (win32() === undefined) makeFolder(path, 0o700);
  else makePrivateFolders(path, trustedSids(ownSid()));
}
