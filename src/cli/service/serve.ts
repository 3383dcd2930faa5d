/** `whorl serve`: runs the service until it is told to end. */

import { setFlagsFromString } from 'node:v8';
import type { DaemonConfiguration } from '../../daemon/configuration/daemon-configuration.ts';
import type { Daemon } from '../../daemon/daemon.ts';

/** Options of the command. */
export interface ServeCommandOptions {
  readonly config?: string;
  /** Serves the console too; the port, or true for that of the configuration. */
  readonly http?: string | true;
  readonly json?: boolean;
}

/** Resolves when SIGTERM or SIGINT has ended the service: waiting operations canceled, notices sent, databases closed. */
export async function serve({ config, http, json = false }: ServeCommandOptions): Promise<void> {
  const startedAtMs = performance.now();
  // A service that waits most of its life keeps a small nursery: 15 MB less, when it is said before anything is loaded.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { readConfiguration } = await import('../../daemon/configuration/read-configuration.ts');
  const { configuration, folder, path } = await readConfiguration(config);
  const pages = http === undefined ? {} : { http: { ...configuration.http, ...httpOf(http) } };
  await run({ ...configuration, ...pages }, { folder, path, json, startedAtMs });
}

/** How a service is run, and told of. */
export interface RunOptions {
  /** Folder that adapter modules are resolved from. */
  readonly folder: string;
  /** Of the configuration, when it is a file. */
  readonly path?: string | undefined;
  readonly json: boolean;
  readonly startedAtMs: number;
  /** What other commands need in their environment to find it. */
  readonly hint?: string;
}

/** Runs a service with a configuration until it is told to end. */
export async function run(configuration: DaemonConfiguration, options: RunOptions): Promise<void> {
  const { folder, path, json, startedAtMs, hint } = options;
  const { startDaemon } = await import('../../daemon/daemon.ts');
  await using daemon = await startDaemon(configuration, { folder });
  const { address, stateDirectory, url } = daemon;
  const readyMs = Math.round(performance.now() - startedAtMs);
  if (json) {
    const ready = { address, stateDirectory, url, configuration: path, readyMs };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
  } else {
    const lines = [
      `serving at ${address}`,
      `state in ${stateDirectory}`,
      ...(hint === undefined ? [] : [`other commands find it with ${hint}`]),
      'stop with Ctrl+C',
      ...(url === undefined ? [] : [await consoleLine(daemon, url)]),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

/** An address that lets in is for the person at a terminal; a journal gets the one that does not. */
async function consoleLine(daemon: Daemon, url: string): Promise<string> {
  return process.stdout.isTTY
    ? `console at ${await daemon.consoleAddress()}`
    : `console at ${url}; whorl console prints an address that opens it`;
}

/** The listener that `--http [port]` asks for; what is no port is refused with the rest of the configuration. */
export function httpOf(http: string | true = true): { readonly port?: number } {
  return http === true ? {} : { port: Number(http) };
}
