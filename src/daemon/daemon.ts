/** A service that runs on its own, for all processes of the machine that are let in. */

import { dirname, join } from 'node:path';
import type { OpenAbis } from '../composition/abis/open-abis.ts';
import { type Composition, compose } from '../composition/compose/compose.ts';
import { STAND_IN } from '../composition/compose/compose-readers.ts';
import type { AbisConfiguration } from '../composition/configuration/abis-configuration.ts';
import { checkConfiguration } from '../composition/configuration/check-configuration.ts';
import { clientLimits } from '../composition/connection/client-limits.ts';
import type { Extension } from '../composition/connection/extensions.ts';
import { SocketListener } from '../composition/connection/socket-listener.ts';
import { requireSocketPath } from '../composition/connection/socket-place.ts';
import type { SessionsInFront } from '../composition/connection/turn-observer.ts';
import { stateDirectoryOf, statePlaces } from '../composition/state/state-directory.ts';
import { DIAGNOSTICS } from '../composition/watching/diagnostics.ts';
import { BiometricError, toBiometricError } from '../core/biometric-error.ts';
import type { Logger } from '../core/logger.ts';
import { unixUserSid } from '../core/sid.ts';
import { win32 } from '../drivers/windows/win32.ts';
import { addressOf } from '../protocol/service-address.ts';
import type { Service } from '../service/service.ts';
import {
  accountOf,
  admitAccount,
  admitsOthers,
  authorize,
  authorizePipe,
  ownPrincipal,
  requirePeers,
} from './clients/authorize.ts';
import { ClientDoor, type ClientDoorParts } from './clients/client-door.ts';
import { ConsoleLinks } from './clients/console-links.ts';
import type { HttpListener, HttpListenerOptions } from './clients/http-listener.ts';
import { PairedClients } from './clients/paired-clients.ts';
import { PairingUses } from './clients/pairing-uses.ts';
import { Pairings } from './clients/pairings.ts';
import { peerCredentials } from './clients/peer-credentials.ts';
import { PipePeers } from './clients/pipe-peers.ts';
import type {
  AccessConfiguration,
  DaemonConfiguration,
  FprintdConfiguration,
  HttpConfiguration,
} from './configuration/daemon-configuration.ts';
import { DAEMON_SCHEMA } from './configuration/daemon-schema.ts';
import { keepUp } from './upkeep/keep-up.ts';
import { createLogger } from './watching/log.ts';
import { OperationMetrics } from './watching/operation-metrics.ts';

/** What a daemon is given besides its configuration. */
export interface DaemonOptions {
  /** Where it logs. Default: JSON lines on standard error, at the level of the configuration. */
  readonly logger?: Logger;
  /** Folder of the configuration; adapter modules are resolved from it. Default: the working directory. */
  readonly folder?: string;
  /** The file that the configuration was read from, which `status` names. Default: none. */
  readonly configurationFile?: string | undefined;
  /** Whether a state that an anchor knows to be of an earlier day is taken, once. Default: false. */
  readonly acceptRollback?: boolean | undefined;
  /** Settings that the configuration has from the command line, such as `http.port`. Default: none. */
  readonly overridden?: readonly string[] | undefined;
  /**
   * Told when an administrator wants the daemon to be ended and started again, with `acceptRollback` after a backup was put
   * back. Default: nobody, and that is refused.
   */
  readonly onRestart?: ((options: { readonly acceptRollback: boolean }) => void) | undefined;
  /** Which sessions of Windows may have touches. Default: all. */
  readonly sessions?: SessionsInFront | undefined;
}

/** A running daemon. Disposing it cancels what waits, delivers the notices, and closes the databases. */
export interface Daemon extends AsyncDisposable {
  /** Path of the socket that clients connect to. */
  readonly address: string;
  /** Folder of its state; that of the socket for state in memory. */
  readonly stateDirectory: string;
  /** `http://host:port` of its HTTP listener; undefined without one. */
  readonly url: string | undefined;
  /** SHA-256 of the certificate that pages are served with, as browsers show it; undefined without TLS. */
  readonly certificateFingerprint: string | undefined;
  /**
   * Databases, templates and units that cannot be used now, each with its code, message and remedy; empty when all is well.
   *
   * @example
   * ```ts
   * for (const { code, message, remedy } of daemon.faults()) console.error(code, message, remedy);
   * ```
   */
  readonly faults: () => readonly BiometricError[];
  /**
   * Makes an address that opens the console once, as the user who runs the daemon. Rejects with E_NOTIMPL without an HTTP
   * listener.
   *
   * @example
   * ```ts
   * console.log(await daemon.consoleAddress());
   * ```
   */
  readonly consoleAddress: () => Promise<string>;
  /**
   * Metrics in the text format of Prometheus, as `/metrics` serves them.
   *
   * @example
   * ```ts
   * console.log(await daemon.metrics());
   * ```
   */
  readonly metrics: () => Promise<string>;
  /**
   * The machine is about to sleep, or awake again: before it sleeps, enrollments and what waits at the readers end, and the
   * readers rest until it is awake. Resolves when they rest. On Windows the daemon hears of it itself, with the package koffi.
   *
   * @example
   * ```ts
   * await daemon.notifyPower('suspend');
   * ```
   */
  readonly notifyPower: (change: 'suspend' | 'resume') => Promise<void>;
}

/**
 * Starts a daemon: one service for all processes of the machine. Rejects with WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED,
 * WHORL_E_KEY_MISSING; WHORL_E_ROLLED_BACK when its anchor has seen a later state.
 *
 * @example
 * ```ts
 * await using daemon = await startDaemon({ http: { port: 0 } });
 * console.log(daemon.address, daemon.url);
 * ```
 */
export async function startDaemon(given: DaemonConfiguration, options: DaemonOptions = {}): Promise<Daemon> {
  const configuration = checkConfiguration(DAEMON_SCHEMA, given);
  const {
    $schema: _,
    socket: _socket,
    access,
    log,
    http,
    limits: configured,
    backups: _backups,
    abis: abisConfiguration,
    fprintd,
    ...serviceConfiguration
  } = configuration;
  const limits = clientLimits(configured);
  const { logger = createLogger(log?.level ?? 'info'), folder, configurationFile, acceptRollback } = options;
  const askPeer = await peerCredentials();
  const pipes = PipePeers.find();
  requirePeers(configuration, (askPeer ?? pipes) !== undefined);
  // Before anything is made.
  requireSocketPath(socketAddress(configuration));
  await using stack = new AsyncDisposableStack();
  const composition = stack.use(
    await compose(serviceConfiguration, {
      logger,
      configurationFile,
      acceptRollback,
      ...(folder !== undefined && { folder }),
    }),
  );
  const address = socketAddress(configuration);
  const stateDirectory = composition.stateDirectory ?? dirname(address);
  const links = new ConsoleLinks();
  const metrics = new OperationMetrics(composition);
  const pairings = new Pairings(stateDirectory, composition.keys, composition.keeper);
  const paired = stack.use(
    new PairedClients({
      pairings,
      uses: new PairingUses(join(statePlaces(stateDirectory).keysFolder, 'pairing-uses.json'), logger),
      admit: (sid) => admitAccount(sid, access),
      audit: composition.audit,
    }),
  );
  const kept = keepUp(composition, { given, configuration, options, logger, pairings, paired, links });
  stack.use(kept);
  const door = clientDoor(composition, {
    links,
    metrics,
    logger,
    limits,
    upkeep: kept.extension,
    sessions: options.sessions,
  });
  await composition.begin(door.observers);
  const listener = await SocketListener.listen({
    address,
    everybody: admitsOthers(access),
    maxConnections: limits.connections,
    onConnection: (socket) => pipes?.meet(socket),
    accept: (transport, peerSocket) => {
      if (pipes !== undefined) {
        // Windows names the client of a pipe once it has sent something.
        return void door.accept(transport, () =>
          authorizePipe(pipes.ask(peerSocket), access, pipes.sessionOf(peerSocket)),
        );
      }
      const peer = askPeer?.(peerSocket);
      void door.accept(transport, () => authorize(peer, askPeer, access), accountOf(peer));
    },
  });
  stack.use(listener);
  const abis = abisConfiguration && stack.use(await openRegistry(abisConfiguration, { composition, folder, logger }));
  const web =
    http &&
    stack.use(
      await listenHttp(http, {
        paired,
        links,
        metrics,
        door,
        isLoading: () => composition.service.loading.length > 0,
        abis,
        keysFolder: statePlaces(stateDirectory).keysFolder,
      }),
    );
  if (web) links.serveAt(web.url);
  if (fprintd) {
    // Nobody logs in with the reader that stands in for none.
    const unfit = configuration.readers === 'auto' ? [STAND_IN] : [];
    stack.use(await standForFprintd(fprintd, composition, { logger, access, unfit }));
  }
  if (options.sessions) stack.use(options.sessions.onChange(() => composition.service.turned()));
  if (win32() !== undefined) stack.use(await followPower(composition.service, logger));
  logger.info('the service runs', { address, ...(web && { url: web.url }) });
  const owned = stack.move();
  return {
    address,
    stateDirectory,
    url: web?.url,
    certificateFingerprint: web?.fingerprint,
    metrics: () => metrics.text(),
    faults: composition.faults,
    consoleAddress: async () => links.make(await ownPrincipal()),
    notifyPower: (change) => composition.service.notifyPower(change),
    async [Symbol.asyncDispose]() {
      // The service first: what waits is canceled and the notices leave before the sockets close.
      await composition.service.cancelPending();
      await owned.disposeAsync();
      logger.info('the service ended');
    },
  };
}

/** Windows tells it when the machine goes to sleep; one that does not is no reason to serve nobody. */
async function followPower(service: Service, logger: Logger): Promise<Disposable> {
  const { watchPower } = await import('../drivers/windows/power-changes.ts');
  try {
    return watchPower((change) => {
      logger.info('the power changes', { change });
      void service.notifyPower(change);
    });
  } catch (thrown) {
    const { code, message } = toBiometricError(thrown);
    logger.warn(message, { code });
    return { [Symbol.dispose]() {} };
  }
}

/** Few services have a registry, and need not load what answers it. */
async function openRegistry(
  configuration: AbisConfiguration,
  {
    composition,
    folder = process.cwd(),
    logger,
  }: { readonly composition: Composition; readonly folder: string | undefined; readonly logger: Logger },
): Promise<OpenAbis> {
  const { openAbis } = await import('../composition/abis/open-abis.ts');
  const { readCbeff } = await import('./registry/read-cbeff.ts');
  const { sid } = await ownPrincipal();
  return await openAbis(configuration, { composition, sid, folder, readCbeff, logger });
}

/** Few services stand in fprintd's place, and need not load what talks to the bus. */
async function standForFprintd(
  configuration: FprintdConfiguration,
  { service, residents }: Composition,
  {
    logger,
    access,
    unfit,
  }: {
    readonly logger: Logger;
    readonly access: AccessConfiguration | undefined;
    readonly unfit: readonly string[];
  },
): Promise<AsyncDisposable> {
  const { FprintService } = await import('./fprintd/fprint-service.ts');
  const admit = (uid: number) => admitAccount(unixUserSid(uid), access);
  return await FprintService.start({ service, residents, configuration, admit, logger, unfit });
}

function socketAddress({ socket, state }: DaemonConfiguration): string {
  if (socket !== undefined) return socket;
  if (state !== 'memory') return addressOf(stateDirectoryOf({ state }), process.platform);
  throw new BiometricError('WHORL_E_CONFIGURATION', 'socket: give a path, since the state is in memory');
}

interface Surroundings {
  readonly links: ConsoleLinks;
  readonly metrics: OperationMetrics;
}

function clientDoor(
  { service, extensions, log }: Composition,
  {
    links,
    metrics,
    logger,
    limits,
    upkeep,
    sessions,
  }: Surroundings & Pick<ClientDoorParts, 'logger' | 'limits' | 'sessions'> & { readonly upkeep: Extension },
): ClientDoor {
  return new ClientDoor({
    service,
    extensions: new Map([
      ...extensions,
      ['console', async (_, principal) => links.make(principal)],
      ['upkeep', upkeep],
    ]),
    observers: [log, metrics, DIAGNOSTICS],
    logger,
    limits,
    sessions,
  });
}

/** Most services have no pages to serve and need not load what serves them. */
async function listenHttp(
  http: HttpConfiguration,
  parts: Surroundings &
    Pick<HttpListenerOptions, 'paired' | 'isLoading' | 'keysFolder' | 'abis'> & { readonly door: ClientDoor },
): Promise<HttpListener> {
  const { paired, links, metrics, door, isLoading, keysFolder, abis } = parts;
  const { HttpListener } = await import('./clients/http-listener.ts');
  return await HttpListener.listen({
    http,
    paired,
    keysFolder,
    console: {
      takeLink: (token) => links.take(token),
      pair: (pairing) => paired.pair(pairing),
      isPaired: (token, origin) => paired.isPaired(token, origin),
    },
    accept: (transport, authorize) => void door.accept(transport, authorize),
    metrics: () => metrics.text(),
    isLoading,
    abis,
  });
}
