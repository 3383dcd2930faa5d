/** A module that hands out pictures, on a port where it comes and goes. */

import { Attached } from '../../adapters/attached.ts';
import type { SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import {
  checkSerialOptions,
  findFingerImager,
  type SerialReaderOptions,
} from '../../drivers/serial/serial-reader-options.ts';
import { ReaderPlace } from '../../drivers/waiting/reader-place.ts';
import { SerialSensorAdapter } from './serial-sensor-adapter.ts';

/** A source with one sensor while the module answers. */
export class SerialSensors implements SensorSource {
  readonly #attached = new Attached<SerialSensorAdapter>();
  readonly #place: ReaderPlace<SerialSensorAdapter>;
  #closing: Promise<void> | undefined;

  /**
   * Looks for the module on its port, and resolves when it has looked once: a module that comes later is reported then.
   * The line is made as fast as module and port can, and left as it was. Rejects with E_INVALIDARG for options that are
   * none; why no module was found is told to `options.onFault`.
   *
   * @example
   * await using source = await SerialSensors.start({ port: '/dev/ttyUSB0', model: 'r307' });
   */
  static async start(options: SerialReaderOptions): Promise<SerialSensors> {
    checkSerialOptions('SerialSensors.start', options);
    const sensors = new SerialSensors(options);
    await sensors.#place.looked();
    return sensors;
  }

  private constructor(options: SerialReaderOptions) {
    const { clock, onFault } = options;
    let lastBaud: number | undefined;
    this.#place = new ReaderPlace({
      clock,
      fault: onFault,
      attach: async () => {
        const module = await findFingerImager(options, lastBaud);
        try {
          lastBaud = await module.hurry();
        } catch (thrown) {
          await module.close();
          throw thrown;
        }
        return new SerialSensorAdapter(module, clock);
      },
      arrived: (sensor) => this.#attached.add(sensor),
      removed: (sensor) => this.#attached.remove(sensor),
    });
  }

  /** The sensor; undefined while the module does not answer. */
  get sensor(): SerialSensorAdapter | undefined {
    return this.#place.unit;
  }

  /** Why there is no sensor; undefined while there is one. */
  get fault(): BiometricError | undefined {
    return this.#place.fault;
  }

  /**
   * Reports the sensor while the module answers, then every change. Throws WINBIO_E_INVALID_DEVICE_STATE once closed.
   *
   * @example
   * using watching = source.watch({ arrived: (sensor) => console.log(sensor.info.model), removed: () => {} });
   */
  watch(observer: SensorObserver): Disposable {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the source is closed');
    return this.#attached.watch(observer);
  }

  /**
   * Stops looking, gives the module its rate back and releases the port; idempotent. Never rejects.
   *
   * @example
   * await source.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#place.close().finally(() => this.#attached.close());
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using source = await SerialSensors.start({ port: 'COM3' });
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
