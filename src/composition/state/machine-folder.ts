/** The folder of the machine's service on Windows, in a place where every user may make folders. */

import { makePrivateFolders, protectFolder } from '../../drivers/windows/file-security.ts';
import { trustedSids } from './foreign-access.ts';
import { requirePrivate } from './require-private.ts';

/**
 * Gives the folder to the account of a service, SYSTEM and administrators, and to nobody else. Throws WHORL_E_CONFIGURATION for
 * one that is there and that somebody else owns or may change: what is in it might be theirs.
 */
export function takeMachineFolder(path: string, account: string): void {
  const sids = trustedSids(account);
  if (makePrivateFolders(path, sids)) return;
  requirePrivate(path);
  // It may have been another account's.
  protectFolder(path, sids);
}
