/** The readers of pictures among those that libfprint drives, as they come and go. */

import { Attached } from '../../adapters/attached.ts';
import type { SensorAdapter, SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import type { LibfprintReaders } from '../../drivers/libfprint/libfprint-readers.ts';
import type { ReaderLink } from '../../drivers/libfprint/reader-link.ts';
import { LibfprintSensor, type LibfprintSensorOptions } from './libfprint-sensor.ts';

/** A place of sensors; the readers stay their owner's. */
export class LibfprintSensors implements SensorSource {
  readonly #attached = new Attached<SensorAdapter>();
  readonly #sensors = new Map<ReaderLink, LibfprintSensor>();
  readonly #watching: Disposable;
  #closing: Promise<void> | undefined;

  constructor(readers: LibfprintReaders, options: LibfprintSensorOptions = {}) {
    this.#watching = readers.watch({
      arrived: (link) => this.#arrived(link, options),
      removed: (link) => this.#removed(link),
    });
  }

  watch(observer: SensorObserver): Disposable {
    return this.#attached.watch(observer);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#watching[Symbol.dispose]();
    const sensors = [...this.#sensors.values()];
    this.#attached.close();
    this.#sensors.clear();
    await Promise.all(sensors.map((sensor) => sensor.close()));
  }

  #arrived(link: ReaderLink, options: LibfprintSensorOptions): void {
    if (!link.facts.features.includes('capture')) return;
    const sensor = new LibfprintSensor(link, options);
    this.#sensors.set(link, sensor);
    this.#attached.add(sensor);
  }

  #removed(link: ReaderLink): void {
    const sensor = this.#sensors.get(link);
    this.#sensors.delete(link);
    if (sensor !== undefined) this.#attached.remove(sensor);
  }
}
