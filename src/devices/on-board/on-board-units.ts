/** Devices that come and go, as sensors that come and go. */

import { Attached } from '../../adapters/attached.ts';
import type { MatchingDevice, MatchingDeviceSource } from '../../adapters/matching-device.ts';
import type { SensorAdapter, SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import { type OnBoardUnit, type OnBoardUnitOptions, onBoardUnit } from './on-board-unit.ts';

/** A place of devices as the service sees it. It owns the place. */
export class OnBoardUnits implements SensorSource {
  readonly #source: MatchingDeviceSource;
  readonly #attached = new Attached<SensorAdapter>();
  readonly #units = new Map<MatchingDevice, OnBoardUnit>();
  readonly #subscriptions: Disposable[] = [];
  #closing: Promise<void> | undefined;

  private constructor(source: MatchingDeviceSource) {
    this.#source = source;
  }

  /**
   * Resolves when the devices that are present have their sensors. Rejects with E_INVALIDARG for an id that is no GUID.
   *
   * @example
   * ```ts
   * await using units = await OnBoardUnits.start(new FixedDevices(device), { records: storage, databaseIds: [databaseId] });
   * ```
   */
  static async start(source: MatchingDeviceSource, options: OnBoardUnitOptions): Promise<OnBoardUnits> {
    const units = new OnBoardUnits(source);
    const present: Promise<void>[] = [];
    units.#subscriptions.push(
      source.watch({
        arrived: (device) => void present.push(units.#arrived(device, options)),
        removed: (device) => units.#removed(device),
      }),
    );
    await Promise.all(present);
    return units;
  }

  /** Those that are present. */
  get units(): readonly OnBoardUnit[] {
    return [...this.#units.values()];
  }

  /**
   * Reports every sensor that is present, then every change; a closed source reports nothing. Never fails.
   *
   * @example
   * ```ts
   * using watching = source.watch({ arrived: (sensor) => console.log(sensor.info.model), removed: () => {} });
   * ```
   */
  watch(observer: SensorObserver): Disposable {
    return this.#attached.watch(observer);
  }

  /**
   * Reports every sensor as removed, closes them and the place; idempotent. Rejects with an AggregateError of their faults.
   *
   * @example
   * ```ts
   * await source.close();
   * ```
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Mirrors {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #arrived(device: MatchingDevice, options: OnBoardUnitOptions): Promise<void> {
    let gone = false;
    const watching = device.watch({
      status: (status) => {
        if (status !== 'removed') return;
        gone = true;
        this.#removed(device);
      },
    });
    this.#subscriptions.push(watching);
    const unit = await onBoardUnit(device, options);
    if (gone || this.#closing !== undefined) return;
    this.#units.set(device, unit);
    this.#attached.add(unit.sensor);
  }

  #removed(device: MatchingDevice): void {
    const unit = this.#units.get(device);
    if (unit === undefined) return;
    this.#units.delete(device);
    this.#attached.remove(unit.sensor);
    // It cannot be released any more than it is.
    void unit.sensor.close().catch(() => {});
  }

  async #close(): Promise<void> {
    for (const subscription of this.#subscriptions.splice(0)) subscription[Symbol.dispose]();
    const units = this.units;
    this.#attached.close();
    this.#units.clear();
    // The place may take away what its devices need to be closed.
    const closed = await Promise.allSettled(units.map(({ sensor }) => sensor.close()));
    closed.push(...(await Promise.allSettled([this.#source.close()])));
    const errors = closed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'some readers could not be closed');
  }
}
