/** `whorl serve`: runs the service until it is told to stop. */

import { setFlagsFromString } from 'node:v8';
import type { DaemonConfiguration } from '../../daemon/configuration/daemon-configuration.ts';
import type { Daemon } from '../../daemon/daemon.ts';

/** Options of the command. */
export interface ServeCommandOptions {
  readonly config?: string;
  /** Also serve the console: on this port, or on the configured one if true. */
  readonly http?: string | true;
  readonly json?: boolean;
}

/** Resolves once SIGTERM or SIGINT has ended the service: operations canceled, notices sent, databases closed. */
export async function serve({ config, http, json = false }: ServeCommandOptions): Promise<void> {
  const startedAtMs = performance.now();
  // A service that mostly waits needs little room for young objects: 15 MB less, if set before anything is loaded.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { readConfiguration } = await import('../../daemon/configuration/read-configuration.ts');
  const { configuration, folder, path } = await readConfiguration(config);
  const pages = http === undefined ? {} : { http: { ...configuration.http, ...httpOf(http) } };
  await run({ ...configuration, ...pages }, { folder, path, json, startedAtMs });
}

/** Where there is no configuration file. */
const NO_FILE = 'by default: there is no whorl.config.json in this folder';

/** How to run a service, and how to announce it. */
export interface RunOptions {
  /** Folder that adapter modules are resolved from. */
  readonly folder: string;
  /** Configuration file, if there is one. */
  readonly path?: string | undefined;
  readonly json: boolean;
  readonly startedAtMs: number;
  /** Environment that other commands need to find the service. */
  readonly hint?: string;
}

/** Runs a service until it is told to stop. */
export async function run(configuration: DaemonConfiguration, options: RunOptions): Promise<void> {
  const { folder, path, json, startedAtMs, hint } = options;
  const { startDaemon } = await import('../../daemon/daemon.ts');
  await using daemon = await startDaemon(configuration, { folder, configurationFile: path });
  const { address, stateDirectory, url } = daemon;
  const faults = daemon.faults().map(({ code, message, remedy }) => ({ code, message, remedy }));
  const readyMs = Math.round(performance.now() - startedAtMs);
  if (json) {
    const ready = { address, stateDirectory, url, configuration: path, readyMs, faults };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
  } else {
    const lines = [
      `serving at ${address}`,
      `configuration ${path ?? NO_FILE}`,
      `state in ${stateDirectory}`,
      ...(hint === undefined ? [] : [`other commands find it with ${hint}`]),
      'stop with Ctrl+C',
      ...(url === undefined ? [] : [await consoleLine(daemon, url)]),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    for (const { code, message, remedy } of faults) process.stdout.write(`${code}: ${message}\n  ${remedy}\n`);
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

/** Only a terminal gets the address that pairs; a journal gets the plain one. */
async function consoleLine(daemon: Daemon, url: string): Promise<string> {
  return process.stdout.isTTY
    ? `console at ${await daemon.consoleAddress()}`
    : `console at ${url}; whorl console prints an address that opens it`;
}

/** The listener that `--http [port]` asks for; an invalid port is refused with the rest of the configuration. */
export function httpOf(http: string | true = true): { readonly port?: number } {
  return http === true ? {} : { port: Number(http) };
}
