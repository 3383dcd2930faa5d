/** A module that compares inside, on a port where it comes and goes. */

import type { MatchingDeviceSource } from '../../adapters/matching-device.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import {
  checkSerialOptions,
  findZfmModule,
  type SerialReaderOptions,
} from '../../drivers/serial/serial-reader-options.ts';
import { PlacedSource } from '../../drivers/waiting/placed-source.ts';
import { SerialDevice } from './serial-device.ts';

/** A source with one device while the module answers. */
export class SerialDevices extends PlacedSource<SerialDevice, SerialDevice> implements MatchingDeviceSource {
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
    await devices.place.looked();
    return devices;
  }

  private constructor(options: SerialReaderOptions) {
    const { clock } = options;
    super(options, (attached) => ({
      attach: async () => new SerialDevice(await findZfmModule(options), clock),
      arrived: (device) => attached.add(device),
      removed: (device) => attached.remove(device),
    }));
  }

  /** The device; undefined while the module does not answer. */
  get device(): SerialDevice | undefined {
    return this.place.unit;
  }
}
