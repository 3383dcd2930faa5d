/** What is made of each reader that is present, and who is told of it: the same for sensors and for devices. */

import { Attached, type AttachmentObserver } from '../../adapters/attached.ts';
import type { LibfprintReaders } from './libfprint-readers.ts';
import type { ReaderLink } from './reader-link.ts';

/** How they are made, and what becomes of them. */
export interface LinkedUnitsParts<T> {
  /** Undefined for a reader of another kind. */
  readonly make: (link: ReaderLink) => T | undefined;
  /** Called before observers hear that it is gone. */
  readonly lost?: (unit: T) => void;
}

export class LinkedUnits<T> {
  readonly #attached = new Attached<T>();
  readonly #units = new Map<ReaderLink, T>();
  readonly #watching: Disposable;

  constructor(readers: LibfprintReaders, { make, lost }: LinkedUnitsParts<T>) {
    this.#watching = readers.watch({
      arrived: (link) => {
        const unit = make(link);
        if (unit === undefined) return;
        this.#units.set(link, unit);
        this.#attached.add(unit);
      },
      removed: (link) => {
        const unit = this.#units.get(link);
        this.#units.delete(link);
        if (unit === undefined) return;
        lost?.(unit);
        this.#attached.remove(unit);
      },
    });
  }

  watch(observer: AttachmentObserver<T>): Disposable {
    return this.#attached.watch(observer);
  }

  /** Reports all as removed and watches no longer; returns them, to be closed. */
  detach(): readonly T[] {
    this.#watching[Symbol.dispose]();
    const units = [...this.#units.values()];
    this.#attached.close();
    this.#units.clear();
    return units;
  }
}
