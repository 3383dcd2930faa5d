/** Who may connect, who administrates and who may enroll, by the configuration. Everybody else is refused. */

import { accountNames } from '../../composition/accounts/account-names.ts';
import { ownSid } from '../../composition/accounts/own-account.ts';
import { readUserDatabase, type UserDatabase } from '../../composition/accounts/user-database.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { isSid, unixUserId, unixUserSid } from '../../core/sid.ts';
import { ADMINISTRATORS_SID, NETWORK_SID, type TokenAccount } from '../../drivers/windows/token-account.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { AccessConfiguration } from '../configuration/daemon-configuration.ts';
import type { PeerCredentials } from './peer-credentials.ts';

const ROOT_UID = 0;

/** The principal of a process that connects. Rejects with E_ACCESSDENIED, stage `authorize`. */
export async function admit(
  peer: PeerCredentials,
  ownerUid: number,
  access: AccessConfiguration = {},
): Promise<Principal> {
  // The owner is let in without asking who else there is.
  if (peer.uid === ownerUid || peer.uid === ROOT_UID) {
    return { sid: unixUserSid(peer.uid), administrator: true, mayEnroll: true, remote: false };
  }
  const users = await readUserDatabase();
  const isIn = (list: readonly string[] = []) => list.some((entry) => matches(entry, peer, users));
  const administrator = isIn(access.administrators);
  const operator = isIn(access.operators);
  if (!administrator && !operator && !isIn(access.users)) {
    const text = `user ${peer.uid} is not among access.users of the service`;
    throw new BiometricError('E_ACCESSDENIED', text, { stage: 'authorize' });
  }
  const mayEnroll = administrator || isIn(access.enroll);
  return { sid: unixUserSid(peer.uid), administrator, mayEnroll, remote: false, ...(operator && { operator }) };
}

/**
 * The principal of an account of Windows: the owner, administrators as Windows says, and those whom the configuration names.
 * Nobody comes in over the network. Rejects as {@link admit} does.
 */
export async function admitWindows(account: TokenAccount, access: AccessConfiguration = {}): Promise<Principal> {
  const { sid, groups } = account;
  const refuse = (why: string) => new BiometricError('E_ACCESSDENIED', why, { stage: 'authorize' });
  if (groups.includes(NETWORK_SID)) throw refuse('the service is for the processes of this machine alone');
  if (sid === ownSid() || groups.includes(ADMINISTRATORS_SID)) {
    return { sid, administrator: true, mayEnroll: true, remote: false };
  }
  const isIn = async (list: readonly string[] = []) => {
    for (const entry of list) if (await matchesWindows(entry, account)) return true;
    return false;
  };
  const administrator = await isIn(access.administrators);
  const operator = await isIn(access.operators);
  if (!administrator && !operator && !(await isIn(access.users)))
    throw refuse(`${sid} is not among access.users of the service`);
  const mayEnroll = administrator || (await isIn(access.enroll));
  return { sid, administrator, mayEnroll, remote: false, ...(operator && { operator }) };
}

/** `*`, a user's name, `DOMAIN\name` or SID, or `@` and a group's. */
async function matchesWindows(entry: string, { sid, groups }: TokenAccount): Promise<boolean> {
  if (entry === '*') return true;
  const isGroup = entry.startsWith('@');
  const name = isGroup ? entry.slice(1) : entry;
  const named = isSid(name) ? name : await (await accountNames()).sidOf(name);
  return named !== undefined && (isGroup ? groups.includes(named) : named === sid);
}

/**
 * The principal of a user who is not there in person, such as the account of a pairing. Windows says which groups count only
 * of those who are there. Rejects as {@link admit} does.
 */
export async function admitAbsent(sid: string, ownerUid: number, access?: AccessConfiguration): Promise<Principal> {
  if (process.platform === 'win32') return await admitWindows({ sid, groups: [] }, access);
  const uid = unixUserId(sid);
  if (uid === undefined) {
    const text = 'the account is not one of this machine';
    throw new BiometricError('E_ACCESSDENIED', text, { stage: 'authorize' });
  }
  const users = await readUserDatabase();
  return await admit({ pid: 0, uid, gids: users.groupsOf(uid) }, ownerUid, access);
}

/** `*`, a user's name or number, or `@` and a group's name. */
function matches(entry: string, peer: PeerCredentials, users: UserDatabase): boolean {
  if (entry === '*') return true;
  if (entry.startsWith('@')) {
    const gid = users.groupId(entry.slice(1));
    return gid !== undefined && peer.gids.includes(gid);
  }
  return (/^\d+$/.test(entry) ? Number(entry) : users.userId(entry)) === peer.uid;
}
