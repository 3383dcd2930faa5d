/** Accounts of a Unix system, as its user database lists them. Passwords are not ours to check, so none is right. */

import { unixUserId } from '../../core/sid.ts';
import type { Accounts } from '../../service/access/ports.ts';
import { readUserDatabase } from './user-database.ts';

export const SYSTEM_ACCOUNTS: Accounts = Object.freeze({
  async exists(sid: string): Promise<boolean> {
    const uid = unixUserId(sid);
    return uid !== undefined && (await readUserDatabase()).hasUser(uid);
  },
  domainOf: async () => undefined,
  verifyPassword: async () => false,
});
