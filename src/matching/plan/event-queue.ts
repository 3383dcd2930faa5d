/** Events by their time: a binary heap. */

interface PlannedEvent {
  readonly at: number;
  readonly action: () => void;
}

/** Runs actions in the order of their times. */
export class EventQueue {
  readonly #heap: PlannedEvent[] = [];

  /** Plans an action. */
  at(at: number, action: () => void): void {
    const heap = this.#heap;
    const event = { at, action };
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (heap[parent]!.at <= at) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = event;
  }

  /** Runs all, also those that are planned meanwhile; returns the time of the last. */
  run(): number {
    let last = 0;
    for (let event = this.#next(); event !== undefined; event = this.#next()) {
      last = event.at;
      event.action();
    }
    return last;
  }

  #next(): PlannedEvent | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const moved = heap.pop();
    if (first === undefined || moved === undefined || first === moved) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child += 1;
      if (heap[child]!.at >= moved.at) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = moved;
    return first;
  }
}
