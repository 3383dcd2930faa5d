/** `whorl pool`: the databases of private pools in the configuration. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_DATABASES } from '../../composition/configuration/default-databases.ts';
import { stateDirectoryOf } from '../../composition/state/state-directory.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { isGuid, normalizeGuid, randomGuid } from '../../core/guid.ts';
import { print } from '../print.ts';
import { currentConfiguration, writeConfiguration } from './configuration-file.ts';

export interface PoolOptions {
  readonly config?: string;
  readonly id?: string;
  readonly recordLimit?: number;
  readonly json?: boolean;
}

/** Adds a database for private pools; a session takes it with `{ pool: 'private', databaseId }`. */
export async function createPool({ config, id = randomGuid(), recordLimit, json }: PoolOptions): Promise<void> {
  if (!isGuid(id)) throw new BiometricError('E_INVALIDARG', '--id: give a GUID');
  const configuration = await currentConfiguration(config);
  const databases = configuration.databases ?? DEFAULT_DATABASES;
  const database = {
    id: normalizeGuid(id),
    pool: 'private',
    ...(recordLimit !== undefined && { recordLimit }),
  } as const;
  const path = writeConfiguration(config, { ...configuration, databases: [...databases, database] });
  print(
    json,
    { databaseId: database.id, path },
    `private pool ${database.id} added to ${path}; restart the service to use it`,
  );
}

export interface RemovePoolOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Removes a private database from the configuration; its file, if it has one, stays. */
export async function removePool(id: string, { config, json }: RemovePoolOptions): Promise<void> {
  const configuration = await currentConfiguration(config);
  const databases = configuration.databases ?? DEFAULT_DATABASES;
  const left = databases.filter(
    (database) => normalizeGuid(database.id) !== normalizeGuid(id) || database.pool === 'system',
  );
  if (left.length === databases.length) {
    const known = databases.filter(({ pool }) => pool === 'private').map((database) => database.id);
    throw new BiometricError('E_INVALIDARG', `there is no private pool ${id}; there are ${known.join(', ') || 'none'}`);
  }
  const path = writeConfiguration(config, { ...configuration, databases: left });
  const file =
    configuration.state === 'memory'
      ? ''
      : join(stateDirectoryOf(configuration), 'databases', `${id.toLowerCase()}.db`);
  const kept = existsSync(file) ? `; its templates are still in ${file}` : '';
  print(json, { path, ...(kept && { file }) }, `private pool ${id} removed from ${path}${kept}`);
}
