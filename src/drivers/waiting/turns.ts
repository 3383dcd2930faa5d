/** One after another: what waits for its turn on a line. */

/** Runs actions in the order in which they were asked for; one that fails ends nothing for the next. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs an action when those before it have ended. Rejects with what it rejects with. */
  take<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
