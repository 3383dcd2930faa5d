/** The users and groups of a Unix system, as its two files list them. */

import { readFile } from 'node:fs/promises';

const USERS_FILE = '/etc/passwd';
const GROUPS_FILE = '/etc/group';

export interface UserDatabase {
  /** User number of a name, undefined when there is no such user. */
  userId(name: string): number | undefined;
  groupId(name: string): number | undefined;
  hasUser(uid: number): boolean;
  /** Numbers of the groups a user is in. */
  groupsOf(uid: number): readonly number[];
  /** Name of a user number, undefined when there is no such user. */
  userName(uid: number): string | undefined;
}

/** Reads both files; where there is none nobody is known. */
export async function readUserDatabase(): Promise<UserDatabase> {
  const [users, groups] = await Promise.all([rowsOf(USERS_FILE), rowsOf(GROUPS_FILE)]);
  const userIds = new Map(users.map(({ name, id }) => [name, id]));
  const groupIds = new Map(groups.map(({ name, id }) => [name, id]));
  return {
    userId: (name) => userIds.get(name),
    groupId: (name) => groupIds.get(name),
    hasUser: (uid) => users.some(({ id }) => id === uid),
    userName: (uid) => users.find(({ id }) => id === uid)?.name,
    groupsOf: (uid) => {
      const own = users.filter(({ id }) => id === uid);
      const names = new Set(own.map(({ name }) => name));
      const primary = own.map(({ fourth }) => Number(fourth)).filter((gid) => Number.isInteger(gid));
      const others = groups.filter(({ fourth }) => fourth.split(',').some((member) => names.has(member)));
      return [...primary, ...others.map(({ id }) => id)];
    },
  };
}

interface Row {
  readonly name: string;
  readonly id: number;
  /** The group of a user, the members of a group. */
  readonly fourth: string;
}

/** Both files have the name first and the number third. */
async function rowsOf(file: string): Promise<readonly Row[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , id, fourth = ''] = line.split(':');
    return name && id !== undefined && /^\d+$/.test(id) ? [{ name, id: Number(id), fourth }] : [];
  });
}
