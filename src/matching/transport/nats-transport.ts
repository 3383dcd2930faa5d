/** Core NATS as a transport: https://docs.nats.io/reference/reference-protocols/nats-protocol. */

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ConnectionOptions, Msg, NatsConnection, Status, Subscription } from '@nats-io/transport-node';
import type { AdapterOptions } from '../../adapters/adapter-options.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { type Logger, SILENT_LOGGER } from '../../core/logger.ts';
import { pause } from '../pause.ts';
import type { Delivery, MatchTransport, MessageListener } from './match-transport.ts';

/** A connection that says nothing is found out after two of these, milliseconds. */
const PING_MS = 5000;
/** Between attempts to connect, milliseconds. */
const AGAIN_MS = 500;
/** How long a server may take to greet, milliseconds. */
const GREETING_MS = 3000;
/** What a server has sent where nobody listens (NATS: no responders). */
const NO_RESPONDERS = 503;

/** Certificates of a connection. */
export interface NatsTls {
  /** Path of the certificates that the server has to be signed by, PEM. Default: those of the system. */
  readonly ca?: string | undefined;
  /** Path of the certificate that says who connects, PEM. */
  readonly certificate?: string | undefined;
  /** Path of its private key, PEM. */
  readonly key?: string | undefined;
}

/** How the servers are reached. */
export interface NatsTransportOptions {
  /** Addresses, `tls://host:4222` or `nats://host:4222`; one is enough to learn of the others. */
  readonly servers: readonly string[];
  /** Default: as the servers ask, without a certificate. */
  readonly tls?: NatsTls | undefined;
  /** Names the connection to whoever watches the servers; answers arrive on subjects that begin with `_INBOX.` and it. */
  readonly name: string;
  readonly logger?: Logger | undefined;
}

/** What a refusal means: a pattern of the client's or the system's words, and what is to be done. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED|CONNECTION_REFUSED/i, 'nothing listens there; start nats-server, or correct `servers`'],
  [/ENOTFOUND|EAI_AGAIN/i, 'there is no such host; correct `servers`'],
  [/authorization|authentication/i, 'the server does not know this certificate or user; add it to its `authorization`'],
  [
    /self.signed|unable to verify|unable to get (?:local )?issuer|unknown ca/i,
    'the certificate of the server is not signed by `tls.ca`',
  ],
  [/altnames|does not match certificate/i, 'the certificate of the server is not for this host name'],
  [
    /certificate required|bad certificate|handshake failure/i,
    'the server refuses the certificate; give `tls.certificate` and `tls.key` that its authority signed',
  ],
  [/expired/i, 'a certificate has expired'],
  [/tls|secure/i, 'the server and `tls` do not agree on whether the connection is encrypted'],
  [/timeout/i, 'the server does not greet; where it wants certificates, give `tls`'],
];

type Connect = (options: ConnectionOptions) => Promise<NatsConnection>;

/** What listens, with the subscription of the present connection. */
interface Listening {
  readonly subject: string;
  readonly listener: MessageListener;
  readonly group: string | undefined;
  made?: Subscription;
}

/** A connection to NATS that is made again whenever it is lost. */
export class NatsTransport implements MatchTransport {
  readonly #logger: Logger;
  readonly #connecting: ConnectionOptions;
  readonly #connect: Connect;
  readonly #listening = new Set<Listening>();
  readonly #waiting = new Map<string, (delivery: Delivery) => void>();
  readonly #watching = new Set<() => void>();
  readonly #inbox: string;
  readonly #closed = new AbortController();
  #connection: NatsConnection | undefined;
  #isUp = false;
  #fault: string | undefined;
  #requests = 0;
  #running: Promise<void> = Promise.resolve();

  private constructor(options: NatsTransportOptions, connect: Connect, connecting: ConnectionOptions) {
    this.#logger = options.logger ?? SILENT_LOGGER;
    this.#connect = connect;
    this.#connecting = connecting;
    this.#inbox = `${connecting.inboxPrefix}.${randomBytes(9).toString('hex')}`;
  }

  /**
   * A transport that connects as soon as it can, and again when the connection is lost. Rejects with WHORL_E_CONFIGURATION
   * when the package is not installed or a certificate cannot be read.
   */
  static async open(options: NatsTransportOptions): Promise<NatsTransport> {
    const { connect } = await import('@nats-io/transport-node').catch((cause: unknown) => {
      const text =
        'matching nodes need the package @nats-io/transport-node; install it: npm install @nats-io/transport-node';
      throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
    });
    const { servers, tls, name } = options;
    const made = new NatsTransport(options, connect, {
      servers: [...servers],
      name: `whorl ${name}`,
      inboxPrefix: `_INBOX.${name}`,
      pingInterval: PING_MS,
      maxPingOut: 2,
      maxReconnectAttempts: -1,
      reconnectTimeWait: AGAIN_MS,
      reconnectJitter: AGAIN_MS,
      reconnectJitterTLS: AGAIN_MS,
      timeout: GREETING_MS,
      ignoreAuthErrorAbort: true,
      noAsyncTraces: true,
      ...(tls !== undefined && { tls: await certificatesOf(tls) }),
    });
    made.#running = made.#run();
    return made;
  }

  get connected(): boolean {
    return this.#isUp;
  }

  get fault(): string | undefined {
    return this.#isUp ? undefined : this.#fault;
  }

  get maxBytes(): number {
    return this.#connection?.info?.max_payload ?? 1_048_576;
  }

  /** Resolves when it is connected. Rejects with WINBIO_E_CANCELED. */
  async untilConnected({ signal }: AdapterOptions): Promise<void> {
    while (!this.#isUp) {
      throwIfAborted(signal);
      const { promise, resolve } = Promise.withResolvers<void>();
      using _watch = this.watch(resolve);
      const aborted = (): void => resolve();
      signal.addEventListener('abort', aborted, { once: true });
      await promise;
      signal.removeEventListener('abort', aborted);
    }
  }

  publish(subject: string, bytes: Uint8Array): void {
    if (this.#isUp) this.#connection?.publish(subject, bytes);
  }

  subscribe(subject: string, listener: MessageListener, group?: string): Disposable {
    const entry: Listening = { subject, listener, group };
    this.#listening.add(entry);
    if (this.#connection !== undefined) this.#listen(this.#connection, entry);
    return {
      [Symbol.dispose]: () => {
        this.#listening.delete(entry);
        if (this.#connection?.isClosed() === false) entry.made?.unsubscribe();
      },
    };
  }

  async request(subject: string, bytes: Uint8Array, { signal }: AdapterOptions): Promise<Delivery> {
    throwIfAborted(signal);
    const connection = this.#connection;
    if (!this.#isUp || connection === undefined) return { kind: 'lost' };
    const { promise, resolve, reject } = Promise.withResolvers<Delivery>();
    const reply = `${this.#inbox}.${this.#requests++}`;
    const aborted = (): void => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
    this.#waiting.set(reply, resolve);
    signal.addEventListener('abort', aborted, { once: true });
    try {
      connection.publish(subject, bytes, { reply });
      return await promise;
    } finally {
      this.#waiting.delete(reply);
      signal.removeEventListener('abort', aborted);
    }
  }

  watch(onChange: () => void): Disposable {
    this.#watching.add(onChange);
    return { [Symbol.dispose]: () => this.#watching.delete(onChange) };
  }

  /** Sends what was published, and closes; idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#closed.signal.aborted) {
      this.#closed.abort();
      if (this.#isUp) await this.#connection?.flush().catch(() => {});
      await this.#connection?.close().catch(() => {});
      this.#set(false);
    }
    await this.#running;
  }

  /** Connects until it is closed: the client connects again by itself, but not before it was connected once. */
  async #run(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      try {
        const connection = await this.#connect(this.#connecting);
        if (signal.aborted) return await connection.close();
        this.#connection = connection;
        connection.subscribe(`${this.#inbox}.*`, { callback: (_error, message) => this.#answered(message) });
        for (const entry of this.#listening) this.#listen(connection, entry);
        this.#set(true);
        for await (const status of connection.status()) this.#take(status);
        const closed = await connection.closed();
        if (closed instanceof Error) this.#failed(closed);
      } catch (thrown) {
        this.#failed(thrown);
      }
      this.#connection = undefined;
      this.#set(false);
      await pause(AGAIN_MS, signal);
    }
  }

  #take(status: Status): void {
    if (status.type === 'disconnect') this.#set(false);
    if (status.type === 'reconnect') this.#set(true);
    if (status.type === 'error') {
      const { message } = status.error;
      this.#fault = message;
      this.#logger.warn('the message server refuses something', { message });
    }
  }

  #failed(thrown: unknown): void {
    const fault = faultOf(thrown);
    if (fault !== this.#fault) this.#logger.warn('the message server cannot be reached', { message: fault });
    this.#fault = fault;
  }

  #listen(connection: NatsConnection, entry: Listening): void {
    entry.made = connection.subscribe(entry.subject, {
      ...(entry.group !== undefined && { queue: entry.group }),
      callback: (error, message) => {
        if (error !== null) {
          this.#fault = `may not listen on ${entry.subject}: ${error.message}`;
          this.#logger.warn('the message server refuses a subscription', {
            subject: entry.subject,
            message: error.message,
          });
          return;
        }
        const { reply } = message;
        entry.listener(message.data, reply ? (bytes) => this.publish(reply, bytes) : undefined);
      },
    });
  }

  #answered(message: Msg): void {
    const resolve = this.#waiting.get(message.subject);
    if (resolve === undefined) return;
    const isNobody = message.data.length === 0 && message.headers?.code === NO_RESPONDERS;
    resolve(isNobody ? { kind: 'nobody' } : { kind: 'answer', bytes: message.data });
  }

  #set(isUp: boolean): void {
    if (this.#isUp === isUp) return;
    this.#isUp = isUp;
    if (isUp) {
      this.#fault = undefined;
      this.#logger.info('the message server is reached', { server: this.#connection?.getServer() });
    } else {
      for (const resolve of this.#waiting.values()) resolve({ kind: 'lost' });
    }
    for (const watcher of this.#watching) watcher();
  }
}

async function certificatesOf({ ca, certificate, key }: NatsTls): Promise<NonNullable<ConnectionOptions['tls']>> {
  const read = async (path: string): Promise<string> =>
    await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new BiometricError('WHORL_E_CONFIGURATION', `${path} cannot be read: give the path of a PEM file`, {
        cause,
      });
    });
  return {
    ...(ca !== undefined && { ca: await read(ca) }),
    ...(certificate !== undefined && { cert: await read(certificate) }),
    ...(key !== undefined && { key: await read(key) }),
  };
}

/** Why there is no connection, with what is to be done about it. */
function faultOf(thrown: unknown): string {
  const texts: string[] = [];
  for (let at: unknown = thrown; at instanceof Error && texts.length < 5; at = at.cause) texts.push(at.message);
  const text = texts.join(': ') || String(thrown);
  const known = FAULTS.find(([pattern]) => pattern.test(text));
  return known === undefined ? text : `${known[1]} (${text})`;
}
