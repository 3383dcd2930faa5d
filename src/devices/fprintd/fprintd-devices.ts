/** A reader that fprintd owns, as it comes and goes. */

import { Attached } from '../../adapters/attached.ts';
import type { MatchingDeviceSource, MatchingDeviceSourceObserver } from '../../adapters/matching-device.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { callback, checkOptions, type OptionTable, record, text } from '../../core/option-rules.ts';
import { FprintdLink, type FprintdReaderOptions } from '../../drivers/fprintd/fprintd-link.ts';
import { ReaderPlace } from '../../drivers/waiting/reader-place.ts';
import { FprintdDevice, type FprintdDeviceOptions } from './fprintd-device.ts';

/** Options of {@link FprintdDevices}. */
export interface FprintdDevicesOptions extends FprintdReaderOptions, FprintdDeviceOptions {
  /** Told why no reader was found; once while the reason stays the same. Default: nobody is. */
  readonly onFault?: ((error: BiometricError) => void) | undefined;
}

const RULES: OptionTable<FprintdDevicesOptions> = {
  device: text,
  bus: text,
  clock: record,
  onRefused: callback,
  onFault: callback,
};

/** A source with one device while fprintd has the reader. */
export class FprintdDevices implements MatchingDeviceSource {
  readonly #attached = new Attached<FprintdDevice>();
  readonly #place: ReaderPlace<FprintdDevice>;
  #closing: Promise<void> | undefined;

  /**
   * Looks for the reader, and resolves when it has looked once: one that comes later is reported then. While there is
   * none, fprintd is asked every five seconds. Rejects with E_INVALIDARG for options that are none; why no reader was
   * found is told to `options.onFault`.
   *
   * @example
   * ```ts
   * await using source = await FprintdDevices.start();
   * ```
   */
  static async start(options: FprintdDevicesOptions = {}): Promise<FprintdDevices> {
    checkOptions('FprintdDevices.start', options, RULES);
    const devices = new FprintdDevices(options);
    await devices.#place.looked();
    return devices;
  }

  private constructor(options: FprintdDevicesOptions) {
    const { clock, onFault } = options;
    this.#place = new ReaderPlace({
      clock,
      fault: onFault,
      attach: async () => new FprintdDevice(await FprintdLink.find(options), options),
      arrived: (device) => this.#attached.add(device),
      removed: (device) => this.#attached.remove(device),
    });
  }

  /** The device; undefined while fprintd does not have the reader. */
  get device(): FprintdDevice | undefined {
    return this.#place.unit;
  }

  /** Why there is no device; undefined while there is one. */
  get fault(): BiometricError | undefined {
    return this.#place.fault;
  }

  /**
   * Reports the device while fprintd has the reader, then every change. Throws WINBIO_E_INVALID_DEVICE_STATE once closed.
   *
   * @example
   * ```ts
   * await using devices = await FprintdDevices.start();
   * using watching = devices.watch({ arrived: ({ info }) => console.log(info.model), removed: () => {} });
   * ```
   */
  watch(observer: MatchingDeviceSourceObserver): Disposable {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the source is closed');
    return this.#attached.watch(observer);
  }

  /**
   * Stops looking and releases the reader; idempotent. Rejects with the fault of the device.
   *
   * @example
   * ```ts
   * await source.close();
   * ```
   */
  close(): Promise<void> {
    this.#closing ??= this.#place.close().finally(() => this.#attached.close());
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * ```ts
   * await using source = await FprintdDevices.start();
   * ```
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
