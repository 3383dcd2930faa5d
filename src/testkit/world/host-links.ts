/** How the processes of a scripted world reach its service: message ports, or the real socket of a daemon. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSocket } from '../../client/node/connect-socket.ts';
import { SocketListener } from '../../composition/connection/socket-listener.ts';
import { messagePortTransport } from '../../protocol/message-port-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import type { Transport } from '../../protocol/transport.ts';
import { queuedTransport } from './queued-transport.ts';

/** The ends of a connection. */
export type ClientEnd = Transport<ClientMessage, ServiceMessage>;
export type ServiceEnd = Transport<ServiceMessage, ClientMessage>;

/** Makes connections; `serve` is called when the service's end is there. */
export interface HostLinks extends AsyncDisposable {
  link(serve: (end: ServiceEnd) => void): ClientEnd;
  /** Resolves when every connection that was begun or ended has reached the service. */
  settled(): Promise<void>;
}

/** Both ends in this thread; they are there at once. */
export const MEMORY_LINKS: HostLinks = {
  link(serve) {
    const { port1, port2 } = new MessageChannel();
    serve(messagePortTransport(port2));
    return messagePortTransport(port1);
  },
  async settled() {},
  async [Symbol.asyncDispose]() {},
};

/** Connections through the socket of a daemon: frames, schema and all. */
export class SocketLinks implements HostLinks {
  readonly #folder: string;
  readonly #listener: SocketListener;
  readonly #waiting: ((end: ServiceEnd) => void)[];
  readonly #pending = new Set<Promise<unknown>>();
  #lastConnect: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, listener: SocketListener, waiting: ((end: ServiceEnd) => void)[]) {
    this.#folder = folder;
    this.#listener = listener;
    this.#waiting = waiting;
  }

  static async open(): Promise<SocketLinks> {
    const folder = mkdtempSync(join(tmpdir(), 'whorl-host-'));
    const waiting: ((end: ServiceEnd) => void)[] = [];
    const listener = await SocketListener.listen({
      address: join(folder, 'socket'),
      everybody: false,
      // One connects at a time, so that the first that waits is the one that has come.
      accept: (end) => waiting.shift()?.(end),
    });
    return new SocketLinks(folder, listener, waiting);
  }

  link(serve: (end: ServiceEnd) => void): ClientEnd {
    const left = Promise.withResolvers<void>();
    const served = Promise.withResolvers<void>();
    const connected = this.#lastConnect.then(async () => {
      this.#waiting.push((end) => {
        const { onClose } = end;
        serve({ ...end, onClose: (listener) => onClose((fault) => [listener(fault), left.resolve()]) });
        served.resolve();
      });
      const client = await connectSocket(this.#listener.address);
      await served.promise;
      return client;
    });
    this.#lastConnect = connected;
    this.#track(connected);
    return queuedTransport(connected, () => this.#track(left.promise));
  }

  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.settled();
    await this.#listener[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #track(promise: Promise<unknown>): void {
    this.#pending.add(promise);
    void promise.finally(() => this.#pending.delete(promise));
  }
}
