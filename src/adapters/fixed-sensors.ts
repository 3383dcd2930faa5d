/** A place whose sensors are there from the first moment to the last: for readers that cannot be plugged in. */

import type { SensorAdapter, SensorObserver, SensorSource } from './sensor-adapter.ts';

/** Reports the same sensors to everybody. */
export class FixedSensors implements SensorSource {
  readonly #sensors: readonly SensorAdapter[];
  readonly #observers = new Set<SensorObserver>();
  #closing: Promise<void> | undefined;

  constructor(...sensors: readonly SensorAdapter[]) {
    this.#sensors = sensors;
  }

  watch(observer: SensorObserver): Disposable {
    const watcher: SensorObserver = {
      arrived: (sensor) => observer.arrived(sensor),
      removed: (sensor) => observer.removed(sensor),
    };
    if (this.#closing === undefined) {
      this.#observers.add(watcher);
      for (const sensor of this.#sensors) watcher.arrived(sensor);
    }
    return { [Symbol.dispose]: () => this.#observers.delete(watcher) };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    for (const observer of this.#observers) for (const sensor of this.#sensors) observer.removed(sensor);
    this.#observers.clear();
    const closed = await Promise.allSettled(this.#sensors.map((sensor) => sensor.close()));
    const errors = closed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'some sensors could not be closed');
  }
}
