/** State machines as data: a table of states, each with the events it takes and where they lead. Runs anywhere. */

/** `table[state][event]` is the next state; an event that is absent is not possible in that state. */
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

  get state(): State {
    return this.#state;
  }

  /** Takes the event if the table has it for this state; says whether it had. */
  take(event: Event): boolean {
    const next: State | undefined = this.#table[this.#state][event];
    if (next === undefined) return false;
    this.#state = next;
    return true;
  }
}
