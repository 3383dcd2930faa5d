/** A source whose matching devices are present from beginning to end, for readers that cannot be unplugged. */

import { Attached } from './attached.ts';
import type { MatchingDevice, MatchingDeviceSource, MatchingDeviceSourceObserver } from './matching-device.ts';

/**
 * What a module of devices made, as a place where devices come and go. Never fails.
 *
 * @example
 * using watching = asDeviceSource(device).watch({ arrived: () => console.log('here'), removed: () => {} });
 */
export function asDeviceSource(made: MatchingDevice | MatchingDeviceSource): MatchingDeviceSource {
  return 'info' in made ? new FixedDevices(made) : made;
}

/** A source that reports the same devices to every observer, and each as removed once it is gone. */
export class FixedDevices implements MatchingDeviceSource {
  readonly #devices: readonly MatchingDevice[];
  readonly #attached = new Attached<MatchingDevice>();
  readonly #watching: readonly Disposable[];
  #closing: Promise<void> | undefined;

  /** `devices` become its own: closing the source closes them. */
  constructor(...devices: readonly MatchingDevice[]) {
    this.#devices = devices;
    this.#watching = devices.map((device) =>
      device.watch({ status: (status) => (status === 'removed' ? this.#attached.remove(device) : undefined) }),
    );
    for (const device of devices) this.#attached.add(device);
  }

  /**
   * Reports every device that is present at once, in the order given, and their removal; a closed source reports
   * nothing. Never fails.
   *
   * @example
   * using watching = source.watch({ arrived: (device) => console.log(device.info.model), removed: () => {} });
   */
  watch(observer: MatchingDeviceSourceObserver): Disposable {
    return this.#attached.watch(observer);
  }

  /**
   * Reports every device as removed and closes them all; idempotent. Rejects with an AggregateError of the devices'
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
   * await using source = new FixedDevices(device);
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#attached.close();
    const closed = await Promise.allSettled(this.#devices.map((device) => device.close()));
    for (const watching of this.#watching) watching[Symbol.dispose]();
    const errors = closed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'some devices could not be closed');
  }
}
