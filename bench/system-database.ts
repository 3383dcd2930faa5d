/** The system database of a new state directory, sealed as the service seals it. */

import type { TemplateDatabase } from '../src/adapters/storage-adapter.ts';
import { composeDatabases } from '../src/composition/compose/compose-databases.ts';
import { SYSTEM_DATABASE_ID } from '../src/composition/configuration/default-databases.ts';
import { StateDirectory } from '../src/composition/state/state-directory.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import { TEMPLATE_FORMAT } from '../src/fingerprint/index.ts';
import { pick } from './pick.ts';

/** Opens it; what it needs ends with the stack. */
export async function openSystemDatabase(path: string, stack: AsyncDisposableStack): Promise<TemplateDatabase> {
  const directory = stack.use(StateDirectory.take(path));
  const parts = { directory, templateFormat: TEMPLATE_FORMAT, folder: path, logger: SILENT_LOGGER, stack };
  const { registrations } = await composeDatabases({}, parts);
  const { descriptor, storage } = pick(
    registrations.filter((each) => each.descriptor.databaseId === SYSTEM_DATABASE_ID),
  );
  stack.use(storage);
  return await storage.open(descriptor, { create: true });
}
