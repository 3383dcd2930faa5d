/** A reader that fprintd owns, as it comes and goes. */

import type { MatchingDeviceSource } from '../../adapters/matching-device.ts';
import type { BiometricError } from '../../core/biometric-error.ts';
import { callback, checkOptions, type OptionTable, record, text } from '../../core/option-rules.ts';
import { FprintdLink, type FprintdReaderOptions } from '../../drivers/fprintd/fprintd-link.ts';
import { PlacedSource } from '../../drivers/waiting/placed-source.ts';
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
export class FprintdDevices extends PlacedSource<FprintdDevice, FprintdDevice> implements MatchingDeviceSource {
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
    await devices.place.looked();
    return devices;
  }

  private constructor(options: FprintdDevicesOptions) {
    super(options, (attached) => ({
      attach: async () => new FprintdDevice(await FprintdLink.find(options), options),
      arrived: (device) => attached.add(device),
      removed: (device) => attached.remove(device),
    }));
  }

  /** The device; undefined while fprintd does not have the reader. */
  get device(): FprintdDevice | undefined {
    return this.place.unit;
  }
}
