/** The shared database of a node: read, opened, never written. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SharedLog } from '../../adapters/shared-log.ts';
import type { TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { Logger } from '../../core/logger.ts';
import { TEMPLATE_FORMAT } from '../../fingerprint/template/template-codec.ts';
import type { GallerySource } from '../../matching/node/gallery-source.ts';
import type { DeletedRecords } from '../../storage/sealed/deleted-records.ts';
import { SealedStorageAdapter } from '../../storage/sealed/sealed-storage-adapter.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { requireSharedKey } from '../shared/shared-key.ts';
import { openSharedServer } from '../shared/shared-server.ts';
import { KEY_FILE, KeyStore } from '../state/key-store.ts';
import { stateDirectoryOf, statePlaces } from '../state/state-directory.ts';
import type { MatchingSetting } from './matching-setting.ts';

/** What a node does not need to remember: a service confirms each candidate from its own record. */
const NOTHING_DELETED: DeletedRecords = {
  has: () => false,
  remember: () => {
    throw new BiometricError('WHORL_E_READ_ONLY', 'a matching node writes nothing');
  },
};

/** A shared database, read record by record too. */
export type SharedGallerySource = GallerySource & Required<Pick<TemplateDatabase, 'numbered' | 'marks'>>;

/** A gallery to be loaded, and the keys that open it. */
export interface SharedGallery extends AsyncDisposable {
  readonly source: SharedGallerySource;
  readonly keyring: KeyStore;
}

/**
 * The keys of the services, which a node never makes. Rejects with WHORL_E_CONFIGURATION, and with WHORL_E_KEY_MISSING where
 * the file of the state directory is not there.
 */
export async function sharedKeys(configuration: ServiceConfiguration): Promise<KeyStore> {
  const { keys = 'file' } = configuration;
  const places = statePlaces(stateDirectoryOf(configuration));
  const file = join(places.keysFolder, KEY_FILE);
  if (keys === 'file' && !existsSync(file)) {
    const text = `${file} is not there: copy it from a service, or say with \`keys\` where the key of the services is kept`;
    throw new BiometricError('WHORL_E_KEY_MISSING', text);
  }
  return await KeyStore.open(keys, places);
}

/** Opens the database of the setting. Rejects with WHORL_E_OFFLINE, WHORL_E_CONFIGURATION, WHORL_E_KEY_MISSING, WINBIO_E_DATABASE_CANT_FIND. */
export async function openSharedGallery(
  configuration: ServiceConfiguration,
  { shared, databaseId }: MatchingSetting,
  logger: Logger,
): Promise<SharedGallery> {
  await using stack = new AsyncDisposableStack();
  const keyring = stack.use(await sharedKeys(configuration));
  const server = stack.use(await openSharedServer(shared));
  await using told = server.log('keys');
  await requireSharedKey(readOnly(told), keyring);
  const storage = stack.use(
    new SealedStorageAdapter(server.storage, {
      keyring,
      deletedRecords: NOTHING_DELETED,
      onUnreadable: (id: DatabaseId, recordId, { code, message }) =>
        logger.error(`a template is not used: ${message}`, { databaseId: id, recordId, code }),
    }),
  );
  const descriptor = { databaseId, factor: WINBIO_TYPE_FINGERPRINT, templateFormat: TEMPLATE_FORMAT };
  const source = (await storage.open(descriptor, { create: false })) as unknown as SharedGallerySource;
  const owned = stack.move();
  return { source, keyring, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** A node tells nobody of a key: its own may be the wrong one. */
function readOnly(log: SharedLog): SharedLog {
  return {
    position: () => log.position(),
    since: (after) => log.since(after),
    push: async () => {
      throw new BiometricError('WHORL_E_KEY_MISSING', 'no service uses this shared database yet: start one first');
    },
    trim: (beforeMs) => log.trim(beforeMs),
    watch: (onHint) => log.watch(onHint),
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}
