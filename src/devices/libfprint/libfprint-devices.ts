/** The readers that match inside among those that libfprint drives, as they come and go. */

import type { MatchingDeviceSource, MatchingDeviceSourceObserver } from '../../adapters/matching-device.ts';
import type { LibfprintReaders } from '../../drivers/libfprint/libfprint-readers.ts';
import { LinkedUnits } from '../../drivers/libfprint/linked-units.ts';
import { LibfprintDevice } from './libfprint-device.ts';

/** A place of devices; the readers stay their owner's. */
export class LibfprintDevices implements MatchingDeviceSource {
  readonly #units: LinkedUnits<LibfprintDevice>;
  #closing: Promise<void> | undefined;

  constructor(readers: LibfprintReaders) {
    this.#units = new LinkedUnits(readers, {
      make: (link) => (link.facts.features.includes('capture') ? undefined : new LibfprintDevice(link)),
      lost: (device) => device.lost(),
    });
  }

  watch(observer: MatchingDeviceSourceObserver): Disposable {
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
    await Promise.allSettled(this.#units.detach().map((device) => device.close()));
  }
}
