/** The databases a device is configured for. WBF: service 4 and 5. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_SENSOR_ADVANCED_MODE } from '../../core/constants.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';

export interface UnitConfiguration {
  /** Database of the system pool; a unit without one is unassigned. */
  readonly systemDatabaseId?: DatabaseId;
  /** Databases of private pools. */
  readonly privateDatabaseIds: readonly DatabaseId[];
  /** Databases of the device itself, by the configured ones they stand for. Default: it has none of its own. */
  readonly ownDatabases?: ReadonlyMap<DatabaseId, DatabaseId>;
  /** Sensor mode of the configurations (`WINBIO_SENSOR_*_MODE`). */
  readonly sensorMode: number;
}

/** The database that a unit uses where a configured one is named. */
export function ownDatabase({ ownDatabases }: UnitConfiguration, databaseId: DatabaseId): DatabaseId {
  return ownDatabases?.get(normalizeGuid(databaseId)) ?? databaseId;
}

/** What a device that brings its databases is configured for: its own in place of each configured one. */
export function onBoardConfiguration(
  configuration: UnitConfiguration,
  databases: ReadonlyMap<DatabaseId, { readonly databaseId: DatabaseId }>,
): UnitConfiguration {
  const ownDatabases = new Map([...databases].map(([id, own]) => [normalizeGuid(id), normalizeGuid(own.databaseId)]));
  return { ...configuration, ownDatabases, sensorMode: WINBIO_SENSOR_ADVANCED_MODE };
}

/** Throws WINBIO_E_CONFIGURATION_FAILURE unless each configuration has a database of its own. */
export function requireDistinctDatabases({ systemDatabaseId, privateDatabaseIds }: UnitConfiguration): void {
  const ids = [...(systemDatabaseId === undefined ? [] : [systemDatabaseId]), ...privateDatabaseIds].map(normalizeGuid);
  if (new Set(ids).size === ids.length) return;
  throw new BiometricError('WINBIO_E_CONFIGURATION_FAILURE', 'two configurations of a device name one database');
}
