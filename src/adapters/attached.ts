/** What is attached at a place where readers come and go, and who is told of it. */

/** Told of what comes and goes. */
export interface AttachmentObserver<T> {
  arrived(item: T): void;
  removed(item: T): void;
}

/** Keeps both for a source; a source of sensors and one of devices differ in nothing else. */
export class Attached<T> {
  readonly #observers = new Set<AttachmentObserver<T>>();
  readonly #present = new Set<T>();
  #isClosed = false;

  /** What is attached now, in order of arrival. */
  get present(): readonly T[] {
    return [...this.#present];
  }

  /** Tells an observer of all that is present, then of every change; of nothing once closed. */
  watch(observer: AttachmentObserver<T>): Disposable {
    // A wrapper per call, so that watching twice with one object makes two subscriptions.
    const watcher: AttachmentObserver<T> = {
      arrived: (item) => observer.arrived(item),
      removed: (item) => observer.removed(item),
    };
    if (!this.#isClosed) {
      this.#observers.add(watcher);
      for (const item of this.present) watcher.arrived(item);
    }
    return { [Symbol.dispose]: () => void this.#observers.delete(watcher) };
  }

  /** Something arrived. */
  add(item: T): void {
    this.#present.add(item);
    for (const observer of [...this.#observers]) observer.arrived(item);
  }

  /** Something is gone; nothing is told when it was not there. */
  remove(item: T): void {
    if (!this.#present.delete(item)) return;
    for (const observer of [...this.#observers]) observer.removed(item);
  }

  /** Everything is gone, and nobody is told anything any more. */
  close(): void {
    this.#isClosed = true;
    for (const item of this.present) this.remove(item);
    this.#observers.clear();
  }
}
