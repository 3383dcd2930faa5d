/** Takes units into the private pool of a session, and returns them. WBF: sessions 4, workflows 2.2, service 6. */

import { BiometricError } from '../core/biometric-error.ts';
import {
  WINBIO_FLAG_ADVANCED,
  WINBIO_FLAG_BASIC,
  WINBIO_SENSOR_ADVANCED_MODE,
  WINBIO_SENSOR_BASIC_MODE,
  WINBIO_TYPE_FINGERPRINT,
} from '../core/constants.ts';
import { normalizeGuid } from '../core/guid.ts';
import type { DatabaseId, UnitId } from '../core/identifiers.ts';
import { requireRight } from './access/access.ts';
import type { Principal } from './access/principal.ts';
import type { ServiceContext } from './context.ts';
import { configureUnit } from './units/configure-unit.ts';
import { Pool } from './units/pool.ts';
import type { Unit } from './units/unit.ts';
import { ownDatabase } from './units/unit-configuration.ts';

/** The units, database and mode that an open asks for. */
export interface PrivatePoolWish {
  readonly unitIds: readonly UnitId[];
  readonly databaseId: DatabaseId;
  readonly flags: number;
}

/** A private pool, and how to give it up. */
export interface PrivatePoolLease {
  readonly pool: Pool;
  /** Returns every unit to the pool it came from. */
  readonly giveBack: () => Promise<void>;
}

/** Rejects with the codes of V21 to V29; every unit is then back where it was. */
export async function takePrivatePool(
  context: ServiceContext,
  principal: Principal,
  wish: PrivatePoolWish,
): Promise<PrivatePoolLease> {
  const units = checkWish(context, principal, wish);
  const pool = Pool.private();
  const giveBack = async () => {
    for (const unit of pool.units) await returnUnit(context, pool, unit);
  };
  // All leave the system pool before the first wait, so that no other session can take them.
  for (const unit of units) unit.pool?.leave(unit);
  const pending = new Set(units);
  try {
    for (const unit of units) {
      await unit.pump.pause('moving');
      await configureUnit(context, unit, wish.databaseId);
      pending.delete(unit);
      if (!unit.attached) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', undefined, { unitId: unit.unitId });
      pool.join(unit);
      unit.pump.resume('moving');
      if (unit.store === undefined)
        throw unit.creationFault ?? new BiometricError(unit.creationResult, undefined, { unitId: unit.unitId });
    }
  } catch (thrown) {
    for (const unit of pending) await returnUnit(context, pool, unit);
    await giveBack();
    throw thrown;
  }
  return { pool, giveBack };
}

function checkWish(context: ServiceContext, principal: Principal, wish: PrivatePoolWish): readonly Unit[] {
  const units = wish.unitIds.map((unitId) => {
    const unit = context.units.get(unitId);
    if (unit === undefined) throw new BiometricError('WINBIO_E_INVALID_UNIT', undefined, { unitId });
    return unit;
  });
  // Private pools are for fingerprints only.
  const systemPool = context.systemPools.of(WINBIO_TYPE_FINGERPRINT);
  if (!context.stores.has(wish.databaseId)) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
  for (const unit of units) {
    const { unitId, configuration } = unit;
    const elsewhere = unit.pool !== undefined && unit.pool !== systemPool;
    // A unit meant for the system pool but in none could not be configured (D-09), or is moving.
    const failed = unit.pool === undefined && configuration.systemDatabaseId !== undefined;
    if (elsewhere || failed || unit.inUse || unit.pump.state === 'failed') {
      throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', undefined, { unitId });
    }
    if (!isConfiguredFor(unit, wish)) throw new BiometricError('WINBIO_E_CONFIGURATION_FAILURE', undefined, { unitId });
  }
  const left = systemPool.units.filter((unit) => !units.includes(unit));
  if (left.length === 0 && units.some((unit) => unit.pool === systemPool)) {
    requireRight('take-last-system-unit', principal);
  }
  return units;
}

function isConfiguredFor({ configuration }: Unit, wish: PrivatePoolWish): boolean {
  const { privateDatabaseIds, sensorMode } = configuration;
  const wanted = normalizeGuid(wish.databaseId);
  const named = (id: DatabaseId) =>
    normalizeGuid(id) === wanted || normalizeGuid(ownDatabase(configuration, id)) === wanted;
  if (!privateDatabaseIds.some(named)) return false;
  if ((wish.flags & WINBIO_FLAG_BASIC) !== 0) return sensorMode === WINBIO_SENSOR_BASIC_MODE;
  if ((wish.flags & WINBIO_FLAG_ADVANCED) !== 0) return sensorMode === WINBIO_SENSOR_ADVANCED_MODE;
  return true;
}

async function returnUnit(context: ServiceContext, pool: Pool, unit: Unit): Promise<void> {
  pool.leave(unit);
  await unit.pump.pause('moving');
  if (!unit.attached) return;
  await configureUnit(context, unit, unit.configuration.systemDatabaseId);
  if (!unit.attached) return;
  if (unit.store !== undefined) context.systemPools.of(unit.sensor.info.factor).join(unit);
  unit.pump.resume('moving');
}
