/** Work of a node in its order: some at once, and batches behind everything that somebody waits for. */

/** Runs work on so many lanes. */
export class SearchQueue {
  readonly #lanes: number;
  readonly #now: (() => Promise<void>)[] = [];
  readonly #later: (() => Promise<void>)[] = [];
  #running = 0;

  constructor(lanes: number) {
    this.#lanes = lanes;
  }

  /** Pieces of work that wait or run. */
  get length(): number {
    return this.#running + this.#now.length + this.#later.length;
  }

  /** Runs the work at its turn; resolves and rejects as it does. */
  run<T>(work: () => Promise<T>, { isBatch }: { readonly isBatch: boolean }): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    (isBatch ? this.#later : this.#now).push(() => work().then(resolve, reject));
    this.#advance();
    return promise;
  }

  #advance(): void {
    while (this.#running < this.#lanes) {
      const next = this.#now.shift() ?? this.#later.shift();
      if (next === undefined) return;
      this.#running += 1;
      void next().finally(() => {
        this.#running -= 1;
        this.#advance();
      });
    }
  }
}
