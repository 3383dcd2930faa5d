/** A service of this process that shares databases, people and the journal with others, and a client of it. */

import { ServiceChannel } from '../../src/client/service-channel.ts';
import { WhorlService } from '../../src/client/whorl-service.ts';
import { type Composition, compose } from '../../src/composition/compose/compose.ts';
import type { ServiceConfiguration } from '../../src/composition/configuration/service-configuration.ts';
import { serveConnection } from '../../src/composition/connection/serve-connection.ts';
import { turnObserver } from '../../src/composition/connection/turn-observer.ts';
import type { SharedServer } from '../../src/composition/shared/shared-server.ts';
import { messagePortTransport } from '../../src/protocol/message-port-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../src/protocol/messages.ts';

/** A service and a client of it. */
export interface SharedSite extends AsyncDisposable {
  readonly composition: Composition;
  readonly service: WhorlService;
}

/** Variable of the environment that holds the key of all sites. */
export const KEY_VARIABLE = 'WHORL_TEST_SHARED_KEY';

/** Starts one. Without a server, that of the configuration. */
export async function startSite(
  site: string,
  directory: string,
  { server, ...change }: ServiceConfiguration & { readonly server?: SharedServer } = {},
): Promise<SharedSite> {
  process.env[KEY_VARIABLE] ??= 'ab'.repeat(32);
  const configuration: ServiceConfiguration = {
    state: { directory },
    keys: { environment: KEY_VARIABLE },
    readers: [{ kind: 'virtual', earlyTouch: 'kept' }],
    engineThreads: 1,
    shared: { site, postgres: { url: 'postgres://nobody@localhost/none' } },
    ...change,
  };
  const composition = await compose(configuration, server === undefined ? {} : { sharedServer: server });
  const { port1, port2 } = new MessageChannel();
  const principal = { sid: 'S-1-22-1-1000', administrator: true, mayEnroll: true, remote: false };
  const observers = [composition.log, turnObserver(composition.service)];
  const transport = messagePortTransport<ServiceMessage, ClientMessage>(port2);
  serveConnection(composition.service, transport, principal, { extensions: composition.extensions, observers });
  await composition.begin(observers);
  const channel = new ServiceChannel(messagePortTransport(port1));
  await channel.greet();
  const service = new WhorlService(channel);
  return {
    composition,
    service,
    async [Symbol.asyncDispose]() {
      await service.close();
      await composition[Symbol.asyncDispose]();
    },
  };
}
