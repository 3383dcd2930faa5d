/** What is wrong with the access control list of a file or folder of the state, on Windows. */

import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import { SERVICE_NAME } from '../../drivers/windows/machine-service.ts';
import {
  foreignHolder,
  foreignOwner,
  mayRead,
  mayWrite,
  type SecurityDescriptor,
} from '../../drivers/windows/security-descriptor.ts';
import { serviceSid } from '../../drivers/windows/service-sid.ts';
import { ADMINISTRATORS_SID } from '../../drivers/windows/token-account.ts';

/** Who may use what is private: the own account, SYSTEM, and administrators, who can take everything. */
export function trustedSids(own: string): readonly string[] {
  return [...new Set([LOCAL_SYSTEM_SID, ADMINISTRATORS_SID, own])];
}

/** What is asked after. */
interface Asked {
  /** SID of the own account. */
  readonly own: string;
  readonly isFolder: boolean;
}

/**
 * Who else owns it or may write it, or list the folder, with the command that mends it; undefined when nobody does. The machine's
 * service, whose account only administrators give away, counts as trusted, too: they look after its state.
 */
export function foreignAccess(
  path: string,
  security: SecurityDescriptor,
  { own, isFolder }: Asked,
): string | undefined {
  const trusted = new Set([...trustedSids(own), serviceSid(SERVICE_NAME)]);
  const owner = foreignOwner(security, trusted);
  if (owner !== undefined) return `${path} belongs to another account (${owner}): icacls "${path}" /setowner "*${own}"`;
  const writer = foreignHolder(security, trusted, mayWrite);
  const reader = isFolder ? foreignHolder(security, trusted, mayRead) : undefined;
  if (writer === undefined && reader === undefined) return undefined;
  const inherit = isFolder ? '(OI)(CI)' : '';
  const grants = trustedSids(own).map((sid) => `"*${sid}:${inherit}F"`);
  const mend = `icacls "${path}" /inheritance:r /remove:g "*${writer ?? reader}" /grant:r ${grants.join(' ')}`;
  return `${path} can be ${writer === undefined ? 'listed' : 'written'} by other accounts (${writer ?? reader}): ${mend}`;
}
