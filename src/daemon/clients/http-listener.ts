/** The console, health, metrics, and the WebSocket of web pages. On loopback unless configured otherwise. */

import type { AddressInfo, Socket } from 'node:net';
import webSocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import type { OpenAbis } from '../../composition/abis/open-abis.ts';
import { readClientMessage } from '../../composition/connection/client-message.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { GREETING_BYTES, type GuardedTransport } from '../../protocol/guarded-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { type WebSocketLike, webSocketTransport } from '../../protocol/web-socket-transport.ts';
import type { Principal } from '../../service/access/principal.ts';
import { CONSOLE_PORT } from '../configuration/console-port.ts';
import type { DaemonConfiguration } from '../configuration/daemon-configuration.ts';
import { abisRoute } from './abis-route.ts';
import { type ConsolePagesOptions, consoleToken, ownOrigin, serveConsole } from './console-pages.ts';
import type { PairedClients } from './paired-clients.ts';
import { tlsOf } from './tls.ts';
import { WebSocketIntake } from './web-socket-intake.ts';

/** A message may hold an image for a virtual reader, in base64. */
const MAX_MESSAGE_BYTES = 28 << 20;
/** Connections at once, WebSockets included; the rest of the descriptors is for clients of the socket. */
const MAX_CONNECTIONS = 256;
/** How long the headers of a request, and the whole of it, may take. */
const HEADERS_MS = 5000;
const REQUEST_MS = 10_000;
/** How long what was sent may take to leave at the end. */
const PATIENCE_MS = 500;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const ANY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** What a listener needs. */
export interface HttpListenerOptions {
  readonly http: NonNullable<DaemonConfiguration['http']>;
  readonly paired: PairedClients;
  readonly accept: (
    transport: GuardedTransport<ServiceMessage, ClientMessage>,
    authorize: (token: string | undefined) => Promise<Principal>,
  ) => void;
  readonly metrics: () => Promise<string>;
  /** Whether databases are still being read. */
  readonly isLoading: () => boolean;
  readonly console: Omit<ConsolePagesOptions, 'isSecure'>;
  /** Answers a registry. Default: nobody does. */
  readonly abis?: Pick<OpenAbis, 'answer' | 'admits'> | undefined;
  /** Where a certificate of its own lies. */
  readonly keysFolder: string;
}

export class HttpListener implements AsyncDisposable {
  /** SHA-256 of the certificate, as browsers show it; undefined without TLS. */
  readonly fingerprint: string | undefined;
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly #server: FastifyInstance;
  readonly #sockets = new Set<Socket>();

  private constructor(url: string, fingerprint: string | undefined, server: FastifyInstance) {
    this.url = url;
    this.fingerprint = fingerprint;
    this.#server = server;
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** Begins to listen. Rejects with WHORL_E_CONFIGURATION when the port is taken. */
  static async listen(options: HttpListenerOptions): Promise<HttpListener> {
    const { http, paired, accept, metrics, isLoading, keysFolder, abis } = options;
    const { port = CONSOLE_PORT, host = '127.0.0.1', origins = [], hosts = [] } = http;
    const tls = http.tls && (await tlsOf(http.tls, { keysFolder, names: [...hosts, host] }));
    const server = fastify({
      ...(tls && { https: { cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' } }),
      logger: false,
      forceCloseConnections: true,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: HEADERS_MS,
      bodyLimit: GREETING_BYTES,
      http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 1000 },
    });
    server.server.maxConnections = MAX_CONNECTIONS;
    // A page that made its own name resolve to this machine does not get in by it.
    const names = new Set([...LOOPBACK, host, ...hosts]);
    server.addHook('onRequest', async (request, reply) => {
      if (!names.has(request.hostname)) await reply.code(403).send({ error: 'this host name is not served' });
    });
    await server.register(webSocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });
    await serveConsole(server, { ...options.console, isSecure: tls !== undefined });
    // A page of any origin may learn that someone listens, so that it can tell a refusal from silence; no more than that
    // and whether it is ready.
    server.get('/health', async (_request, reply) =>
      reply.header('cross-origin-resource-policy', 'cross-origin').send({ status: isLoading() ? 'loading' : 'ok' }),
    );
    server.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4').send(await metrics()));
    if (abis?.admits !== undefined) await server.register(abisRoute({ ...abis, admits: abis.admits }));
    server.get(
      '/connect',
      {
        websocket: true,
        preValidation: async (request, reply) => {
          const { origin } = request.headers;
          if (origin === undefined || (origin !== ownOrigin(request) && !origins.includes(origin))) {
            await reply.code(403).send({ error: 'this origin is not listed in http.origins' });
          }
        },
      },
      (socket, request) => {
        const origin = request.headers.origin ?? '';
        // Who set up TLS and named the hosts has said that pages of other machines stand for people who are there.
        const remote = tls === undefined && !['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
        const intake = new WebSocketIntake(request.raw.socket);
        const transport = webSocketTransport<ServiceMessage, ClientMessage>(
          socket as unknown as WebSocketLike,
          readClientMessage,
          { guarded: true, onAdmitted: (budget, longest = MAX_MESSAGE_BYTES) => intake.admit(budget, longest) },
        );
        socket.on('message', () => intake.handled());
        // Our own page has half of its token, and the browser sends the other; another origin's has all of it.
        const isOwn = origin === ownOrigin(request);
        const whole = (token: string | undefined) => (isOwn ? consoleToken(request, token) : token);
        accept(transport, async (token) => {
          const { principal, pairing } = await paired.admit(whole(token), origin, remote);
          const held = paired.hold(pairing, () => transport.close());
          socket.once('close', () => held[Symbol.dispose]());
          return principal;
        });
      },
    );
    try {
      await server.listen({ port, host });
    } catch (cause) {
      await server.close();
      const text = `http.port: cannot listen on ${host}:${port}; give another one (0 takes any that is free), or end what listens there`;
      throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
    }
    const { port: actual } = server.server.address() as AddressInfo;
    const shown = hosts[0] ?? (ANY_ADDRESS.has(host) ? 'localhost' : host);
    const listener = new HttpListener(`${tls ? 'https' : 'http'}://${shown}:${actual}`, tls?.fingerprint, server);
    server.server.on('connection', (socket) => listener.#connected(socket));
    return listener;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = this.#server.close();
    // A request that was refused on its way to a WebSocket belongs to nobody any more, and would be waited for.
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, PATIENCE_MS);
    await closed;
    clearTimeout(timer);
  }
}
