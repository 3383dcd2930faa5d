/** A module that compares inside, on a port where it comes and goes. */

import { Attached } from '../../adapters/attached.ts';
import type { MatchingDeviceSource, MatchingDeviceSourceObserver } from '../../adapters/matching-device.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import {
  checkSerialOptions,
  findZfmModule,
  type SerialReaderOptions,
} from '../../drivers/serial/serial-reader-options.ts';
import { ReaderPlace } from '../../drivers/waiting/reader-place.ts';
import { SerialDevice } from './serial-device.ts';

/** A source with one device while the module answers. */
export class SerialDevices implements MatchingDeviceSource {
  readonly #attached = new Attached<SerialDevice>();
  readonly #place: ReaderPlace<SerialDevice>;
  #closing: Promise<void> | undefined;

  /**
   * Looks for the module on its port, and resolves when it has looked once: a module that comes later is reported then.
   * Rejects with E_INVALIDARG for options that are none, and WHORL_E_CONFIGURATION for a dialect without a driver that compares inside; why no module was found is
   * told to `options.onFault`.
   *
   * @example
   * await using source = await SerialDevices.start({ port: '/dev/ttyUSB0', model: 'r503' });
   */
  static async start(options: SerialReaderOptions): Promise<SerialDevices> {
    checkSerialOptions('SerialDevices.start', options);
    if (options.dialect === 'gt-511') {
      const text = "a GT-511 is driven in image mode only; set mode to 'image'";
      throw new BiometricError('WHORL_E_CONFIGURATION', text);
    }
    const devices = new SerialDevices(options);
    await devices.#place.looked();
    return devices;
  }

  private constructor(options: SerialReaderOptions) {
    const { clock, onFault } = options;
    this.#place = new ReaderPlace({
      clock,
      fault: onFault,
      attach: async () => new SerialDevice(await findZfmModule(options), clock),
      arrived: (device) => this.#attached.add(device),
      removed: (device) => this.#attached.remove(device),
    });
  }

  /** The device; undefined while the module does not answer. */
  get device(): SerialDevice | undefined {
    return this.#place.unit;
  }

  /** Why there is no device; undefined while there is one. */
  get fault(): BiometricError | undefined {
    return this.#place.fault;
  }

  /**
   * Reports the device while the module answers, then every change. Throws WINBIO_E_INVALID_DEVICE_STATE once closed.
   *
   * @example
   * await using devices = await SerialDevices.start({ port: 'COM3' });
   * using watching = devices.watch({ arrived: ({ info }) => console.log(info.capacity), removed: () => {} });
   */
  watch(observer: MatchingDeviceSourceObserver): Disposable {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the source is closed');
    return this.#attached.watch(observer);
  }

  /**
   * Stops looking and releases the port; idempotent. Rejects with the fault of the device.
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
   * await using source = await SerialDevices.start({ port: 'COM3' });
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
