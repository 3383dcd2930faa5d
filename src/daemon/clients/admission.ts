/** Who may connect, who administrates and who may enroll, by the configuration. Everybody else is refused. */

import { readUserDatabase, type UserDatabase } from '../../composition/accounts/user-database.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { unixUserSid } from '../../core/sid.ts';
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
  if (!administrator && !isIn(access.users)) {
    const text = `user ${peer.uid} is not among access.users of the service`;
    throw new BiometricError('E_ACCESSDENIED', text, { stage: 'authorize' });
  }
  const mayEnroll = administrator || isIn(access.enroll);
  return { sid: unixUserSid(peer.uid), administrator, mayEnroll, remote: false };
}

/** The principal of a user who is not there in person, such as the account of a pairing. Rejects as {@link admit} does. */
export async function admitUser(uid: number, ownerUid: number, access?: AccessConfiguration): Promise<Principal> {
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
