/** A source whose sensors are present from beginning to end, for readers that cannot be unplugged. */

import { Attached } from './attached.ts';
import type { SensorAdapter, SensorObserver, SensorSource } from './sensor-adapter.ts';

/** A source that reports the same sensors to every observer until it is closed. */
export class FixedSensors implements SensorSource {
  readonly #attached = new Attached<SensorAdapter>();
  #closing: Promise<void> | undefined;

  /** `sensors` become its own: closing the source closes them. */
  constructor(...sensors: readonly SensorAdapter[]) {
    for (const sensor of sensors) this.#attached.add(sensor);
  }

  /**
   * Reports every sensor at once, in the order given, and their removal on close; a closed source reports nothing.
   * Never fails.
   *
   * @example
   * using watching = source.watch({ arrived: (sensor) => console.log(sensor.info.model), removed: () => {} });
   */
  watch(observer: SensorObserver): Disposable {
    return this.#attached.watch(observer);
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
    const sensors = this.#attached.present;
    this.#attached.close();
    const closed = await Promise.allSettled(sensors.map((sensor) => sensor.close()));
    const errors = closed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'some sensors could not be closed');
  }
}
