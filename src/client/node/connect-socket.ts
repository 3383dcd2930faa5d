/** Reaches a service that runs on its own, over its socket. Node only. */

import { createConnection, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { BiometricError } from '../../core/biometric-error.ts';
import type { ByteStream } from '../../protocol/byte-stream.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { addressesToTry } from '../../protocol/service-address.ts';
import { streamTransport } from '../../protocol/stream-transport.ts';
import type { Transport } from '../../protocol/transport.ts';
import { distrustOf } from './socket-trust.ts';

/** Largest frame accepted from a service, bytes; the largest answer is an exported sample. */
const SERVICE_FRAME_BYTES = 64 << 20;

/**
 * A transport to the first service that answers: at `address`, or where a service is looked for by default. Rejects
 * with WHORL_E_SERVICE_NOT_RUNNING naming the addresses, E_ACCESSDENIED when the system denies access to the
 * socket, or it belongs to a user whom this one has no reason to trust; all have the stage `reach`.
 */
export async function connectSocket(address?: string): Promise<Transport<ClientMessage, ServiceMessage>> {
  const surroundings = { environment: process.env, homeDirectory: homedir(), platform: process.platform };
  const addresses = address === undefined ? addressesToTry(surroundings) : [address];
  let denied: unknown;
  let distrusted: string | undefined;
  for (const candidate of addresses) {
    // An address that the program names is its own decision.
    const distrust =
      address === undefined && process.env.WHORL_SOCKET === undefined ? distrustOf(candidate) : undefined;
    distrusted ??= distrust;
    if (distrust !== undefined) continue;
    try {
      const stream = (await reach(candidate)) as unknown as ByteStream;
      stream.unref();
      // The service holds the templates: what it sends is trusted.
      return streamTransport(
        stream,
        { frameBytes: SERVICE_FRAME_BYTES, nextTurn: setImmediate },
        (content) => content as ServiceMessage,
      );
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EACCES') denied ??= thrown;
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

function reach(address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
