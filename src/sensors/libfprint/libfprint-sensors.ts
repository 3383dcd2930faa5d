/** The readers of pictures among those that libfprint drives, as they come and go. */

import type { SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import type { LibfprintReaders } from '../../drivers/libfprint/libfprint-readers.ts';
import { LinkedUnits } from '../../drivers/libfprint/linked-units.ts';
import { LibfprintSensor, type LibfprintSensorOptions } from './libfprint-sensor.ts';

/** A place of sensors; the readers stay their owner's. */
export class LibfprintSensors implements SensorSource {
  readonly #units: LinkedUnits<LibfprintSensor>;
  #closing: Promise<void> | undefined;

  constructor(readers: LibfprintReaders, options: LibfprintSensorOptions = {}) {
    this.#units = new LinkedUnits(readers, {
      make: (link) => (link.facts.features.includes('capture') ? new LibfprintSensor(link, options) : undefined),
    });
  }

  watch(observer: SensorObserver): Disposable {
    return this.#units.watch(observer);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await Promise.all(this.#units.detach().map((sensor) => sensor.close()));
  }
}
