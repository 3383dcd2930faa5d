/** `whorl serve`: runs the service until it is told to stop. */

import { setFlagsFromString } from 'node:v8';
import type { DaemonConfiguration } from '../../daemon/configuration/daemon-configuration.ts';
import type { Daemon, DaemonOptions } from '../../daemon/daemon.ts';
import { supervise } from '../../daemon/supervision/supervise.ts';

/** Options of the command. */
export interface ServeCommandOptions {
  readonly config?: string;
  /** Also serve the console: on this port, or on the configured one if true. */
  readonly http?: string | true;
  /** Also stand in the place of fprintd on the message bus. */
  readonly fprintd?: boolean;
  readonly json?: boolean;
  /** Take a state that an anchor knows to be of an earlier day. */
  readonly acceptRollback?: boolean;
  /** Name of the service of Windows that this process is. */
  readonly windowsService?: string;
}

/**
 * Resolves once a signal or the supervisor has ended the service: operations canceled, notices sent, databases closed. Rejects
 * as {@link startDaemon} does; the supervisor has been told.
 */
export async function serve({
  config,
  http,
  fprintd = false,
  json = false,
  acceptRollback = false,
  windowsService,
}: ServeCommandOptions): Promise<void> {
  const startedAtMs = performance.now();
  // A service that mostly waits needs little room for young objects: 15 MB less, if set before anything is loaded.
  setFlagsFromString('--semi-space-growth-factor=1');
  await using supervision = await supervise(windowsService);
  try {
    const { readConfiguration } = await import('../../daemon/configuration/read-configuration.ts');
    const stop = Promise.race([stopSignal(), ...(supervision?.stop ? [supervision.stop] : [])]);
    let next: { readonly acceptRollback: boolean } | undefined = { acceptRollback };
    let restarted = false;
    while (next !== undefined) {
      const { configuration, folder, path } = await readConfiguration(config);
      const pages = http === undefined ? {} : { http: { ...configuration.http, ...httpOf(http) } };
      const desktop = fprintd ? { fprintd: { ...configuration.fprintd } } : {};
      const logger = await supervision?.logger?.(configuration.log?.level ?? 'info');
      const again = Promise.withResolvers<{ readonly acceptRollback: boolean }>();
      await using daemon = await startService(
        { readers: 'auto', ...supervision?.defaults, ...configuration, ...pages, ...desktop },
        {
          folder,
          configurationFile: path,
          acceptRollback: next.acceptRollback,
          overridden: http === undefined ? [] : Object.keys(httpOf(http)).map((field) => `http.${field}`),
          onRestart: again.resolve,
          ...(logger && { logger }),
          sessions: supervision?.sessions,
        },
      );
      if (!restarted) {
        await supervision?.ready(`serving at ${daemon.address}`);
        await announce(daemon, { path, json, readyMs: Math.round(performance.now() - startedAtMs) });
      }
      restarted = true;
      next = await Promise.race([stop, again.promise]);
    }
  } catch (thrown) {
    supervision?.failed?.(thrown);
    throw thrown;
  }
}

/** Resolves when the process is told to stop. */
export function stopSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(undefined));
  });
}

/** Starts a service, loading what it needs only now. Rejects as {@link startDaemon} does. */
export async function startService(configuration: DaemonConfiguration, options: DaemonOptions): Promise<Daemon> {
  const { startDaemon } = await import('../../daemon/daemon.ts');
  return await startDaemon(configuration, options);
}

/** Where there is no configuration file. */
const NO_FILE = 'by default: there is no whorl.config.json in this folder';

/** How a service is announced. */
export interface Announcement {
  /** Configuration file, if there is one. */
  readonly path?: string | undefined;
  readonly json: boolean;
  /** How long the start took, milliseconds. */
  readonly readyMs: number;
  /** Environment that other commands need to find the service. */
  readonly hint?: string;
}

/** Prints where the service is and what is wrong with it. */
export async function announce(daemon: Daemon, { path, json, readyMs, hint }: Announcement): Promise<void> {
  const { address, stateDirectory, url, certificateFingerprint } = daemon;
  const faults = daemon.faults().map(({ code, message, remedy }) => ({ code, message, remedy }));
  if (json) {
    const ready = { address, stateDirectory, url, certificateFingerprint, configuration: path, readyMs, faults };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
  } else {
    const lines = [
      `serving at ${address}`,
      `configuration ${path ?? NO_FILE}`,
      `state in ${stateDirectory}`,
      ...faults.map(({ code, message, remedy }) => `${code}: ${message}\n  ${remedy}`),
      ...(hint === undefined ? [] : [`other commands find it with ${hint}`]),
      'stop with Ctrl+C',
      ...(certificateFingerprint === undefined ? [] : [`certificate SHA-256 ${certificateFingerprint}`]),
      ...(url === undefined ? [] : [await consoleLine(daemon, url)]),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

/** Only a terminal gets the address that pairs; a journal gets the plain one. */
async function consoleLine(daemon: Daemon, url: string): Promise<string> {
  return process.stdout.isTTY
    ? `console at ${await daemon.consoleAddress()}`
    : `console at ${url}; whorl console prints an address that opens it`;
}

/** The listener that `--http [port]` asks for; an invalid port is refused with the rest of the configuration. */
function httpOf(http: string | true): { readonly port?: number } {
  return http === true ? {} : { port: Number(http) };
}
