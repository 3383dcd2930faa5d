/**
 * A scripted fingerprint reader: fingers are presented, bad samples, hangs and faults happen, and the cable is pulled
 * when a test, a tour or a console says so. Everything takes effect within the call; there are no timers.
 */

import type { SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { BiometricFactor, RejectDetail } from '../../core/identifiers.ts';
import type { ImageSource } from '../image-source.ts';
import { softwareSensorInfo } from '../sensor-info.ts';
import { SensorWatchers } from '../sensor-watchers.ts';
import { type TouchOutcome, VirtualSensorAdapter, type VirtualTouch } from './virtual-sensor-adapter.ts';
import type { VirtualSensorState } from './virtual-sensor-states.ts';

/** Options of a {@link VirtualReader}. */
export interface VirtualReaderOptions {
  /** Names the device across restarts; `1` when absent. */
  readonly serialNumber?: string;
  readonly description?: string;
  /** A finger that touches while nothing captures is lost, as on most readers, or kept for the next capture. */
  readonly earlyTouch?: 'lost' | 'kept';
  /** `WINBIO_CAPABILITY_*` bits it claims beside those of a virtual sensor. */
  readonly capabilities?: number;
  /** What it captures, `WINBIO_TYPE_*`; fingerprints when absent. */
  readonly factor?: BiometricFactor;
  /** False: {@link VirtualReader.plug} has to be called first. */
  readonly plugged?: boolean;
}

/** A reader with one sensor that does what it is told. */
export class VirtualReader implements SensorSource {
  readonly #options: VirtualReaderOptions;
  readonly #watchers = new SensorWatchers();
  readonly #made: VirtualSensorAdapter[] = [];
  #sensor: VirtualSensorAdapter | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: VirtualReaderOptions = {}) {
    this.#options = Object.freeze({ ...options });
    if (options.plugged !== false) this.plug();
  }

  /** The sensor that is plugged in. */
  get sensor(): VirtualSensorAdapter | undefined {
    return this.#sensor;
  }

  /** State of the sensor; `gone` while none is plugged in. */
  get state(): VirtualSensorState {
    return this.#sensor?.state ?? 'gone';
  }

  watch(observer: SensorObserver): Disposable {
    this.#checkOpen();
    return this.#watchers.watch(observer);
  }

  /** Plugs a sensor in: a new adapter with the device path of the last one. Does nothing when one is there. */
  plug(): void {
    this.#checkOpen();
    if (this.#sensor !== undefined) return;
    const { serialNumber = '1', description = 'Virtual fingerprint reader', earlyTouch = 'lost' } = this.#options;
    const { capabilities, factor } = this.#options;
    const info = softwareSensorInfo('Virtual Reader', description, serialNumber, { capabilities, factor });
    this.#sensor = new VirtualSensorAdapter(info, { keepTouches: earlyTouch === 'kept' });
    this.#made.push(this.#sensor);
    this.#watchers.arrived(this.#sensor);
  }

  /** Pulls the cable: the running capture ends with WINBIO_E_SENSOR_UNAVAILABLE. */
  unplug(): void {
    const sensor = this.#sensor;
    this.#sensor = undefined;
    sensor?.unplug();
    this.#watchers.removed();
  }

  /** Unplugs and plugs in again. */
  replug(): void {
    this.unplug();
    this.plug();
  }

  /** Presents a finger to the running capture, or the next one. Returns whether it is or will be captured. */
  present(source: ImageSource): boolean {
    return this.#touch({ yields: source, ended: () => {} });
  }

  /** Presents a finger badly: the capture ends as rejected with this detail. Returns as {@link present} does. */
  presentRejected(detail: RejectDetail): boolean {
    return this.#touch({ yields: { rejectDetail: detail }, ended: () => {} });
  }

  /** Presents a finger and waits until it was captured or lost. */
  touch(source: ImageSource): Promise<TouchOutcome> {
    return new Promise((resolve) => {
      this.#touch({ yields: source, ended: resolve });
    });
  }

  /** The running capture, or the next one, ignores aborts (and with `ignoresReset` resets) until {@link release}. */
  hang(options: { readonly ignoresReset?: boolean } = {}): void {
    this.#sensor?.hang(options);
  }

  /** Ends what {@link hang} or {@link fault} began. */
  release(): void {
    this.#sensor?.release();
  }

  /** The running capture, or the next one, fails with WINBIO_E_DEVICE_FAILURE. */
  fault(): void {
    this.#sensor?.fault();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

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
    this.#watchers.removed();
    this.#watchers.clear();
    await closing;
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'reader is closed');
  }
}
