/** A service that runs on its own, for all processes of the machine that are let in. */

import { dirname } from 'node:path';
import { type Composition, compose } from '../composition/compose/compose.ts';
import { checkConfiguration } from '../composition/configuration/check-configuration.ts';
import { type ServeOptions, serveConnection } from '../composition/connection/serve-connection.ts';
import { SocketListener } from '../composition/connection/socket-listener.ts';
import { DIAGNOSTICS } from '../composition/watching/diagnostics.ts';
import { BiometricError } from '../core/biometric-error.ts';
import type { Logger } from '../core/logger.ts';
import type { ClientMessage, ServiceMessage } from '../protocol/messages.ts';
import { addressOf } from '../protocol/service-address.ts';
import type { Transport } from '../protocol/transport.ts';
import type { Principal } from '../service/access/principal.ts';
import { admit } from './clients/admission.ts';
import { ConsoleLinks } from './clients/console-links.ts';
import { ForegroundByUse } from './clients/foreground-by-use.ts';
import { greetClient } from './clients/greet-client.ts';
import { Pairings } from './clients/pairings.ts';
import { type AskPeer, type PeerCredentials, peerCredentials } from './clients/peer-credentials.ts';
import type { DaemonConfiguration } from './configuration/daemon-configuration.ts';
import { DAEMON_SCHEMA } from './configuration/daemon-schema.ts';
import { createLogger } from './watching/log.ts';
import { OperationMetrics } from './watching/operation-metrics.ts';

/** What a daemon is given beside its configuration. */
export interface DaemonOptions {
  readonly logger?: Logger;
  /** Folder of the configuration; adapter modules are resolved from it. */
  readonly folder?: string;
}

/** A running daemon. */
export interface Daemon extends AsyncDisposable {
  /** Where clients connect. */
  readonly address: string;
  readonly stateDirectory: string;
  /** Of its HTTP listener, when it has one. */
  readonly url: string | undefined;
  /** Address that opens the console once, as whoever runs the daemon. Rejects with E_NOTIMPL without a listener. */
  readonly consoleAddress: () => Promise<string>;
  readonly metrics: OperationMetrics;
}

/**
 * Starts it. Rejects with WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED, WHORL_E_KEY_MISSING. Disposing cancels what
 * waits, delivers the notices, and closes the databases.
 */
export async function startDaemon(given: DaemonConfiguration, options: DaemonOptions = {}): Promise<Daemon> {
  const configuration = checkConfiguration(DAEMON_SCHEMA, given);
  const { $schema: _, socket, access, log, http, ...serviceConfiguration } = configuration;
  const logger = options.logger ?? createLogger(log?.level ?? 'info');
  const askPeer = await peerCredentials();
  const everybody = (access?.users ?? []).length > 0 || (access?.administrators ?? []).length > 0;
  if (everybody) requirePeers(askPeer, socket);
  await using stack = new AsyncDisposableStack();
  const { folder } = options;
  const composition = stack.use(
    await compose(serviceConfiguration, { logger, ...(folder !== undefined && { folder }) }),
  );
  const { stateDirectory } = composition;
  if (stateDirectory === undefined && socket === undefined) {
    throw new BiometricError('WHORL_E_CONFIGURATION', 'socket: give a path, since the state is in memory');
  }
  const address = socket ?? addressOf(stateDirectory ?? '', process.platform);
  const { log: requests, engineThreads, service } = composition;
  const consoleLinks = new ConsoleLinks();
  const metrics = new OperationMetrics(requests, engineThreads, () => service.sensorStates);
  const serving = servingOptions(composition, consoleLinks, metrics, logger);
  const listener = await SocketListener.listen({
    address,
    everybody,
    accept: (transport, peerSocket) => {
      const peer = askPeer?.(peerSocket);
      const authorize = () => principalOf(peer, askPeer !== undefined, access);
      void accept(composition, transport, authorize, serving, logger);
    },
  });
  stack.use(listener);
  // Most services have no pages to serve and need not load what serves them.
  const { HttpListener } = http ? await import('./clients/http-listener.ts') : {};
  // The file is small and pairings are rare: one that is removed does not work from then on.
  const pairings = new Pairings(stateDirectory ?? dirname(address));
  const web =
    http &&
    HttpListener &&
    stack.use(
      await HttpListener.listen({
        http,
        principalOf: (...asked) => pairings.principalOf(...asked),
        console: {
          takeLink: (token) => consoleLinks.take(token),
          pair: (pairing) => pairings.add(pairing).token,
          isPaired: (token, origin) => pairings.has(token, origin),
        },
        accept: (transport, authorize) => void accept(composition, transport, authorize, serving, logger),
        metrics: () => metrics.registry.metrics(),
      }),
    );
  if (web) consoleLinks.serveAt(web.url);
  logger.info('the service runs', { address, ...(web && { url: web.url }) });
  const owned = stack.move();
  return {
    address,
    stateDirectory: stateDirectory ?? dirname(address),
    url: web?.url,
    consoleAddress: async () => consoleLinks.make(await principalOf(undefined, false, access)),
    metrics,
    async [Symbol.asyncDispose]() {
      // The service first: what waits is canceled and the notices leave before the sockets close.
      await composition.service.cancelPending();
      await owned.disposeAsync();
      logger.info('the service ended');
    },
  };
}

async function accept(
  { service }: Composition,
  transport: Transport<ServiceMessage, ClientMessage>,
  authorize: (token: string | undefined) => Promise<Principal>,
  serving: ServeOptions,
  logger: Logger,
): Promise<void> {
  const principal = await greetClient(transport, authorize);
  if (principal === undefined) logger.warn('a client was not let in');
  else serveConnection(service, transport, principal, serving);
}

function servingOptions(
  { service, extensions, log }: Composition,
  consoleLinks: ConsoleLinks,
  metrics: OperationMetrics,
  logger: Logger,
): ServeOptions {
  const foreground = new ForegroundByUse((connection) => service.setForeground(connection));
  return {
    extensions: new Map([...extensions, ['console', async (_, principal) => consoleLinks.make(principal)]]),
    observers: [
      log,
      metrics,
      DIAGNOSTICS,
      {
        opened: ({ principal }) => logger.debug('a client connected', { sid: principal.sid }),
        asked: (connection, message) => {
          if (message.type === 'submit') foreground.asked(connection, message.id, message.request.kind);
        },
        answered: (connection, requestId) => foreground.answered(connection, requestId),
        closed: (connection, fault) => {
          foreground.gone(connection);
          const { sid } = connection.principal;
          if (fault === undefined) logger.debug('a client left', { sid });
          else logger.warn(`a client was given up: ${fault.message}`, { sid, code: fault.code });
        },
      },
    ],
  };
}

/** Without the kernel's word, whoever can open the socket is the user whose folder it lies in. */
async function principalOf(
  peer: PeerCredentials | undefined,
  asked: boolean,
  access: DaemonConfiguration['access'],
): Promise<Principal> {
  const uid = process.getuid?.() ?? 0;
  if (peer !== undefined) return await admit(peer, uid, access);
  if (!asked) return await admit({ pid: 0, uid, gids: [] }, uid);
  throw new BiometricError('E_ACCESSDENIED', 'the system does not say who this is', { stage: 'authorize' });
}

function requirePeers(askPeer: AskPeer | undefined, socket: string | undefined): void {
  if (askPeer === undefined) {
    const text = 'access: other users need the package koffi, which asks the system who they are; install it';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
  if (socket === undefined) {
    const text = 'socket: other users cannot reach the state directory; give a path such as /run/whorl/whorl.sock';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
}
