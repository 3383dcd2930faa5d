/** Connections through a real socket, as of a daemon: frames, schema and all. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSocket } from '../../client/node/connect-socket.ts';
import { CLIENT_LIMITS } from '../../composition/connection/client-limits.ts';
import { SocketListener } from '../../composition/connection/socket-listener.ts';
import { Budget } from '../../protocol/budget.ts';
import type { ClientEnd, HostLinks, ServiceEnd } from './host-links.ts';
import { queuedTransport } from './queued-transport.ts';

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

  /** Listens in a folder of its own. Rejects with WHORL_E_CONFIGURATION. */
  static async open(): Promise<SocketLinks> {
    const folder = mkdtempSync(join(tmpdir(), 'whorl-host-'));
    const waiting: ((end: ServiceEnd) => void)[] = [];
    const listener = await SocketListener.listen({
      address: join(folder, 'socket'),
      everybody: false,
      maxConnections: CLIENT_LIMITS.connections.value,
      // Processes connect one at a time, so the connection that arrives belongs to the first that waits.
      accept: (end) => {
        end.admit(new Budget(CLIENT_LIMITS.bytesPerAccount.value));
        waiting.shift()?.(end);
      },
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
