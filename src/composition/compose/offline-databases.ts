/** The databases of a configuration while no service runs: for backup, restoration and new keys. */

import { SILENT_LOGGER } from '../../core/logger.ts';
import { S_OK } from '../../core/result-constants.ts';
import { TEMPLATE_FORMAT } from '../../fingerprint/template/template-codec.ts';
import { accountFor } from '../../service/access/account-for.ts';
import { ownSid } from '../accounts/own-account.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { takeStateDirectory } from '../state/state-directory.ts';
import { composeDatabases, type Databases } from './compose-databases.ts';
import { type ComposedRecords, composeRecords } from './compose-records.ts';

/** Databases, and the account of what is done to them. */
export interface OfflineDatabases extends Databases, AsyncDisposable {
  /** People and the journal. */
  readonly records: ComposedRecords;
  /** Does what is accounted for in the audit log first, with a line of the user who runs the command. */
  readonly accountFor: <T>(action: string, change: () => Promise<T> | T) => Promise<T>;
}

/** Takes the state directory and makes the databases. Rejects with WHORL_E_STATE_LOCKED while a service runs. */
export async function offlineDatabases(configuration: ServiceConfiguration, folder: string): Promise<OfflineDatabases> {
  await using stack = new AsyncDisposableStack();
  const directory = takeStateDirectory(configuration);
  if (directory !== undefined) stack.use(directory);
  const sid = ownSid();
  const parts = { directory, templateFormat: TEMPLATE_FORMAT, folder, logger: SILENT_LOGGER, stack };
  const databases = await composeDatabases(configuration, parts);
  const { sealed } = databases;
  const log = sealed?.audit;
  const records = stack.use(
    composeRecords(
      sealed && directory && { directory, keys: sealed.keys, keeper: sealed.keeper },
      undefined,
      SILENT_LOGGER,
      databases.shared,
    ),
  );
  for (const storage of new Set(databases.registrations.map((each) => each.storage))) stack.use(storage);
  const owned = stack.move();
  return {
    ...databases,
    records,
    accountFor: (action, change) =>
      accountFor(async (record) => await log?.write(record), { action, sid, hresult: S_OK }, change),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
