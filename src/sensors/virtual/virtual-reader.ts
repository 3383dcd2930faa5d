/**
 * A scripted fingerprint reader: a test, a tour or a console presents fingers and bad samples, lets the device hang or
 * fail, and pulls the cable. Everything takes effect within the call; there are no timers.
 */

import { Attached } from '../../adapters/attached.ts';
import type { SensorAdapter, SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { BiometricFactor, RejectDetail } from '../../core/identifiers.ts';
import type { ImageSource } from '../image-source.ts';
import { softwareSensorInfo } from '../sensor-info.ts';
import { type TouchOutcome, VirtualSensorAdapter, type VirtualTouch } from './virtual-sensor-adapter.ts';
import type { VirtualSensorState } from './virtual-sensor-states.ts';

/** Options of a {@link VirtualReader}. */
export interface VirtualReaderOptions {
  /** Names the device across restarts; `1` when absent. */
  readonly serialNumber?: string;
  /** The device in words; `Virtual fingerprint reader` when absent. */
  readonly description?: string;
  /**
   * What happens to a finger that touches while no capture runs: `lost`, as on most readers, or `kept` for the next
   * capture. `lost` when absent.
   */
  readonly earlyTouch?: 'lost' | 'kept';
  /** `WINBIO_CAPABILITY_*` bits to claim beside those of a virtual sensor; 0 when absent. */
  readonly capabilities?: number;
  /** What it captures, one `WINBIO_TYPE_*` bit; fingerprints when absent. */
  readonly factor?: BiometricFactor;
  /** False: no sensor is present until {@link VirtualReader.plug} is called. True when absent. */
  readonly plugged?: boolean;
}

/** A reader with one sensor that does what it is told. */
export class VirtualReader implements SensorSource {
  readonly #options: VirtualReaderOptions;
  readonly #attached = new Attached<SensorAdapter>();
  readonly #made: VirtualSensorAdapter[] = [];
  #sensor: VirtualSensorAdapter | undefined;
  #closing: Promise<void> | undefined;

  /** Plugs a sensor in, unless `options.plugged` is false. */
  constructor(options: VirtualReaderOptions = {}) {
    this.#options = Object.freeze({ ...options });
    if (options.plugged !== false) this.plug();
  }

  /** The sensor that is plugged in; undefined when none is. */
  get sensor(): VirtualSensorAdapter | undefined {
    return this.#sensor;
  }

  /** State of the sensor; `gone` while none is plugged in. */
  get state(): VirtualSensorState {
    return this.#sensor?.state ?? 'gone';
  }

  /**
   * Reports the sensor that is plugged in, then every change, until the subscription is disposed. Throws
   * WINBIO_E_INVALID_DEVICE_STATE once the reader is closed.
   *
   * @example
   * using watching = reader.watch({ arrived: (sensor) => console.log(sensor.info.model), removed: () => {} });
   */
  watch(observer: SensorObserver): Disposable {
    this.#checkOpen();
    return this.#attached.watch(observer);
  }

  /**
   * Plugs a sensor in: a new adapter with the same device path. Does nothing when one is present. Throws
   * WINBIO_E_INVALID_DEVICE_STATE once the reader is closed.
   *
   * @example
   * const reader = new VirtualReader({ plugged: false });
   * reader.plug();
   */
  plug(): void {
    this.#checkOpen();
    if (this.#sensor !== undefined) return;
    const { serialNumber = '1', description = 'Virtual fingerprint reader', earlyTouch = 'lost' } = this.#options;
    const { capabilities, factor } = this.#options;
    const info = softwareSensorInfo('Virtual Reader', description, serialNumber, { capabilities, factor });
    this.#sensor = new VirtualSensorAdapter(info, { keepTouches: earlyTouch === 'kept' });
    this.#made.push(this.#sensor);
    this.#attached.add(this.#sensor);
  }

  /**
   * Pulls the cable: a running capture ends with WINBIO_E_SENSOR_UNAVAILABLE. Does nothing when no sensor is present.
   * Never fails.
   *
   * @example
   * reader.unplug();
   */
  unplug(): void {
    const sensor = this.#sensor;
    this.#sensor = undefined;
    sensor?.unplug();
    if (sensor !== undefined) this.#attached.remove(sensor);
  }

  /**
   * Unplugs and plugs in again. Throws as {@link plug} does.
   *
   * @example
   * reader.replug();
   */
  replug(): void {
    this.unplug();
    this.plug();
  }

  /**
   * Presents a finger to the running capture, or to the next one. Returns whether it is or will be captured. Never
   * fails: an image that cannot be made or written fails the capture.
   *
   * @example
   * reader.present(synthesizeImpression(synthesizeFinger(7), { seed: 1 }));
   */
  present(source: ImageSource): boolean {
    return this.#touch({ yields: source, ended: () => {} });
  }

  /**
   * Presents a finger badly: the capture ends as rejected, with this `WINBIO_FP_*` detail. Returns as {@link present}
   * does.
   *
   * @example
   * reader.presentRejected(WINBIO_FP_TOO_FAST);
   */
  presentRejected(detail: RejectDetail): boolean {
    return this.#touch({ yields: { rejectDetail: detail }, ended: () => {} });
  }

  /**
   * Presents a finger and resolves once it was captured or lost. Never rejects.
   *
   * @example
   * if ((await reader.touch(image)) === 'lost') console.log('no capture was running');
   */
  touch(source: ImageSource): Promise<TouchOutcome> {
    return new Promise((resolve) => {
      this.#touch({ yields: source, ended: resolve });
    });
  }

  /**
   * The running capture, or the next one, ignores aborts (and with `ignoresReset`, false when absent, also resets)
   * until {@link release}. Never fails.
   *
   * @example
   * reader.hang({ ignoresReset: true });
   */
  hang(options: { readonly ignoresReset?: boolean } = {}): void {
    this.#sensor?.hang(options);
  }

  /**
   * Ends what {@link hang} or {@link fault} began. Never fails.
   *
   * @example
   * reader.release();
   */
  release(): void {
    this.#sensor?.release();
  }

  /**
   * The running capture, or the next one, fails with WINBIO_E_DEVICE_FAILURE. Never fails itself.
   *
   * @example
   * reader.fault();
   */
  fault(): void {
    this.#sensor?.fault();
  }

  /**
   * Reports the sensor as removed and closes it; running captures end with WINBIO_E_CANCELED. Idempotent; never fails.
   *
   * @example
   * await reader.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using reader = new VirtualReader();
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #touch(touch: VirtualTouch): boolean {
    if (this.#sensor !== undefined) return this.#sensor.touch(touch);
    touch.ended('lost');
    return false;
  }

  async #close(): Promise<void> {
    this.#sensor = undefined;
    const closing = Promise.all(this.#made.map((sensor) => sensor.close()));
    this.#attached.close();
    await closing;
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'reader is closed');
  }
}
