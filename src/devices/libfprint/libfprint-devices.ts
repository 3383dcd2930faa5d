/** The readers that match inside among those that libfprint drives, as they come and go. */

import { Attached } from '../../adapters/attached.ts';
import type {
  MatchingDevice,
  MatchingDeviceSource,
  MatchingDeviceSourceObserver,
} from '../../adapters/matching-device.ts';
import type { LibfprintReaders } from '../../drivers/libfprint/libfprint-readers.ts';
import type { ReaderLink } from '../../drivers/libfprint/reader-link.ts';
import { LibfprintDevice } from './libfprint-device.ts';

/** A place of devices; the readers stay their owner's. */
export class LibfprintDevices implements MatchingDeviceSource {
  readonly #attached = new Attached<MatchingDevice>();
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
    const devices = [...this.#devices.values()];
    this.#attached.close();
    this.#devices.clear();
    await Promise.allSettled(devices.map((device) => device.close()));
  }

  #arrived(link: ReaderLink): void {
    if (link.facts.features.includes('capture')) return;
    const device = new LibfprintDevice(link);
    this.#devices.set(link, device);
    this.#attached.add(device);
  }

  #removed(link: ReaderLink): void {
    const device = this.#devices.get(link);
    this.#devices.delete(link);
    if (device === undefined) return;
    device.lost();
    this.#attached.remove(device);
  }
}
