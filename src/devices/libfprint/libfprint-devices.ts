/** The readers that match inside among those that libfprint drives, as they come and go. */

import type { MatchingDeviceSource, MatchingDeviceSourceObserver } from '../../adapters/matching-device.ts';
import type { LibfprintReaders } from '../../drivers/libfprint/libfprint-readers.ts';
import type { ReaderLink } from '../../drivers/libfprint/reader-link.ts';
import { LibfprintDevice } from './libfprint-device.ts';

/** A place of devices; the readers stay their owner's. */
export class LibfprintDevices implements MatchingDeviceSource {
  readonly #observers = new Set<MatchingDeviceSourceObserver>();
  readonly #devices = new Map<ReaderLink, LibfprintDevice>();
  readonly #watching: Disposable;
  #closing: Promise<void> | undefined;

  constructor(readers: LibfprintReaders) {
    this.#watching = readers.watch({
      arrived: (link) => this.#arrived(link),
      removed: (link) => this.#removed(link),
    });
  }

  watch(observer: MatchingDeviceSourceObserver): Disposable {
    const watcher: MatchingDeviceSourceObserver = {
      arrived: (device) => observer.arrived(device),
      removed: (device) => observer.removed(device),
    };
    if (this.#closing === undefined) {
      this.#observers.add(watcher);
      for (const device of this.#devices.values()) watcher.arrived(device);
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
    this.#watching[Symbol.dispose]();
    const devices = [...this.#devices.values()];
    for (const observer of this.#observers) for (const device of devices) observer.removed(device);
    this.#observers.clear();
    this.#devices.clear();
    await Promise.allSettled(devices.map((device) => device.close()));
  }

  #arrived(link: ReaderLink): void {
    if (link.facts.features.includes('capture')) return;
    const device = new LibfprintDevice(link);
    this.#devices.set(link, device);
    for (const observer of [...this.#observers]) observer.arrived(device);
  }

  #removed(link: ReaderLink): void {
    const device = this.#devices.get(link);
    this.#devices.delete(link);
    if (device === undefined) return;
    device.lost();
    for (const observer of [...this.#observers]) observer.removed(device);
  }
}
