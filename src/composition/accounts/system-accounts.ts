/** Accounts of the system, as it lists them. Passwords are not ours to check, so none is right. */

import { hostname } from 'node:os';
import { unixUserId } from '../../core/sid.ts';
import { nameOfSid } from '../../drivers/windows/account-names.ts';
import type { Accounts } from '../../service/access/ports.ts';
import { ownSid } from './own-account.ts';
import { readUserDatabase } from './user-database.ts';

/** Accounts that a computer or a domain has made, unlike those that Windows has everywhere. */
const MADE = 'S-1-5-21-';

const WINDOWS_ACCOUNTS: Accounts = {
  // The own account is there, whether or not Windows can be asked for others.
  exists: async (sid) => sid === ownSid() || nameOfSid(sid) !== undefined,
  async domainOf(sid) {
    const found = sid.startsWith(MADE) ? nameOfSid(sid) : undefined;
    return found?.domain.toUpperCase() === hostname().toUpperCase() ? undefined : found?.domain;
  },
  verifyPassword: async () => false,
};

const UNIX_ACCOUNTS: Accounts = {
  async exists(sid: string): Promise<boolean> {
    const uid = unixUserId(sid);
    return uid !== undefined && (await readUserDatabase()).hasUser(uid);
  },
  domainOf: async () => undefined,
  verifyPassword: async () => false,
};

export const SYSTEM_ACCOUNTS: Accounts = Object.freeze(process.platform === 'win32' ? WINDOWS_ACCOUNTS : UNIX_ACCOUNTS);
