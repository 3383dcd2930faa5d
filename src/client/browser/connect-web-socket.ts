/** Reaches a service from a web page, over its WebSocket. Runs in browsers. */

import { checkOptions, either, type OptionTable, text, url as urlRule } from '../../core/option-rules.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { type WebSocketLike, webSocketTransport } from '../../protocol/web-socket-transport.ts';
import { ServiceChannel } from '../service-channel.ts';
import { WhorlService } from '../whorl-service.ts';
import { unreachableReason } from './unreachable-reason.ts';

/** How to reach the service. */
export interface ConnectWebSocketOptions {
  /** Address of the service: `ws://127.0.0.1:17737/connect`. Default: `/connect` on the host of the page. */
  readonly url?: string | URL;
  /** What `whorl pair` printed for the origin of the page. Default: none; the console is paired by its cookie. */
  readonly token?: string;
}

const CONNECT_OPTIONS: OptionTable<ConnectWebSocketOptions> = { url: either(text, urlRule), token: text };

/** The service that served the page. */
function ownAddress({ protocol, host }: { readonly protocol: string; readonly host: string }): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/connect`;
}

/**
 * Connects a web page to a service. Rejects with WHORL_E_SERVICE_NOT_RUNNING when nothing answers (stage `reach`),
 * E_ACCESSDENIED when the browser keeps the page from this machine (`permission`), the service refuses the origin of the
 * page (`origin`) or does not know the token (`authorize`), WHORL_E_PROTOCOL when the versions differ (`version`),
 * WHORL_E_CONNECTION_LOST; E_INVALIDARG for options that are none.
 *
 * @example
 * ```ts
 * const service = await connectWebSocket({ url: 'ws://127.0.0.1:17737/connect', token });
 * const session = await service.openSession();
 * ```
 */
export async function connectWebSocket(options: ConnectWebSocketOptions = {}): Promise<WhorlService> {
  checkOptions('connectWebSocket', options, CONNECT_OPTIONS);
  const { url, token } = options;
  const socket = new WebSocket(url ?? ownAddress(globalThis.location));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => void unreachableReason(socket.url).then(reject), { once: true });
  });
  const transport = webSocketTransport<ClientMessage, ServiceMessage>(
    socket as WebSocketLike,
    (content) => content as ServiceMessage,
  );
  const channel = new ServiceChannel(transport);
  try {
    await channel.greet(token);
  } catch (thrown) {
    channel.close();
    throw thrown;
  }
  return new WhorlService(channel);
}
