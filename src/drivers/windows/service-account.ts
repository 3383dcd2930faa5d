/** The account that a service of Windows runs as. */

import { BiometricError } from '../../core/biometric-error.ts';
import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import { sidOfName } from './account-names.ts';
import { serviceSid } from './service-sid.ts';

/** An account as the service control manager names it, and its SID. */
export interface ServiceAccount {
  readonly name: string;
  readonly sid: string;
}

/** Accounts that every Windows has for services, by what people call them. */
const BUILT_IN: Readonly<Record<string, ServiceAccount>> = {
  localsystem: { name: 'LocalSystem', sid: LOCAL_SYSTEM_SID },
  localservice: { name: 'NT AUTHORITY\\LocalService', sid: 'S-1-5-19' },
  networkservice: { name: 'NT AUTHORITY\\NetworkService', sid: 'S-1-5-20' },
};

/**
 * The account of a service: by default one of its own, `NT SERVICE\service`, which Windows makes with it and which has no rights
 * but those that are given to it. Rejects with E_INVALIDARG for an account that Windows does not know, or that logs on with a
 * password, which no command line should hold.
 */
export async function serviceAccount(account: string | undefined, service: string): Promise<ServiceAccount> {
  const own = { name: `NT SERVICE\\${service}`, sid: serviceSid(service) };
  if (account === undefined || account.toLowerCase() === own.name.toLowerCase()) return own;
  const builtIn = BUILT_IN[account.toLowerCase().replace(/^(nt authority\\|\.\\)/, '')];
  if (builtIn !== undefined) return builtIn;
  if (!account.endsWith('$')) {
    const text = `--account is ${account}, which logs on with a password; give LocalSystem, LocalService, NetworkService, or a managed account such as EXAMPLE\\whorl$`;
    throw new BiometricError('E_INVALIDARG', text);
  }
  const sid = await sidOfName(account);
  if (sid === undefined)
    throw new BiometricError('E_INVALIDARG', `--account is ${account}, which Windows does not know`);
  return { name: account, sid };
}
