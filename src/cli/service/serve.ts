/** `whorl serve`: runs the service until it is told to end. */

import { setFlagsFromString } from 'node:v8';

/** Options of the command. */
export interface ServeCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Resolves when SIGTERM or SIGINT has ended the service: waiting operations canceled, notices sent, databases closed. */
export async function serve({ config, json = false }: ServeCommandOptions): Promise<void> {
  const startedAtMs = performance.now();
  // A service that waits most of its life keeps a small nursery: 15 MB less, when it is said before anything is loaded.
  setFlagsFromString('--semi-space-growth-factor=1');
  const [{ readConfiguration }, { startDaemon }] = await Promise.all([
    import('../../daemon/configuration/read-configuration.ts'),
    import('../../daemon/daemon.ts'),
  ]);
  const { configuration, folder, path } = await readConfiguration(config);
  await using daemon = await startDaemon(configuration, { folder });
  const { address, stateDirectory, url } = daemon;
  const readyMs = Math.round(performance.now() - startedAtMs);
  if (json) process.stdout.write(`${JSON.stringify({ address, stateDirectory, url, configuration: path, readyMs })}\n`);
  else {
    const web = url === undefined ? '' : ` and ${url}`;
    process.stdout.write(`serving at ${address}${web}\nstate in ${stateDirectory}\nstop with Ctrl+C\n`);
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
