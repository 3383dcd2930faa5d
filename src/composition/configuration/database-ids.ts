/** The databases a service has unless its configuration names others. */

import type { DatabaseId } from '../../core/identifiers.ts';

/** GUID of the database of the system pool, unless configured otherwise. */
export const SYSTEM_DATABASE_ID: DatabaseId = '6F0C4C1A-5E0B-4B55-9C8D-0F6A3B1C7E21';
/** GUID of the database for private pools, unless configured otherwise. */
export const PRIVATE_DATABASE_ID: DatabaseId = 'A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038';
