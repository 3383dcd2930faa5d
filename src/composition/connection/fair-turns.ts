/**
 * Who may be heard next: one message of each client in turn, however many one of them sends at once, and never so many
 * in a row that nothing else of the process gets its turn. What a message sets off is done before the next one is heard.
 */

/** Turns between two looks at what has arrived. */
const TURNS_PER_ROUND = 16;

type Action = () => void;

export class FairTurns {
  /** Lanes with something to do; the next one comes first. */
  readonly #ready: Action[][] = [];
  #waiting = 0;
  #scheduled = 0;

  /** A lane of its own: what is given to it runs in order, each in a turn of its own. */
  lane(): (action: Action) => void {
    const actions: Action[] = [];
    return (action) => {
      actions.push(action);
      if (actions.length === 1) this.#ready.push(actions);
      this.#waiting += 1;
      this.#schedule();
    };
  }

  #schedule(): void {
    while (this.#scheduled < Math.min(TURNS_PER_ROUND, this.#waiting)) {
      this.#scheduled += 1;
      setImmediate(() => this.#turn());
    }
  }

  #turn(): void {
    this.#scheduled -= 1;
    const lane = this.#ready.shift();
    const action = lane?.shift();
    if (lane === undefined || action === undefined) return;
    if (lane.length > 0) this.#ready.push(lane);
    this.#waiting -= 1;
    this.#schedule();
    action();
  }
}
