/** Calibration: an engine tunes its sensor between two captures. WBF: workflows 6. */

import type { EngineAdapter, EngineCalibration } from '../../adapters/engine-adapter.ts';
import type { SensorAdapter, SensorCalibration } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { isGuid, normalizeGuid } from '../../core/guid.ts';

/** Maximum size of calibration data, bytes. */
const MAX_DATA_BYTES = 4096;
/** Samples in a row that an engine may find useless before the capture is given up. */
const MAX_REPEATS = 100;

/** What to do with a sample. */
export type CalibrationVerdict = 'use' | 'repeat' | 'give-up';

/** Holds the format that sensor and engine agreed on, until the unit is configured again. */
export class UnitCalibration {
  readonly #sensor: SensorCalibration;
  readonly #engine: EngineCalibration;
  readonly #format: string;
  readonly #maxBytes: number;
  #repeats = 0;

  private constructor(sensor: SensorCalibration, engine: EngineCalibration, format: string, maxBytes: number) {
    this.#sensor = sensor;
    this.#engine = engine;
    this.#format = format;
    this.#maxBytes = maxBytes;
  }

  /**
   * Once per configuration, never during a capture; undefined when one of the two needs none. Rejects as the adapters
   * do, and with WINBIO_E_INVALID_CALIBRATION_FORMAT_ARRAY, _NO_SUPPORTED_CALIBRATION_FORMAT,
   * _CALIBRATION_BUFFER_TOO_LARGE.
   */
  static async negotiate(sensor: SensorAdapter, engine: EngineAdapter): Promise<UnitCalibration | undefined> {
    const formats = sensor.calibration?.formats ?? [];
    if (sensor.calibration !== undefined && !(formats.length > 0 && formats.every(isGuid))) {
      throw new BiometricError('WINBIO_E_INVALID_CALIBRATION_FORMAT_ARRAY');
    }
    // Asked even when the sensor has none: an engine that insists on calibration then refuses.
    const answer = engine.calibration?.select([...formats]);
    const chosen = answer instanceof Promise ? await answer : answer;
    if (engine.calibration === undefined || chosen === undefined) return undefined;
    const { format, maxBytes } = chosen;
    const known = isGuid(format) && formats.some((other) => normalizeGuid(other) === normalizeGuid(format));
    if (sensor.calibration === undefined || !known) {
      throw new BiometricError(
        'WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT',
        'the engine chose a format that was not offered',
      );
    }
    if (!(maxBytes >= 0 && maxBytes <= MAX_DATA_BYTES)) {
      throw new BiometricError('WINBIO_E_CALIBRATION_BUFFER_TOO_LARGE');
    }
    await sensor.calibration.select(format);
    return new UnitCalibration(sensor.calibration, engine.calibration, format, maxBytes);
  }

  /** Asks the engine about a sample, and passes its data to the sensor. Never rejects: a failure is `give-up`. */
  async judge(sample: Uint8Array): Promise<CalibrationVerdict> {
    const { signal } = new AbortController();
    try {
      const { repeat, data } = await this.#engine.advise(sample, this.#format, { signal });
      if (data.length > this.#maxBytes) throw new BiometricError('WINBIO_E_CALIBRATION_BUFFER_TOO_LARGE');
      if (data.length > 0) await this.#sensor.accept(data);
      this.#repeats = repeat ? this.#repeats + 1 : 0;
      if (this.#repeats <= MAX_REPEATS) return repeat ? 'repeat' : 'use';
    } catch {
      // The operation that waits learns that the capture was given up.
    }
    this.#repeats = 0;
    return 'give-up';
  }
}
