/** State machines as data: a table of states, each with the events it takes and where they lead. */

/** `table[state][event]` is the next state; a state does not take an event it has no entry for. */
export type StateTable<State extends string, Event extends string> = {
  readonly [S in State]: { readonly [E in Event]?: State };
};

/** One running machine over a table. */
export class StateMachine<State extends string, Event extends string> {
  readonly #table: StateTable<State, Event>;
  #state: State;

  constructor(table: StateTable<State, Event>, initial: State) {
    this.#table = table;
    this.#state = initial;
  }

  /** The current state. */
  get state(): State {
    return this.#state;
  }

  /** Moves to the next state if the current one takes the event; returns whether it does. */
  take(event: Event): boolean {
    const next: State | undefined = this.#table[this.#state][event];
    if (next === undefined) return false;
    this.#state = next;
    return true;
  }
}
