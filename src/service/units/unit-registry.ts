/** All units there are, from the arrival of their device to its removal. WBF: service 3. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { SensorAdapter, SensorInfo } from '../../adapters/sensor-adapter.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { WINBIO_POOL_UNASSIGNED } from '../../core/constants.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId, UnitId } from '../../core/identifiers.ts';
import type { Logger } from '../../core/logger.ts';
import type { UnitDescription } from '../../core/operation-result.ts';
import {
  S_OK,
  WINBIO_E_CONFIGURATION_FAILURE,
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_UNSUPPORTED_FACTOR,
} from '../../core/result-constants.ts';
import type { AntiSpoofPolicies } from '../access/anti-spoof.ts';
import { containSensor } from '../containment/contain-sensor.ts';
import type { StoreRegistry } from '../templates/store-registry.ts';
import type { SystemPools } from './system-pools.ts';
import { tellAccountPolicy } from './tell-account-policy.ts';
import { Unit, type UnitConfiguration } from './unit.ts';
import { UnitCalibration } from './unit-calibration.ts';

/** A unit came or went. */
export type UnitChange = { readonly kind: 'unit-arrival' | 'unit-removal'; readonly unitId: UnitId };

/** What the registry builds units from. */
export interface UnitRegistryParts {
  readonly engines: readonly EngineAdapter[];
  readonly configure: (sensor: SensorInfo) => UnitConfiguration;
  readonly systemPools: SystemPools;
  readonly stores: StoreRegistry;
  readonly antiSpoof: AntiSpoofPolicies;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class UnitRegistry {
  readonly #parts: UnitRegistryParts;
  readonly #units = new Map<UnitId, Unit>();
  readonly #bySensor = new Map<SensorAdapter, Unit | 'removed'>();
  readonly #listeners = new Set<(change: UnitChange) => void>();
  readonly #recoveries = new Set<Promise<void>>();
  #lastId = 0;

  constructor(parts: UnitRegistryParts) {
    this.#parts = parts;
  }

  get all(): readonly Unit[] {
    return [...this.#units.values()];
  }

  get(unitId: UnitId): Unit | undefined {
    return this.#units.get(unitId);
  }

  describe(): readonly UnitDescription[] {
    return this.all.map((unit) => unit.describe(unit.pool?.type ?? WINBIO_POOL_UNASSIGNED));
  }

  /** Resolves when no unit is being set up anew. */
  async settled(): Promise<void> {
    while (this.#recoveries.size > 0) await Promise.all(this.#recoveries);
  }

  onChange(listener: (change: UnitChange) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** A device is there: builds its unit, configures it for the system pool, and only then reports it. */
  async arrived(sensor: SensorAdapter): Promise<void> {
    const engine = this.#parts.engines.find(({ info }) => info.factor === sensor.info.factor);
    if (engine === undefined) {
      // No provider of that factor: the unit is not published (service 3.1).
      this.#parts.logger.warn('no engine for the factor of a sensor', { hresult: WINBIO_E_UNSUPPORTED_FACTOR });
      return;
    }
    this.#lastId += 1; // D-30: numbers are not reused.
    const configuration = this.#parts.configure(sensor.info);
    this.#parts.stores.serveSystemPool(configuration.systemDatabaseId, engine);
    const { clock } = this.#parts;
    const unit = new Unit({
      unitId: this.#lastId,
      sensor: containSensor(sensor, clock),
      engine,
      configuration,
      clock,
      failing: (failed, verdict) => this.#failing(failed, verdict),
    });
    this.#bySensor.set(sensor, unit);
    await this.configure(unit, configuration.systemDatabaseId);
    if (this.#bySensor.get(sensor) === 'removed') {
      this.#bySensor.delete(sensor);
      return;
    }
    this.#units.set(unit.unitId, unit);
    if (unit.store !== undefined) this.#parts.systemPools.of(sensor.info.factor).join(unit);
    this.#report({ kind: 'unit-arrival', unitId: unit.unitId });
  }

  /** A device is gone: whatever needs it ends, and its number names nothing any more. */
  removed(sensor: SensorAdapter): void {
    const unit = this.#bySensor.get(sensor);
    if (unit === undefined || unit === 'removed') return;
    unit.detach();
    if (!this.#units.delete(unit.unitId)) {
      this.#bySensor.set(sensor, 'removed');
      return;
    }
    this.#bySensor.delete(sensor);
    unit.pump.remove();
    unit.pool?.lose(unit);
    unit.lock.lose();
    unit.enrollment?.end();
    unit.enrollment = undefined;
    this.#report({ kind: 'unit-removal', unitId: unit.unitId });
  }

  /** Attaches a database to a unit; one that cannot be opened leaves it unassigned, with the reason kept. */
  async configure(unit: Unit, databaseId: DatabaseId | undefined): Promise<void> {
    unit.store = undefined;
    unit.calibration = undefined;
    unit.creationResult = WINBIO_E_CONFIGURATION_FAILURE;
    if (databaseId === undefined) return;
    try {
      checkConfiguration(unit.configuration);
      const store = await this.#parts.stores.store(databaseId, unit.engine);
      unit.calibration = await UnitCalibration.negotiate(unit.sensor, unit.engine);
      void tellAccountPolicy(unit.engine, this.#parts.antiSpoof.list(), this.#parts.logger);
      unit.store = store;
      unit.creationResult = S_OK;
    } catch (thrown) {
      unit.creationResult = hresultOf(thrown);
      this.#parts.logger.error('a unit could not be configured', { unitId: unit.unitId, hresult: unit.creationResult });
    }
  }

  #failing(unit: Unit, verdict: 'set-up-again' | 'give-up'): void {
    const { unitId } = unit;
    this.#parts.logger.error('the adapters of a unit failed repeatedly', { unitId, verdict });
    if (verdict === 'give-up') {
      this.#giveUp(unit);
      return;
    }
    const recovery = this.#setUpAgain(unit).finally(() => this.#recoveries.delete(recovery));
    this.#recoveries.add(recovery);
  }

  /** Clears the pipeline of a unit and configures it as it was; whoever waits for it meanwhile goes on waiting. */
  async #setUpAgain(unit: Unit): Promise<void> {
    const { pool, store } = unit;
    const at = () => unit.attached && unit.pool === pool;
    unit.enrollment?.end();
    unit.enrollment = undefined;
    await unit.pump.pause('failing');
    try {
      if (at()) await unit.sensor.reset();
      if (at()) await this.configure(unit, store?.descriptor.databaseId);
    } catch (thrown) {
      unit.store = undefined;
      unit.creationResult = hresultOf(thrown);
    }
    if (at() && unit.store === undefined) this.#giveUp(unit);
    unit.pump.resume('failing');
  }

  /** Into the unassigned pool until its device comes again. */
  #giveUp(unit: Unit): void {
    unit.store = undefined;
    if (unit.creationResult === S_OK) unit.creationResult = WINBIO_E_DEVICE_FAILURE;
    unit.pool?.lose(unit);
    unit.lock.lose();
    unit.enrollment?.end();
    unit.enrollment = undefined;
    unit.pump.refresh();
  }

  #report(change: UnitChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

/** Each configuration of a device has a database of its own. WBF: service 5. */
function checkConfiguration({ systemDatabaseId, privateDatabaseIds }: UnitConfiguration): void {
  const ids = [...(systemDatabaseId === undefined ? [] : [systemDatabaseId]), ...privateDatabaseIds].map(normalizeGuid);
  if (new Set(ids).size === ids.length) return;
  throw new BiometricError('WINBIO_E_CONFIGURATION_FAILURE', 'two configurations of a device name one database');
}
