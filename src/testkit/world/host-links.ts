/** How the processes of a scripted world reach its service. */

import { messagePortTransport } from '../../protocol/message-port-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import type { Transport } from '../../protocol/transport.ts';

/** The client's end of a connection. */
export type ClientEnd = Transport<ClientMessage, ServiceMessage>;
/** The service's end of a connection. */
export type ServiceEnd = Transport<ServiceMessage, ClientMessage>;

/** Connects processes to the service. */
export interface HostLinks extends AsyncDisposable {
  /** Connects a process; `serve` is called once, when the service's end is there. */
  link(serve: (end: ServiceEnd) => void): ClientEnd;
  /** Resolves when the service knows of every connection that was begun or ended. */
  settled(): Promise<void>;
}

/** Both ends are in this thread, and are there at once. */
export const MEMORY_LINKS: HostLinks = {
  link(serve) {
    const { port1, port2 } = new MessageChannel();
    serve(messagePortTransport(port2));
    return messagePortTransport(port1);
  },
  async settled() {},
  async [Symbol.asyncDispose]() {},
};
