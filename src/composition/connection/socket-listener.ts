/** Listens on a Unix socket, or a named pipe on Windows, for the client processes of this machine. */

import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';
import { pathFaultOf } from '../../core/path-fault.ts';
import type { ByteStream } from '../../protocol/byte-stream.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { streamTransport } from '../../protocol/stream-transport.ts';
import type { Transport } from '../../protocol/transport.ts';
import { makeFolder } from '../../storage/make-folder.ts';
import { readClientMessage } from './client-message.ts';
import { Door } from './door.ts';
import { FairTurns } from './fair-turns.ts';

/** A message may hold an image for a virtual reader, and nothing larger. */
export const CLIENT_FRAME_BYTES = 20 << 20;
/** Clients at once; more are turned away. */
const MAX_CONNECTIONS = 4096;
/** Clients that may wait to be greeted; the kernel may allow fewer. A full queue turns clients away at once. */
const BACKLOG = 4096;
/** Longest name a Unix socket can have, bytes. */
const MAX_SOCKET_PATH_BYTES = 107;

/** What a listener needs. */
export interface SocketListenerOptions {
  readonly address: string;
  /** true: every user of the machine may try; the service asks the kernel who it is. */
  readonly everybody: boolean;
  readonly accept: (transport: Transport<ServiceMessage, ClientMessage>, socket: Socket) => void;
}

export class SocketListener implements AsyncDisposable {
  readonly address: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #turns = new FairTurns();
  readonly #door = new Door(this.#turns.lane());
  #closing: Promise<void> | undefined;

  private constructor(address: string, server: Server) {
    this.address = address;
    this.#server = server;
  }

  /** Begins to listen. The caller owns the state directory, so that a socket that is there is a dead one. */
  static async listen({ address, everybody, accept }: SocketListenerOptions): Promise<SocketListener> {
    const isPipe = process.platform === 'win32';
    if (!isPipe) prepareFolder(address, everybody);
    // A client is read from when it is greeted.
    const server = createServer({ pauseOnConnect: true });
    const listener = new SocketListener(address, server);
    server.maxConnections = MAX_CONNECTIONS;
    server.on('connection', (socket) => listener.#connected(socket, accept));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen({ path: address, backlog: BACKLOG }, resolve);
    try {
      await promise;
      if (!isPipe) chmodSync(address, everybody ? 0o666 : 0o600);
    } catch (cause) {
      throw new BiometricError('WHORL_E_CONFIGURATION', `socket: cannot listen on ${address}`, { cause });
    }
    return listener;
  }

  /** Ends every connection once what was sent has left, then the socket itself. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #connected(socket: Socket, accept: SocketListenerOptions['accept']): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // A crowd at the door is let in one by one, between the messages of those who are inside.
    this.#door.enter(() => {
      if (socket.destroyed) return;
      const limits = { frameBytes: CLIENT_FRAME_BYTES, nextTurn: this.#turns.lane() };
      const stream = socket as unknown as ByteStream;
      accept(streamTransport<ServiceMessage, ClientMessage>(stream, limits, readClientMessage), socket);
      socket.resume();
    });
  }

  async #close(): Promise<void> {
    this.#door[Symbol.dispose]();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroySoon();
    // A client that does not read what it is sent is not waited for.
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, 1000);
    await closed;
    clearTimeout(timer);
  }
}

/** Throws WHORL_E_CONFIGURATION for a path that is too long for a socket. */
export function requireSocketPath(address: string): void {
  const bytes = process.platform === 'win32' ? 0 : Buffer.byteLength(address);
  if (bytes <= MAX_SOCKET_PATH_BYTES) return;
  const text = `socket: ${bytes} bytes, at most ${MAX_SOCKET_PATH_BYTES}: ${address}; give a shorter path, or a state directory (WHORL_HOME) with one`;
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

function prepareFolder(address: string, everybody: boolean): void {
  requireSocketPath(address);
  try {
    makeFolder(dirname(address), everybody ? 0o755 : 0o700);
    rmSync(address, { force: true });
  } catch (cause) {
    const words = pathFaultOf(cause)?.words ?? 'it cannot be made';
    throw new BiometricError('WHORL_E_CONFIGURATION', `socket: ${address}: ${words}; give another path`, { cause });
  }
}
