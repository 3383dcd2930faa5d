/** The databases a device is configured for. WBF: service 4 and 5. */

import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';

export interface UnitConfiguration {
  /** Database of the system pool; a unit without one is unassigned. */
  readonly systemDatabaseId?: DatabaseId;
  /** Databases of private pools. */
  readonly privateDatabaseIds: readonly DatabaseId[];
  /** Sensor mode of the configurations (`WINBIO_SENSOR_*_MODE`). */
  readonly sensorMode: number;
}

/** Throws WINBIO_E_CONFIGURATION_FAILURE unless each configuration has a database of its own. */
export function requireDistinctDatabases({ systemDatabaseId, privateDatabaseIds }: UnitConfiguration): void {
  const ids = [...(systemDatabaseId === undefined ? [] : [systemDatabaseId]), ...privateDatabaseIds].map(normalizeGuid);
  if (new Set(ids).size === ids.length) return;
  throw new BiometricError('WINBIO_E_CONFIGURATION_FAILURE', 'two configurations of a device name one database');
}
