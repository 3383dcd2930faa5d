/** The sensor of a module that hands out pictures: Whorl's engine reads them. */

import type { AdapterOptions, CaptureOutcome, CaptureRequest, SensorInfo } from '../../adapters/sensor-adapter.ts';
import { SensorAdapterBase } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import {
  WINBIO_CAPABILITY_SENSOR,
  WINBIO_DATA_FLAG_RAW,
  WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
  WINBIO_TYPE_FINGERPRINT,
} from '../../core/constants.ts';
import type { FingerImager, FingerLight } from '../../drivers/serial/finger-imager.ts';
import { FingerWait } from '../../drivers/serial/finger-wait.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';

/**
 * One module. Its captures reject with WINBIO_E_DEVICE_FAILURE when the module does not answer, and with
 * WINBIO_E_SENSOR_UNAVAILABLE once its cable was pulled.
 */
export class SerialSensorAdapter extends SensorAdapterBase {
  /** What the sensor says about itself. */
  readonly info: SensorInfo;
  readonly #module: FingerImager;
  readonly #wait: FingerWait;
  #ending = new AbortController();
  #gone: BiometricError | undefined;
  #progress: number | undefined;

  /** The module becomes its own. */
  constructor(module: FingerImager, clock: Clock = SYSTEM_CLOCK) {
    super();
    this.#module = module;
    this.#wait = new FingerWait(module, clock);
    const { path, modelName, model } = module;
    this.info = Object.freeze({
      factor: WINBIO_TYPE_FINGERPRINT,
      subType: WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
      capabilities: WINBIO_CAPABILITY_SENSOR,
      deviceInstanceId: `SERIAL\\${modelName.toUpperCase()}\\${path}`,
      description: `${modelName.toUpperCase()} on ${path}`,
      manufacturer: model.manufacturer,
      model: modelName,
      serialNumber: '',
      firmwareVersion: Object.freeze({ major: 0, minor: 0 }),
      exportFlags: Object.freeze([WINBIO_DATA_FLAG_RAW]),
    });
    void module.ended.then((reason) => {
      this.#gone = reason;
      this.#ending.abort(reason);
    });
  }

  /** Resolves when the module is gone, or the sensor closed. */
  get gone(): Promise<unknown> {
    return this.#module.ended;
  }

  /** Share of the picture that has come, 0 to 1; undefined while none comes. */
  get progress(): number | undefined {
    return this.#progress;
  }

  protected override async _capture({ purpose }: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome> {
    this.#requirePresent();
    const signal = AbortSignal.any([options.signal, this.#ending.signal]);
    try {
      this.#light('waiting');
      const detail = await this.#wait.next(signal);
      if (detail !== 0) {
        this.#light('bad');
        return { kind: 'rejected', detail };
      }
      this.#progress = 0;
      const image = await this.#module.picture(signal, (share) => {
        this.#progress = share;
      });
      this.#wait.used();
      this.#light('good');
      return { kind: 'sample', sample: encodeFingerprintSample(image, { purpose }) };
    } catch (thrown) {
      this.#light('off');
      this.#requirePresent();
      if (options.signal.aborted || !signal.aborted) throw thrown;
      throw new BiometricError('WINBIO_E_CANCELED', 'the reader was closed or reset', { cause: thrown });
    } finally {
      this.#progress = undefined;
    }
  }

  protected override async _reset(): Promise<void> {
    this.#requirePresent();
    this.#ending.abort('the reader was reset');
    this.#ending = new AbortController();
    // What is left of the last answer is dropped on the way.
    await this.#module.takePicture();
  }

  protected override async _close(): Promise<void> {
    this.#ending.abort('the reader was closed');
    await this.#module.light('off').catch(() => {});
    await this.#module.close();
  }

  /** A module that cannot be reached is noticed by what is asked next. */
  #light(shown: FingerLight): void {
    void this.#module.light(shown).catch(() => {});
  }

  #requirePresent(): void {
    if (this.#gone?.code === 'WINBIO_E_SENSOR_UNAVAILABLE') throw this.#gone;
  }
}
