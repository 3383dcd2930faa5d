/** Attaches a database to a unit, and lets its sensor and engine agree on calibration. WBF: service 5. */

import { toBiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { Logger } from '../../core/logger.ts';
import { S_OK, WINBIO_E_CONFIGURATION_FAILURE } from '../../core/result-constants.ts';
import type { AntiSpoofPolicies } from '../access/anti-spoof.ts';
import { DatabaseFault } from '../templates/database-fault.ts';
import type { StoreRegistry } from '../templates/store-registry.ts';
import { tellAccountPolicy } from './tell-account-policy.ts';
import type { Unit } from './unit.ts';
import { UnitCalibration } from './unit-calibration.ts';
import { ownDatabase, requireDistinctDatabases } from './unit-configuration.ts';

/** What units are configured with. */
export interface ConfigurationParts {
  readonly stores: StoreRegistry;
  readonly antiSpoof: AntiSpoofPolicies;
  readonly logger: Logger;
}

/** Without a database, or with one that cannot be opened, the unit stays unassigned and keeps the reason. */
export async function configureUnit(
  parts: ConfigurationParts,
  unit: Unit,
  databaseId: DatabaseId | undefined,
): Promise<void> {
  await attach(parts, unit, databaseId);
  unit.noteStatus();
}

async function attach(
  { stores, antiSpoof, logger }: ConfigurationParts,
  unit: Unit,
  databaseId: DatabaseId | undefined,
): Promise<void> {
  unit.store = undefined;
  unit.calibration = undefined;
  unit.creationResult = WINBIO_E_CONFIGURATION_FAILURE;
  unit.creationFault = undefined;
  if (databaseId === undefined) return;
  try {
    requireDistinctDatabases(unit.configuration);
    await unit.sensor.onBoard?.prepare();
    const store = await stores.store(ownDatabase(unit.configuration, databaseId), unit.engine);
    unit.calibration = await UnitCalibration.negotiate(unit.sensor, unit.engine);
    void tellAccountPolicy(unit.engine, antiSpoof.list(), logger);
    unit.store = store;
    unit.creationResult = S_OK;
  } catch (thrown) {
    const fault = toBiometricError(thrown);
    unit.creationResult = fault.hresult;
    unit.creationFault = fault;
    const { code, message } = fault;
    // What an adapter says stays out of the log.
    const why = fault instanceof DatabaseFault ? message : 'it could not be configured';
    logger.error(`a unit cannot be used: ${why}`, { unitId: unit.unitId, code });
  }
}
