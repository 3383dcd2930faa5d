/** What a service of Windows runs must be readable for its account, and for nobody else to change. */

import { dirname } from 'node:path';
import { ownSid } from '../../composition/accounts/own-account.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import { fileSecurity } from '../../drivers/windows/file-security.ts';
import {
  foreignHolder,
  foreignOwner,
  mayRead,
  mayWrite,
  type SecurityDescriptor,
} from '../../drivers/windows/security-descriptor.ts';
import { serviceSid } from '../../drivers/windows/service-sid.ts';
import { ADMINISTRATORS_SID } from '../../drivers/windows/token-account.ts';

/** Everyone, authenticated users, users, services, and all of the services: every account of a service is these. */
const GROUPS_OF_SERVICES = ['S-1-1-0', 'S-1-5-11', 'S-1-5-32-545', 'S-1-5-6', 'S-1-5-80-0'];
const REMEDIES = {
  program:
    'install Node.js for all users, and Whorl where programs are, as an administrator: npm install -g --prefix "%ProgramFiles%\\whorl" @whorl/daemon',
  configuration: 'put it into %ProgramData%\\whorl as whorl.config.json, where it is found without --config',
};

/**
 * Throws WHORL_E_CONFIGURATION, with the remedy, for a program, or a configuration, which names programs, in a place that others
 * may write, or that the account with this SID may not read, such as the home directory of a user. What Local System runs, its installer may not write either unless
 * elevated: whoever can would be Local System.
 */
export function requireServiceProgram(path: string, account: string, kind: keyof typeof REMEDIES): void {
  for (const each of [dirname(path), path]) {
    const security = fileSecurity(each);
    const fault = security && programFault(each, security, { account, own: ownSid() });
    if (fault !== undefined) throw new BiometricError('WHORL_E_CONFIGURATION', `${fault}; ${REMEDIES[kind]}`);
  }
}

/** What is wrong with it; undefined for nothing. */
export function programFault(
  path: string,
  security: SecurityDescriptor,
  { account, own }: { readonly account: string; readonly own: string },
): string | undefined {
  const trusted = new Set([LOCAL_SYSTEM_SID, ADMINISTRATORS_SID, serviceSid('TrustedInstaller')]);
  if (account !== LOCAL_SYSTEM_SID) trusted.add(own);
  const writer = foreignOwner(security, trusted) ?? foreignHolder(security, trusted, mayWrite);
  if (writer !== undefined) return `${path} can be changed by ${writer}, who would be the service`;
  const readers = new Set([
    account,
    ...GROUPS_OF_SERVICES,
    ...(account === LOCAL_SYSTEM_SID ? [ADMINISTRATORS_SID] : []),
  ]);
  const isReadable = security.allowed?.some(({ sid, rights }) => readers.has(sid) && mayRead(rights)) ?? true;
  return isReadable ? undefined : `${path} cannot be read by the account of the service`;
}
