/**
 * Connections to the server of an address that takes writes. Each new connection is asked what it leads to, so that a
 * server that was demoted, restored or upgraded meanwhile is noticed.
 */

import type { Client, ClientConfig, Pool, PoolClient } from 'pg';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { ClientSession, destroyClient } from './client-session.ts';
import { passwordOf } from './password-command.ts';
import { type PostgresAddress, type PostgresHost, parseAddress, tlsFor } from './postgres-address.ts';
import { loadDriver, type PostgresDriver } from './postgres-driver.ts';
import { type PostgresAction, postgresError } from './postgres-errors.ts';
import { checkInstallation } from './postgres-installation.ts';
import { PostgresListener } from './postgres-listener.ts';
import { type PostgresOptions, type PostgresSettings, withDefaults } from './postgres-options.ts';
import type { PostgresSession, PostgresWork, Row, Statement } from './postgres-session.ts';

/** A server of the address, and the connections to it. */
interface Server {
  readonly config: ClientConfig;
  readonly pool: Pool;
  readonly clients: Set<Client>;
  /** Those that were asked what they lead to. */
  readonly checked: WeakSet<Client>;
}

const KEEP_ALIVE_MS = 5000;
const IDLE_MS = 60_000;
/** `gen_random_uuid` without an extension. */
const OLDEST_VERSION = 130_000;
/** Parts of `timeoutMs` after which the server gives up by itself, so that it says why. */
const LOCK_SHARE = 0.8;
const STATEMENT_SHARE = 0.9;

/**
 * The connections of one service to PostgreSQL: what a {@link PostgresStorageAdapter} and logs are made with. It connects
 * when it is used first, and again whenever it has to. Everything rejects with WHORL_E_OFFLINE within `timeoutMs` while no
 * server takes part, with WHORL_E_CONFIGURATION when one refuses, and with WHORL_E_NEWER_FORMAT for tables of a newer
 * version.
 *
 * @example
 * await using connection = new PostgresConnection({ url: 'postgres://whorl@db1,db2/whorl', site: 'north' });
 */
export class PostgresConnection implements AsyncDisposable {
  /** Schema of the tables. */
  readonly schema: string;
  /** Names whoever writes, in the history. */
  readonly site: string;
  /** How often is asked for what is new, milliseconds. */
  readonly pollMs: number;
  /** How long an answer may take, milliseconds. */
  readonly timeoutMs: number;
  readonly #options: PostgresSettings;
  readonly #address: PostgresAddress;
  readonly #listener: PostgresListener;
  readonly #alone = new Set<PostgresSession>();
  #elected: Promise<Server> | undefined;
  /** Once it is elected. */
  #server: Server | undefined;
  #isClosed = false;

  /** Connects to nothing yet. Throws E_INVALIDARG (options), WHORL_E_CONFIGURATION (address). */
  constructor(options: PostgresOptions) {
    this.#options = withDefaults(options);
    ({ schema: this.schema, site: this.site, pollMs: this.pollMs, timeoutMs: this.timeoutMs } = this.#options);
    this.#address = parseAddress(options.url);
    this.#listener = new PostgresListener(this);
  }

  /** Name of the channel that says what is new. */
  get channel(): string {
    return `whorl_${this.schema}`;
  }

  /**
   * Runs one statement by itself. Rejects with WHORL_E_OFFLINE, WHORL_E_READ_ONLY, WHORL_E_CONFIGURATION, and with the code
   * of the action for other faults.
   *
   * @example
   * const [row] = await connection.run('read', { text: 'select 1 as one' });
   */
  async run(action: PostgresAction, statement: Statement): Promise<readonly Row[]> {
    return await this.#use(action, (session) => session.query(statement));
  }

  /**
   * Runs several statements, all or none. Rejects as {@link run} does, and with what the work throws, which undoes it.
   * WHORL_E_OFFLINE while it is committed leaves open whether it was.
   *
   * @example
   * await connection.transaction('write', (session) => session.query({ text: 'delete from visits' }));
   */
  async transaction<T>(action: PostgresAction, work: (session: PostgresWork) => Promise<T>): Promise<T> {
    return await this.#use(action, (session) => session.transaction(work));
  }

  /**
   * A connection of its own, for what takes long: the server sets no limit, `timeoutMs` is one for each answer, and by
   * default that of the options. Whoever has it destroys it; closing does so too. Rejects with WHORL_E_OFFLINE,
   * WHORL_E_CONFIGURATION, WHORL_E_NEWER_FORMAT.
   *
   * @example
   * const session = await connection.alone('read');
   */
  async alone(action: PostgresAction, timeoutMs: number = this.timeoutMs): Promise<PostgresSession> {
    return await this.#connectAlone(action, timeoutMs, (client, driver) => this.#check(client, driver, action));
  }

  /**
   * As {@link alone}, whatever tables are there or not: for whoever makes them. Rejects with WHORL_E_OFFLINE,
   * WHORL_E_CONFIGURATION.
   *
   * @example
   * const session = await connection.administer(60_000);
   */
  async administer(timeoutMs: number): Promise<PostgresSession> {
    return await this.#connectAlone('administer', timeoutMs, (client, driver) => this.#checkServer(client, driver));
  }

  /**
   * Calls when something of this topic may be new, at least each `pollMs`. Throws WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * using watching = connection.watch('log people', () => console.log('something may be new'));
   */
  watch(topic: string, onHint: () => void): Disposable {
    this.#requireOpen();
    return this.#listener.watch(topic, onHint);
  }

  /**
   * Ends all connections; idempotent. What runs on them rejects with WHORL_E_OFFLINE.
   *
   * @example
   * await connection.close();
   */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#listener.close();
    for (const session of this.#alone) session.destroy();
    const server = await this.#elected?.catch(() => undefined);
    if (server !== undefined) endServer(server);
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using connection = new PostgresConnection({ url: 'postgres://whorl@db1/whorl' });
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #use<T>(action: PostgresAction, work: (session: PostgresSession) => Promise<T>): Promise<T> {
    const driver = await loadDriver();
    const { server, client } = await this.#take(driver, action);
    const session = new ClientSession(client, driver, action, this.timeoutMs);
    try {
      return await work(session);
    } catch (thrown) {
      // A server that was demoted: the next call looks for another one.
      if (isBiometricError(thrown) && thrown.code === 'WHORL_E_READ_ONLY') this.#forget(server);
      throw thrown;
    } finally {
      client.release(session.isBroken);
    }
  }

  /** A checked connection of the pool. Where the server is gone, another one is looked for once if there is time. */
  async #take(driver: PostgresDriver, action: PostgresAction): Promise<{ server: Server; client: PoolClient }> {
    const startMs = performance.now();
    for (let tries = 1; ; tries++) {
      const server = await this.#elect(driver, action);
      try {
        return { server, client: await this.#checkedClient(server, driver, action) };
      } catch (thrown) {
        this.#forget(server);
        const isLate = performance.now() - startMs > this.timeoutMs / 2;
        if (tries > 1 || isLate || this.#isClosed) throw postgresError(thrown, action);
      }
    }
  }

  async #checkedClient(server: Server, driver: PostgresDriver, action: PostgresAction): Promise<PoolClient> {
    const client = await server.pool.connect();
    try {
      if (!server.checked.has(client)) await this.#check(client, driver, action);
      server.checked.add(client);
      return client;
    } catch (thrown) {
      client.release(true);
      throw thrown;
    }
  }

  #elect(driver: PostgresDriver, action: PostgresAction): Promise<Server> {
    this.#requireOpen();
    if (this.#elected !== undefined) return this.#elected;
    const electing = this.#choose(driver, action);
    this.#elected = electing;
    electing.then(
      (server) => {
        this.#server = server;
      },
      () => {
        if (this.#elected === electing) this.#elected = undefined;
      },
    );
    return electing;
  }

  /** The first server that answers and takes writes. All are asked at once: one that hangs keeps nobody waiting. */
  async #choose(driver: PostgresDriver, action: PostgresAction): Promise<Server> {
    const candidates = this.#address.hosts.map(async (host) => {
      const server = this.#serverAt(driver, host);
      try {
        (await this.#checkedClient(server, driver, action)).release();
        return server;
      } catch (thrown) {
        endServer(server);
        throw atHost(postgresError(thrown, action), host);
      }
    });
    const chosen = await Promise.any(candidates).catch((thrown: AggregateError) => {
      throw worstOf(thrown.errors);
    });
    for (const candidate of candidates) {
      candidate.then(
        (server) => server !== chosen && endServer(server),
        () => undefined,
      );
    }
    if (this.#isClosed) endServer(chosen);
    return chosen;
  }

  #forget(server: Server): void {
    if (this.#server !== server) return;
    this.#server = undefined;
    this.#elected = undefined;
    retireServer(server);
  }

  #serverAt(driver: PostgresDriver, host: PostgresHost): Server {
    const { passwordCommand, tls, connections } = this.#options;
    const { user, password, database } = this.#address;
    const secret =
      passwordCommand === undefined ? password : async () => await passwordOf(passwordCommand, this.timeoutMs);
    const config: ClientConfig = {
      host: host.host,
      port: host.port,
      ...(user !== undefined && { user }),
      ...(secret !== undefined && { password: secret }),
      ...(database !== undefined && { database }),
      ssl: tlsFor(this.#address, host, tls),
      application_name: `whorl ${this.site}`,
      connectionTimeoutMillis: this.timeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    };
    const pool = new driver.Pool({
      ...config,
      query_timeout: this.timeoutMs,
      statement_timeout: Math.round(STATEMENT_SHARE * this.timeoutMs),
      lock_timeout: Math.round(LOCK_SHARE * this.timeoutMs),
      max: connections,
      idleTimeoutMillis: IDLE_MS,
      allowExitOnIdle: true,
    });
    const clients = new Set<Client>();
    // A connection that ends while nobody uses it is one less; whoever uses it is told by its query.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => {
      const whole = client as unknown as Client;
      clients.add(whole);
      client.on('error', () => undefined);
      client.once('end', () => clients.delete(whole));
    });
    return { config, pool, clients, checked: new WeakSet() };
  }

  async #connectAlone(
    action: PostgresAction,
    timeoutMs: number,
    check: (client: Client, driver: PostgresDriver) => Promise<void>,
  ): Promise<PostgresSession> {
    const driver = await loadDriver();
    this.#requireOpen();
    const hosts =
      action === 'administer' ? this.#address.hosts.map((host) => this.#serverAt(driver, host).config) : undefined;
    const configs = hosts ?? [(await this.#elect(driver, action)).config];
    const faults: BiometricError[] = [];
    for (const config of configs) {
      const client = new driver.Client(config);
      client.on('error', () => undefined);
      const session = new ClientSession(client, driver, action, timeoutMs);
      try {
        await client.connect();
        await check(client, driver);
        this.#requireOpen();
        this.#alone.add(session);
        client.once('end', () => this.#alone.delete(session));
        return session;
      } catch (thrown) {
        destroyClient(client);
        faults.push(postgresError(thrown, action));
      }
    }
    throw worstOf(faults);
  }

  async #check(client: Client | PoolClient, driver: PostgresDriver, action: PostgresAction): Promise<void> {
    await this.#checkServer(client, driver);
    await checkInstallation(new ClientSession(client as Client, driver, action, this.timeoutMs), this.schema);
  }

  async #checkServer(client: Client | PoolClient, driver: PostgresDriver): Promise<void> {
    const session = new ClientSession(client as Client, driver, 'open', this.timeoutMs);
    const [server] = await session.query({
      text: `select pg_is_in_recovery() as is_standby, current_setting('server_version_num')::int as version,
        current_setting('synchronous_commit') as durability`,
    });
    if (Number(server?.version) < OLDEST_VERSION) {
      throw new BiometricError('WHORL_E_CONFIGURATION', 'PostgreSQL 13 or newer is needed');
    }
    if (server?.is_standby === true && !this.#address.takesAny) {
      throw new BiometricError('WHORL_E_OFFLINE', 'PostgreSQL: a standby, which takes no writes');
    }
    // What settles is durable, whatever the server does for others.
    if (server?.durability === 'off') await session.query({ text: 'set synchronous_commit = on' });
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the connection is closed');
  }
}

/** Of several faults the one that somebody has to mend, else all of them. */
function worstOf(faults: readonly BiometricError[]): BiometricError {
  const [first] = faults;
  const worst = faults.find(({ code }) => code !== 'WHORL_E_OFFLINE');
  if (worst !== undefined || faults.length === 1) return worst ?? (first as BiometricError);
  return new BiometricError('WHORL_E_OFFLINE', faults.map(({ message }) => message).join('; '), { cause: first });
}

function atHost(fault: BiometricError, { host, port }: PostgresHost): BiometricError {
  return new BiometricError(fault.hresult, `${host}:${port}: ${fault.message}`, { cause: fault.cause });
}

/** Nothing is waited for: the server may stand still. */
function endServer({ pool, clients }: Server): void {
  if (!pool.ending) void pool.end().catch(() => undefined);
  for (const client of clients) destroyClient(client);
}

/** What runs on its connections may end. */
function retireServer({ pool }: Server): void {
  if (!pool.ending) void pool.end().catch(() => undefined);
}
