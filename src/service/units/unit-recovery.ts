/** Handles units whose adapters keep failing: sets them up again, then gives them up. WBF: service 16. */

import { hresultOf } from '../../core/biometric-error.ts';
import { S_OK, WINBIO_E_DEVICE_FAILURE } from '../../core/result-constants.ts';
import { type ConfigurationParts, configureUnit } from './configure-unit.ts';
import type { Unit } from './unit.ts';
import type { UnitFailure } from './unit-health.ts';

export class UnitRecovery {
  readonly #parts: ConfigurationParts;
  readonly #running = new Set<Promise<void>>();

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
  }

  /** Resolves when no unit is being set up again. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Takes the measure that the health of the unit calls for. */
  handle(unit: Unit, verdict: UnitFailure): void {
    this.#parts.logger.error('the adapters of a unit failed repeatedly', { unitId: unit.unitId, verdict });
    if (verdict === 'give-up') {
      giveUp(unit);
      return;
    }
    const recovery = this.#setUpAgain(unit).finally(() => this.#running.delete(recovery));
    this.#running.add(recovery);
  }

  /** Clears the pipeline of a unit and configures it as it was; operations that wait for it keep waiting. */
  async #setUpAgain(unit: Unit): Promise<void> {
    const { pool, store } = unit;
    const isInPlace = () => unit.attached && unit.pool === pool;
    unit.endEnrollment();
    await unit.pump.pause('failing');
    try {
      if (isInPlace()) await unit.sensor.reset();
      if (isInPlace()) await configureUnit(this.#parts, unit, store?.descriptor.databaseId);
    } catch (thrown) {
      unit.store = undefined;
      unit.creationResult = hresultOf(thrown);
    }
    if (isInPlace() && unit.store === undefined) giveUp(unit);
    unit.pump.resume('failing');
    unit.noteStatus();
  }
}

/** The unit is unassigned until its device is plugged in again. */
function giveUp(unit: Unit): void {
  unit.store = undefined;
  if (unit.creationResult === S_OK) unit.creationResult = WINBIO_E_DEVICE_FAILURE;
  unit.lose();
  unit.pump.refresh();
  unit.noteStatus();
}
