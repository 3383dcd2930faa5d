/** Finds accounts by their name, also those of a directory such as LDAP, which the system's own files do not list. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readUserDatabase } from './user-database.ts';

/** Names that can be one, and that no program takes for an option. */
const NAME = /^[^\s:/-][^\s:/]{0,255}$/;
/** A directory that does not answer in this time has no such user now, milliseconds. */
const PATIENCE_MS = 5000;

/** Number of the account of a name; undefined when there is none. */
export async function findUser(name: string): Promise<number | undefined> {
  if (!NAME.test(name)) return undefined;
  const listed = (await readUserDatabase()).userId(name);
  if (listed !== undefined) return listed;
  // Whatever the system is configured to ask; glibc has no other way that is not in this process.
  const asked = promisify(execFile)('getent', ['passwd', name], { timeout: PATIENCE_MS });
  const { stdout } = await asked.catch(() => ({ stdout: '' }));
  const [, , id] = stdout.split(':');
  return id !== undefined && /^\d+$/.test(id) ? Number(id) : undefined;
}
