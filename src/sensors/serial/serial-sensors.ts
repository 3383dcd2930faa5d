/** A module that hands out pictures, on a port where it comes and goes. */

import type { SensorSource } from '../../adapters/sensor-adapter.ts';
import {
  checkSerialOptions,
  findFingerImager,
  type SerialReaderOptions,
} from '../../drivers/serial/serial-reader-options.ts';
import { PlacedSource } from '../../drivers/waiting/placed-source.ts';
import { SerialSensorAdapter } from './serial-sensor-adapter.ts';

/** A source with one sensor while the module answers. */
export class SerialSensors extends PlacedSource<SerialSensorAdapter, SerialSensorAdapter> implements SensorSource {
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
    await sensors.place.looked();
    return sensors;
  }

  private constructor(options: SerialReaderOptions) {
    const { clock } = options;
    let lastBaud: number | undefined;
    super(options, (attached) => ({
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
      arrived: (sensor) => attached.add(sensor),
      removed: (sensor) => attached.remove(sensor),
    }));
  }

  /** The sensor; undefined while the module does not answer. */
  get sensor(): SerialSensorAdapter | undefined {
    return this.place.unit;
  }
}
