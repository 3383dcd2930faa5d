/** Reaches a service that runs on its own, over its socket. Node only. */

import { createConnection, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { BiometricError } from '../../core/biometric-error.ts';
import type { ByteStream } from '../../protocol/byte-stream.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { addressesToTry, MACHINE_PIPE } from '../../protocol/service-address.ts';
import { streamTransport } from '../../protocol/stream-transport.ts';
import type { Transport } from '../../protocol/transport.ts';
import { distrustOf } from './socket-trust.ts';

/** Largest frame accepted from a service, bytes; the largest answer is an exported sample. */
const SERVICE_FRAME_BYTES = 64 << 20;

/** What the system says of a pipe of Windows that is being connected to. */
interface MetPipe {
  /** Why whoever serves it is not to be trusted, once it is connected; undefined when there is nothing against it. */
  distrust(): string | undefined;
}

/** Takes note of the pipe of a socket that was made just now; undefined where Windows cannot be asked. */
export type MeetPipe = () => MetPipe | undefined;

/**
 * A transport to the first service that answers: at `address`, or where a service is looked for by default. Rejects
 * with WHORL_E_SERVICE_NOT_RUNNING naming the addresses, E_ACCESSDENIED when the system denies access to the
 * socket, or it belongs to a user whom this one has no reason to trust; all have the stage `reach`. On Windows, `meetPipe`
 * asks who that is; where it cannot, the pipe of the machine's service is not trusted.
 */
export async function connectSocket(
  address?: string,
  meetPipe?: MeetPipe,
): Promise<Transport<ClientMessage, ServiceMessage>> {
  const surroundings = { environment: process.env, homeDirectory: homedir(), platform: process.platform };
  const addresses = address === undefined ? addressesToTry(surroundings) : [address];
  // An address that the program names is its own decision.
  const isNamed = address !== undefined || process.env.WHORL_SOCKET !== undefined;
  let denied: unknown;
  let distrusted: string | undefined;
  for (const candidate of addresses) {
    const distrust = isNamed ? undefined : distrustOf(candidate);
    distrusted ??= distrust;
    if (distrust !== undefined) continue;
    try {
      const { socket, pipe } = await reach(candidate, isNamed ? undefined : meetPipe);
      const distrust = isNamed ? undefined : pipeDistrustOf(candidate, pipe);
      if (distrust !== undefined) {
        distrusted ??= distrust;
        socket.destroy();
        continue;
      }
      const stream = socket as unknown as ByteStream;
      stream.unref();
      // The service holds the templates: what it sends is trusted.
      return streamTransport(
        stream,
        { frameBytes: SERVICE_FRAME_BYTES, nextTurn: setImmediate },
        (content) => content as ServiceMessage,
      );
    } catch (thrown) {
      // Windows says EPERM.
      if (['EACCES', 'EPERM'].includes((thrown as NodeJS.ErrnoException).code ?? '')) denied ??= thrown;
    }
  }
  if (distrusted !== undefined) {
    const text = `${distrusted}, so what answers there is not trusted; name its address if you trust it`;
    throw new BiometricError('E_ACCESSDENIED', text, { stage: 'reach' });
  }
  const text = `nothing answers at ${addresses.join(' or ')}`;
  if (denied === undefined) throw new BiometricError('WHORL_E_SERVICE_NOT_RUNNING', text, { stage: 'reach' });
  throw new BiometricError('E_ACCESSDENIED', `the socket is not for this user: ${addresses.join(' or ')}`, {
    stage: 'reach',
    cause: denied,
  });
}

/** Why the pipe of Windows at an address that nobody named is not to be trusted. */
function pipeDistrustOf(address: string, pipe: MetPipe | undefined): string | undefined {
  if (process.platform !== 'win32') return undefined;
  if (pipe === undefined) {
    // Anyone would think of this name.
    if (address !== MACHINE_PIPE) return undefined;
    return `${address}: who serves it is asked with the package koffi (npm install koffi), in the main thread`;
  }
  const distrust = pipe.distrust();
  return distrust && `${address}: ${distrust}`;
}

function reach(
  address: string,
  meetPipe: MeetPipe | undefined,
): Promise<{ readonly socket: Socket; readonly pipe: MetPipe | undefined }> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address);
    const pipe = meetPipe?.();
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve({ socket, pipe });
    });
  });
}
