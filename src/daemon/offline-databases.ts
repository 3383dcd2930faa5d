/** The databases of a configuration while no service runs: for backup, restoration and new keys. */

import { SILENT_LOGGER } from '../core/logger.ts';
import { TEMPLATE_FORMAT } from '../fingerprint/index.ts';
import { composeDatabases, type Databases } from './compose-databases.ts';
import type { DaemonConfiguration } from './configuration.ts';
import { takeStateDirectory } from './state-directory.ts';

/** Takes the state directory and makes the databases. Rejects with WHORL_E_STATE_LOCKED while a service runs. */
export async function offlineDatabases(
  configuration: DaemonConfiguration,
  folder: string,
): Promise<Databases & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const directory = takeStateDirectory(configuration);
  if (directory !== undefined) stack.use(directory);
  const parts = { directory, templateFormat: TEMPLATE_FORMAT, folder, logger: SILENT_LOGGER, stack };
  const databases = await composeDatabases(configuration, parts);
  for (const storage of new Set(databases.registrations.map((each) => each.storage))) stack.use(storage);
  const owned = stack.move();
  return { ...databases, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
