/** Whom a client of the socket stands for. */

import { ownSid } from '../../composition/accounts/own-account.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { TokenAccount } from '../../drivers/windows/token-account.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { AccessConfiguration, DaemonConfiguration } from '../configuration/daemon-configuration.ts';
import { admit, admitAbsent, admitWindows } from './admission.ts';
import type { NamedAccount } from './client-door.ts';
import type { AskPeer, PeerCredentials } from './peer-credentials.ts';

/** Who may connect besides the owner, where anyone may. */
export function admitsOthers({ users = [], administrators = [], operators = [] }: AccessConfiguration = {}): boolean {
  return users.length > 0 || administrators.length > 0 || operators.length > 0;
}

/** Throws WHORL_E_CONFIGURATION unless other users can be told apart and can reach the socket. */
export function requirePeers({ access, socket }: DaemonConfiguration, canAsk: boolean): void {
  if (!admitsOthers(access)) return;
  if (!canAsk) {
    const text = 'access: other users need the package koffi, which asks the system who they are: npm install koffi';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
  // A pipe of Windows lies in no folder.
  if (socket === undefined && process.platform !== 'win32') {
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

/**
 * The principal of the client of a pipe, once it has greeted; `session` is the one that it runs in. Rejects with
 * E_ACCESSDENIED, stage `authorize`, also where Windows does not say who it is.
 */
export async function authorizePipe(
  account: TokenAccount | undefined,
  access: AccessConfiguration | undefined,
  session?: number,
): Promise<Principal> {
  if (account !== undefined) {
    const principal = await admitWindows(account, access);
    return { ...principal, ...(session !== undefined && { session }) };
  }
  throw new BiometricError('E_ACCESSDENIED', 'Windows does not say who this is', { stage: 'authorize' });
}

/** What an account may do now. Rejects with E_ACCESSDENIED, stage `authorize`. */
export async function admitAccount(sid: string, access: AccessConfiguration | undefined): Promise<Principal> {
  return await admitAbsent(sid, ownUid(), access);
}

/** The account that the clients of a process are counted for; undefined where the kernel cannot be asked. */
export function accountOf(peer: PeerCredentials | undefined): NamedAccount | undefined {
  return peer && { name: `uid ${peer.uid}`, trusted: peer.uid === 0 || peer.uid === ownUid() };
}

/** The user who runs the daemon. */
export async function ownPrincipal(): Promise<Principal> {
  return { sid: ownSid(), administrator: true, mayEnroll: true, remote: false };
}

/** Meaningless on Windows, where nothing is compared with it. */
function ownUid(): number {
  return process.getuid?.() ?? 0;
}
