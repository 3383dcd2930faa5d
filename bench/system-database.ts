/** The system database of a new state directory, sealed as the service seals it. */

import type { TemplateDatabase } from '../src/adapters/storage-adapter.ts';
import { composeDatabases } from '../src/composition/compose/compose-databases.ts';
import { SYSTEM_DATABASE_ID } from '../src/composition/configuration/default-databases.ts';
import type { ServiceConfiguration } from '../src/composition/configuration/service-configuration.ts';
import { StateDirectory } from '../src/composition/state/state-directory.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import { TEMPLATE_FORMAT } from '../src/fingerprint/index.ts';
import type { DatabaseRegistration } from '../src/service/templates/store-registry.ts';
import { pick } from './pick.ts';

/** Opens it; what it needs ends with the stack. */
export async function openSystemDatabase(path: string, stack: AsyncDisposableStack): Promise<TemplateDatabase> {
  const { storage, descriptor } = await systemDatabase(path, stack);
  return await storage.open(descriptor, { create: true });
}

/** Where it is; by default in the state directory alone. */
export async function systemDatabase(
  path: string,
  stack: AsyncDisposableStack,
  configuration: ServiceConfiguration = {},
): Promise<DatabaseRegistration> {
  const directory = stack.use(StateDirectory.take(path));
  const parts = { directory, templateFormat: TEMPLATE_FORMAT, folder: path, logger: SILENT_LOGGER, stack };
  const { registrations } = await composeDatabases(configuration, parts);
  const found = pick(registrations.filter((each) => each.descriptor.databaseId === SYSTEM_DATABASE_ID));
  stack.use(found.storage);
  return found;
}
