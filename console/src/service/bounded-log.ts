/** The latest entries of a stream, newest last, limited in number. */

export class BoundedLog<T> {
  readonly #bound: number;
  #entries: readonly T[] = [];

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** A new list after each change, so that views notice it. */
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
