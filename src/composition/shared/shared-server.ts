/** What keeps what services share. */

import type { SharedLog } from '../../adapters/shared-log.ts';
import type { StorageAdapter } from '../../adapters/storage-adapter.ts';
import type { SharedConfiguration } from '../configuration/service-configuration.ts';

/** Logs that services share. `keys` says what they seal with. */
export type SharedStream = 'keys' | 'people' | 'journal';

/** A server that several services write and follow. */
export interface SharedServer extends AsyncDisposable {
  /** Keeps templates, sealed. */
  readonly storage: StorageAdapter;
  /** A log; disposing of it leaves the server open. */
  log(stream: SharedStream): SharedLog;
}

/** The server of a configuration; nothing is connected yet. Rejects with WHORL_E_CONFIGURATION. */
export async function openSharedServer({ postgres, site }: SharedConfiguration): Promise<SharedServer> {
  const [{ PostgresConnection }, { PostgresStorageAdapter }, { PostgresSharedLog }] = await Promise.all([
    import('../../storage/postgres/postgres-connection.ts'),
    import('../../storage/postgres/postgres-storage-adapter.ts'),
    import('../../storage/postgres/postgres-shared-log.ts'),
  ]);
  const connection = new PostgresConnection({ ...postgres, site });
  const storage = new PostgresStorageAdapter({ connection });
  return {
    storage,
    log: (stream) => new PostgresSharedLog({ connection, stream }),
    async [Symbol.asyncDispose]() {
      await storage.close();
      await connection.close();
    },
  };
}
