/**
 * Who may be heard next: each party in turn, and within it one message of each client in turn, however many clients a party
 * has and however much one of them sends at once; and never so many in a row that nothing else of the process gets its
 * turn. What a message sets off is done before the next one is heard.
 */

/** Turns between two looks at what has arrived. */
const TURNS_PER_ROUND = 16;

type Action = () => void;

/** Lanes with something to do; the next one comes first. */
type Party = Action[][];

/** Where a client's actions wait: they run in order, each in a turn of its own. */
export interface Lane {
  run(action: Action): void;
  /** From now on its turns are those of a party, all of whose lanes share them. */
  join(party: object): void;
}

export class FairTurns {
  /** Parties with something to do; the next one comes first. */
  readonly #ready: Party[] = [];
  readonly #parties = new WeakMap<object, Party>();
  /** Those that have joined none share the turns of one. */
  readonly #strangers: Party = [];
  #waiting = 0;
  #scheduled = 0;

  lane(): Lane {
    const actions: Action[] = [];
    let party = this.#strangers;
    return {
      run: (action) => {
        actions.push(action);
        if (actions.length === 1) this.#enlist(party, actions);
        this.#waiting += 1;
        this.#schedule();
      },
      join: (name) => {
        // What waits already has its turn where it waits.
        party = this.#parties.get(name) ?? [];
        this.#parties.set(name, party);
      },
    };
  }

  #enlist(party: Party, lane: Action[]): void {
    party.push(lane);
    if (party.length === 1) this.#ready.push(party);
  }

  #schedule(): void {
    while (this.#scheduled < Math.min(TURNS_PER_ROUND, this.#waiting)) {
      this.#scheduled += 1;
      setImmediate(() => this.#turn());
    }
  }

  #turn(): void {
    this.#scheduled -= 1;
    const party = this.#ready.shift();
    const lane = party?.shift();
    const action = lane?.shift();
    if (party === undefined || lane === undefined || action === undefined) return;
    if (lane.length > 0) party.push(lane);
    if (party.length > 0) this.#ready.push(party);
    this.#waiting -= 1;
    this.#schedule();
    action();
  }
}
