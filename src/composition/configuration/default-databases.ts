/** The databases of a service whose configuration names none. */

import type { DatabaseId } from '../../core/identifiers.ts';
import type { DatabaseConfiguration } from './service-configuration.ts';

/** Id of the system pool's database, unless the configuration names another. */
export const SYSTEM_DATABASE_ID: DatabaseId = '6F0C4C1A-5E0B-4B55-9C8D-0F6A3B1C7E21';
/** Id of the one database of private pools, unless the configuration names others. */
export const PRIVATE_DATABASE_ID: DatabaseId = 'A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038';

/** One database for the system pool, one for private pools. */
export const DEFAULT_DATABASES: readonly DatabaseConfiguration[] = [
  { id: SYSTEM_DATABASE_ID, pool: 'system' },
  { id: PRIVATE_DATABASE_ID, pool: 'private' },
];
