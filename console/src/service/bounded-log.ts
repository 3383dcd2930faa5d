/** The latest of a stream, newest last, never more than its bound. */

export class BoundedLog<T> {
  readonly #bound: number;
  #entries: readonly T[] = [];

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** A new list after each change, so that who shows it can tell. */
  get entries(): readonly T[] {
    return this.#entries;
  }

  add(more: readonly T[]): void {
    if (more.length > 0) this.#entries = [...this.#entries, ...more].slice(-this.#bound);
  }

  clear(): void {
    this.#entries = [];
  }
}
