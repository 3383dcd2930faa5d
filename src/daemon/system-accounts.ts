/** Accounts of a Unix system, as its user database lists them. Passwords are not ours to check, so none is right. */

import { readFile } from 'node:fs/promises';
import { unixUserSid } from '../core/sid.ts';
import type { Accounts } from '../service/access/ports.ts';

const USER_DATABASE = '/etc/passwd';

export const SYSTEM_ACCOUNTS: Accounts = Object.freeze({
  async exists(sid: string): Promise<boolean> {
    // Where there is no such file nobody is known.
    const text = await readFile(USER_DATABASE, 'utf8').catch(() => '');
    return text.split('\n').some((line) => {
      const uid = line.split(':')[2];
      return uid !== undefined && /^\d+$/.test(uid) && unixUserSid(Number(uid)) === sid;
    });
  },
  domainOf: async () => undefined,
  verifyPassword: async () => false,
});
