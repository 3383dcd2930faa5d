/** Tells the observers of a source which sensor is present. */

import type { SensorAdapter, SensorObserver } from '../adapters/sensor-adapter.ts';

/** Observers of a source that has one sensor at a time, or none. */
export class SensorWatchers {
  readonly #observers = new Set<SensorObserver>();
  #present: SensorAdapter | undefined;

  get present(): SensorAdapter | undefined {
    return this.#present;
  }

  watch(observer: SensorObserver): Disposable {
    // A wrapper per call, so that watching twice with one object makes two subscriptions.
    const entry: SensorObserver = {
      arrived: (sensor) => observer.arrived(sensor),
      removed: (sensor) => observer.removed(sensor),
    };
    this.#observers.add(entry);
    if (this.#present !== undefined) entry.arrived(this.#present);
    return { [Symbol.dispose]: () => void this.#observers.delete(entry) };
  }

  arrived(sensor: SensorAdapter): void {
    this.#present = sensor;
    for (const observer of [...this.#observers]) observer.arrived(sensor);
  }

  removed(): void {
    const sensor = this.#present;
    this.#present = undefined;
    if (sensor === undefined) return;
    for (const observer of [...this.#observers]) observer.removed(sensor);
  }

  clear(): void {
    this.#observers.clear();
  }
}
