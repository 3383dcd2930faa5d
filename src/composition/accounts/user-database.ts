/** The users and groups of a Unix system, as its two files list them. */

import { readFile } from 'node:fs/promises';

const USERS_FILE = '/etc/passwd';
const GROUPS_FILE = '/etc/group';

export interface UserDatabase {
  /** User number of a name, undefined when there is no such user. */
  userId(name: string): number | undefined;
  groupId(name: string): number | undefined;
  hasUser(uid: number): boolean;
  /** Name of a user number, undefined when there is no such user. */
  userName(uid: number): string | undefined;
}

/** Reads both files; where there is none nobody is known. */
export async function readUserDatabase(): Promise<UserDatabase> {
  const [users, groups] = await Promise.all([idsOf(USERS_FILE), idsOf(GROUPS_FILE)]);
  const names = new Map([...users].map(([name, uid]) => [uid, name]));
  return {
    userId: (name) => users.get(name),
    groupId: (name) => groups.get(name),
    hasUser: (uid) => names.has(uid),
    userName: (uid) => names.get(uid),
  };
}

/** Both files have the name first and the number third. */
async function idsOf(file: string): Promise<ReadonlyMap<string, number>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(
    rows.flatMap(([name, , id]) => (name && id !== undefined && /^\d+$/.test(id) ? [[name, Number(id)]] : [])),
  );
}
