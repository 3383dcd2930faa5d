/** Who is at the other end of a Unix socket, as the kernel says; nobody can say it for somebody else. */

import type { Socket } from 'node:net';

/** A process of this machine. */
export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  /** Its group and its supplementary groups. */
  readonly gids: readonly number[];
}

/** Asks the kernel; undefined for a socket that has no such peer. */
export type AskPeer = (socket: Socket) => PeerCredentials | undefined;

const SOL_SOCKET = 1;
const SO_PEERCRED = 17;
const SO_PEERGROUPS = 59;
/** Nearly everybody is in fewer groups than the first; the second is the most there can be. */
const GROUPS = [64, 65_536];
const UINT32_BYTES = 4;

/**
 * The question, where this system and its optional library can ask it; undefined elsewhere. Then only the permissions
 * of the socket's folder say who may connect.
 */
export async function peerCredentials(): Promise<AskPeer | undefined> {
  if (process.platform !== 'linux') return undefined;
  const koffi = await import('koffi').then(
    (module) => module.default,
    () => undefined,
  );
  if (koffi === undefined) return undefined;
  const getsockopt = koffi
    .load(null)
    .func('int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint32_t *length)');
  const ask = (fd: number, name: number, size: number): DataView | undefined => {
    const value = new Uint8Array(size);
    const length = [size];
    if (getsockopt(fd, SOL_SOCKET, name, value, length) !== 0) return undefined;
    return new DataView(value.buffer, 0, length[0]);
  };
  return (socket) => {
    const fd = descriptorOf(socket);
    const credentials = fd === undefined ? undefined : ask(fd, SO_PEERCRED, 3 * UINT32_BYTES);
    if (fd === undefined || credentials === undefined) return undefined;
    const word = (view: DataView, i: number) => view.getUint32(UINT32_BYTES * i, true);
    let groups: DataView | undefined;
    for (const most of GROUPS) groups ??= ask(fd, SO_PEERGROUPS, most * UINT32_BYTES);
    const count = (groups?.byteLength ?? 0) / UINT32_BYTES;
    const supplementary = groups === undefined ? [] : Array.from({ length: count }, (_, i) => word(groups, i));
    const [pid, uid, gid] = [word(credentials, 0), word(credentials, 1), word(credentials, 2)];
    return { pid, uid, gids: [gid, ...supplementary] };
  };
}

/** Node names the descriptor of a socket nowhere else. */
function descriptorOf(socket: Socket): number | undefined {
  const { _handle } = socket as unknown as { _handle?: { fd?: number } };
  return _handle?.fd !== undefined && _handle.fd >= 0 ? _handle.fd : undefined;
}
