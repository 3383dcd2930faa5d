/** Listens on a Unix socket, or a named pipe on Windows, for the client processes of this machine. */

import { createServer, type Server, type Socket } from 'node:net';
import { BiometricError } from '../../core/biometric-error.ts';
import type { ByteStream } from '../../protocol/byte-stream.ts';
import type { GuardedTransport } from '../../protocol/guarded-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { streamTransport } from '../../protocol/stream-transport.ts';
import { readClientMessage } from './client-message.ts';
import { Door } from './door.ts';
import { FairTurns } from './fair-turns.ts';
import { requireSilence, SocketPlace } from './socket-place.ts';

/** A message may hold an image for a virtual reader, and nothing larger. */
export const CLIENT_FRAME_BYTES = 20 << 20;
/** Clients that may wait to be greeted; the kernel may allow fewer. A full queue turns clients away at once. */
const BACKLOG = 4096;

/** What a listener needs. */
export interface SocketListenerOptions {
  readonly address: string;
  /** true: every user of the machine may try; the service asks the kernel who it is. */
  readonly everybody: boolean;
  /** Clients at once; more are turned away. */
  readonly maxConnections: number;
  /** Told of each client in the event of its connection, before anything else happens. Default: nobody. */
  readonly onConnection?: (socket: Socket) => void;
  readonly accept: (transport: GuardedTransport<ServiceMessage, ClientMessage>, socket: Socket) => void;
}

export class SocketListener implements AsyncDisposable {
  readonly address: string;
  readonly #server: Server;
  readonly #place: SocketPlace | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #turns = new FairTurns();
  readonly #door = new Door(this.#turns.lane().run);
  #closing: Promise<void> | undefined;

  private constructor(address: string, server: Server, place: SocketPlace | undefined) {
    this.address = address;
    this.#server = server;
    this.#place = place;
  }

  /** Begins to listen. Rejects with WHORL_E_CONFIGURATION, naming what is in the way. */
  static async listen(options: SocketListenerOptions): Promise<SocketListener> {
    const { address, everybody, maxConnections, accept, onConnection } = options;
    const isPipe = process.platform === 'win32';
    if (isPipe) await requireSilence(address);
    const place = isPipe ? undefined : await SocketPlace.take(address, everybody);
    // A client is read from when it is greeted.
    const server = createServer({ pauseOnConnect: true });
    const listener = new SocketListener(address, server, place);
    server.maxConnections = maxConnections;
    server.on('connection', (socket) => {
      onConnection?.(socket);
      listener.#connected(socket, accept);
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    // Of a pipe these two are its access control list.
    const open = isPipe && everybody;
    const rights = { readableAll: open, writableAll: open };
    server.listen({ path: place?.temporary ?? address, backlog: BACKLOG, ...rights }, resolve);
    try {
      await promise;
      place?.publish(everybody ? 0o666 : 0o600);
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
      const { run: nextTurn, join: onAdmitted } = this.#turns.lane();
      const limits = { frameBytes: CLIENT_FRAME_BYTES, guarded: true, nextTurn, onAdmitted };
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
    this.#place?.leave();
    await closed;
    clearTimeout(timer);
  }
}
