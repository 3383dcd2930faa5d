/** All units, each from the arrival of its device to the removal. WBF: service 3. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { OnBoard, SensorAdapter, SensorInfo } from '../../adapters/sensor-adapter.ts';
import type { Clock } from '../../core/clock.ts';
import { WINBIO_POOL_UNASSIGNED } from '../../core/constants.ts';
import type { UnitId } from '../../core/identifiers.ts';
import type { UnitDescription } from '../../core/operation-result.ts';
import { containSensor } from '../containment/contain-sensor.ts';
import type { Places } from '../places/places.ts';
import { type ConfigurationParts, configureUnit } from './configure-unit.ts';
import type { SystemPools } from './system-pools.ts';
import { Unit } from './unit.ts';
import { onBoardConfiguration, ownDatabase, type UnitConfiguration } from './unit-configuration.ts';
import { UnitRecovery } from './unit-recovery.ts';
import type { UnitStatus } from './unit-status.ts';

/** A unit came or went, or its status is another one. */
export type UnitChange =
  | { readonly kind: 'unit-arrival' | 'unit-removal'; readonly unitId: UnitId }
  | ({ readonly kind: 'unit-status'; readonly unitId: UnitId } & UnitStatus);

/** What the registry builds units from. */
export interface UnitRegistryParts extends ConfigurationParts {
  readonly engines: readonly EngineAdapter[];
  readonly configure: (sensor: SensorInfo) => UnitConfiguration;
  readonly systemPools: SystemPools;
  /** What is said of readers. */
  readonly places: Pick<Places, 'of' | 'noteRemoval'>;
  readonly clock: Clock;
}

export class UnitRegistry {
  readonly #parts: UnitRegistryParts;
  readonly #recovery: UnitRecovery;
  readonly #units = new Map<UnitId, Unit>();
  /** `removed`: the device left before its unit was published. */
  readonly #bySensor = new Map<SensorAdapter, Unit | 'removed'>();
  readonly #listeners = new Set<(change: UnitChange) => void>();
  /** Databases of devices that are gone, while they are being closed. */
  readonly #leaving = new Set<Promise<void>>();
  #lastId = 0;

  constructor(parts: UnitRegistryParts) {
    this.#parts = parts;
    this.#recovery = new UnitRecovery(parts);
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

  /** Resolves when no unit is being set up again. */
  async settled(): Promise<void> {
    await this.#recovery.settled();
    await Promise.all(this.#leaving);
  }

  /** Calls back after each arrival, removal and change of status. */
  onChange(listener: (change: UnitChange) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** A device of the named reader arrived: builds its unit, configures it for the system pool, and only then reports it. */
  async arrived(sensor: SensorAdapter, name: string): Promise<void> {
    const { factor } = sensor.info;
    const contained = containSensor(sensor, this.#parts.clock);
    const { onBoard } = contained;
    const engine = onBoard?.engine ?? this.#parts.engines.find(({ info }) => info.factor === factor);
    if (engine === undefined) {
      // Without a provider of its factor the unit is not published (service 3.1).
      this.#parts.logger.warn('no engine for the factor of a sensor', { code: 'WINBIO_E_UNSUPPORTED_FACTOR', factor });
      return;
    }
    const unit = this.#build(contained, engine, name);
    const { systemDatabaseId } = unit.configuration;
    const ownId = systemDatabaseId && ownDatabase(unit.configuration, systemDatabaseId);
    this.#bySensor.set(sensor, unit);
    if (onBoard !== undefined) await this.#install(onBoard);
    this.#parts.stores.serveSystemPool(ownId, engine);
    await configureUnit(this.#parts, unit, systemDatabaseId);
    if (this.#bySensor.get(sensor) === 'removed') {
      this.#bySensor.delete(sensor);
      this.#uninstall(unit);
      return;
    }
    this.#units.set(unit.unitId, unit);
    if (unit.store !== undefined) this.#parts.systemPools.of(factor).join(unit);
    this.#report({ kind: 'unit-arrival', unitId: unit.unitId });
  }

  /** A device is gone: what needs its unit ends, and the unit's number is not used again. */
  removed(sensor: SensorAdapter): void {
    const unit = this.#bySensor.get(sensor);
    if (unit === undefined || unit === 'removed') return;
    unit.detach();
    if (!this.#units.delete(unit.unitId)) {
      this.#bySensor.set(sensor, 'removed');
      return;
    }
    this.#bySensor.delete(sensor);
    this.#parts.places.noteRemoval(unit.name);
    unit.pump.remove();
    unit.lose();
    this.#uninstall(unit);
    this.#report({ kind: 'unit-removal', unitId: unit.unitId });
  }

  /** Installs the databases of a device, once those of its earlier self are closed. */
  async #install({ storage, databases, engine }: OnBoard): Promise<void> {
    await Promise.all(this.#leaving);
    const registrations = [...databases.values()].map((descriptor) => ({
      descriptor,
      storage,
      engine,
      autoCreate: true,
    }));
    this.#parts.stores.install(registrations);
  }

  #uninstall({ sensor: { onBoard } }: Unit): void {
    if (onBoard === undefined) return;
    const leaving = this.#parts.stores.withdraw(onBoard.storage).finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  #build(sensor: SensorAdapter, engine: EngineAdapter, name: string): Unit {
    this.#lastId += 1; // D-30: numbers are not reused.
    const { configure, clock, places } = this.#parts;
    const configured = configure(sensor.info);
    const configuration =
      sensor.onBoard === undefined ? configured : onBoardConfiguration(configured, sensor.onBoard.databases);
    return new Unit({
      unitId: this.#lastId,
      name,
      placed: () => places.of(name),
      sensor,
      engine,
      configuration,
      clock,
      failing: (unit, verdict) => this.#recovery.handle(unit, verdict),
      // Before its arrival and after its removal nobody knows the unit.
      statusChanged: ({ unitId }, status) => {
        if (this.#units.has(unitId)) this.#report({ kind: 'unit-status', unitId, ...status });
      },
    });
  }

  #report(change: UnitChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
