/** Accounts by name, and names of accounts, on the system that this is. */

import { unixUserId, unixUserSid } from '../../core/sid.ts';
import { nameOfSid, sidOfName } from '../../drivers/windows/account-names.ts';
import { win32 } from '../../drivers/windows/win32.ts';
import { readUserDatabase } from './user-database.ts';

export interface AccountNames {
  /** SID of an account, on Windows also of a group, such as `DOMAIN\name`; undefined when there is none. */
  sidOf(name: string): Promise<string | undefined>;
  /** Name of an account, on Windows with its domain; undefined when there is none, or Windows cannot be asked. */
  nameOf(sid: string): string | undefined;
}

const WINDOWS_NAMES: AccountNames = {
  sidOf: sidOfName,
  nameOf(sid) {
    const found = win32() && nameOfSid(sid);
    return found && `${found.domain}\\${found.name}`;
  },
};

/** Reads the accounts of a Unix system once; Windows is asked each time. */
export async function accountNames(): Promise<AccountNames> {
  if (process.platform === 'win32') return WINDOWS_NAMES;
  const users = await readUserDatabase();
  return {
    async sidOf(name) {
      const uid = users.userId(name);
      return uid === undefined ? undefined : unixUserSid(uid);
    },
    nameOf(sid) {
      const uid = unixUserId(sid);
      return uid === undefined ? undefined : users.userName(uid);
    },
  };
}
