/** A source whose sensors are present from beginning to end, for readers that cannot be unplugged. */

import type { SensorAdapter, SensorObserver, SensorSource } from './sensor-adapter.ts';

/** A source that reports the same sensors to every observer until it is closed. */
export class FixedSensors implements SensorSource {
  readonly #sensors: readonly SensorAdapter[];
  readonly #observers = new Set<SensorObserver>();
  #closing: Promise<void> | undefined;

  /** `sensors` become its own: closing the source closes them. */
  constructor(...sensors: readonly SensorAdapter[]) {
    this.#sensors = sensors;
  }

  /**
   * Reports every sensor at once, in the order given, and their removal on close; a closed source reports nothing.
   * Never fails.
   *
   * @example
   * using watching = source.watch({ arrived: (sensor) => console.log(sensor.info.model), removed: () => {} });
   */
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

  /**
   * Reports every sensor as removed and closes them all; idempotent. Rejects with an AggregateError of the sensors'
   * faults.
   *
   * @example
   * await source.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using source = new FixedSensors(new MySensor());
   */
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
