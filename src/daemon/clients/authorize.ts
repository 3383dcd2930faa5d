/** Whom a client of the socket stands for. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { AccessConfiguration, DaemonConfiguration } from '../configuration/daemon-configuration.ts';
import { admit, admitUser } from './admission.ts';
import type { NamedAccount } from './client-door.ts';
import type { AskPeer, PeerCredentials } from './peer-credentials.ts';

/** Who may connect besides the owner, where anyone may. */
export function admitsOthers({ users = [], administrators = [] }: AccessConfiguration = {}): boolean {
  return users.length > 0 || administrators.length > 0;
}

/** Throws WHORL_E_CONFIGURATION unless other users can be told apart and can reach the socket. */
export function requirePeers({ access, socket }: DaemonConfiguration, askPeer: AskPeer | undefined): void {
  if (!admitsOthers(access)) return;
  if (askPeer === undefined) {
    const text = 'access: other users need the package koffi, which asks the system who they are; install it';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
  if (socket === undefined) {
    const text = 'socket: other users cannot reach the state directory; give a path such as /run/whorl/whorl.sock';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
}

/**
 * The principal of a process, by what the kernel says of it. Where the kernel cannot be asked, whoever can open the socket
 * is the user whose folder it lies in. Rejects with E_ACCESSDENIED, stage `authorize`.
 */
export async function authorize(
  peer: PeerCredentials | undefined,
  askPeer: AskPeer | undefined,
  access: AccessConfiguration | undefined,
): Promise<Principal> {
  if (peer !== undefined) return await admit(peer, ownUid(), access);
  if (askPeer === undefined) return await ownPrincipal();
  throw new BiometricError('E_ACCESSDENIED', 'the system does not say who this is', { stage: 'authorize' });
}

/** What an account may do now. Rejects with E_ACCESSDENIED, stage `authorize`. */
export async function admitAccount(uid: number, access: AccessConfiguration | undefined): Promise<Principal> {
  return await admitUser(uid, ownUid(), access);
}

/** The account that the clients of a process are counted for; undefined where the kernel cannot be asked. */
export function accountOf(peer: PeerCredentials | undefined): NamedAccount | undefined {
  return peer && { name: `uid ${peer.uid}`, trusted: peer.uid === 0 || peer.uid === ownUid() };
}

/** The user who runs the daemon. */
export async function ownPrincipal(): Promise<Principal> {
  return await admit({ pid: 0, uid: ownUid(), gids: [] }, ownUid());
}

function ownUid(): number {
  return process.getuid?.() ?? 0;
}
