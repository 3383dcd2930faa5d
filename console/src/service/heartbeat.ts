/** Whether the service answers: an answer counts, not an open connection. */

import { type ReadonlySignal, signal } from '@preact/signals';

/** `late`: an answer is due. `stale`: what is shown may be wrong by now. `off`: nobody expects an answer any more. */
export type Pulse = 'answers' | 'late' | 'stale' | 'off';

/** How often is looked whether a question is due, or open for too long. */
const LOOK_MS = 250;
/** Time between two questions. */
const EVERY_MS = 1000;
/** How long a question may be open. With the time between questions, a silent service is late within 3 s. */
const LATE_MS = 1500;
const STALE_MS = 10_000;
const OFF_MS = 30_000;

export class Heartbeat {
  readonly #ask: () => Promise<unknown>;
  readonly #pulse = signal<Pulse>('answers');
  readonly #lastMs = signal(Date.now());
  readonly #timer: ReturnType<typeof setInterval>;
  #askedMs: number | undefined;

  /** Asks from now on. `ask` is a question that the service answers at once. */
  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
    this.#timer = setInterval(() => this.#beat(), LOOK_MS);
  }

  get pulse(): ReadonlySignal<Pulse> {
    return this.#pulse;
  }

  /** When the last answer came. */
  get lastMs(): ReadonlySignal<number> {
    return this.#lastMs;
  }

  /** The connection is gone: nothing more will be answered. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    if (this.#askedMs === undefined && Date.now() - this.#lastMs.value >= EVERY_MS) this.#question();
    // Counted from the question: timers of a page in the background are slow, and that is no fault of the service.
    this.#pulse.value = pulseOf(Date.now() - (this.#askedMs ?? Date.now()));
  }

  #question(): void {
    this.#askedMs = Date.now();
    void this.#ask().then(
      () => this.#answered(),
      // A refusal is an answer; a lost connection stops the heart.
      () => this.#answered(),
    );
  }

  #answered(): void {
    this.#askedMs = undefined;
    this.#lastMs.value = Date.now();
    this.#pulse.value = 'answers';
  }
}

/** How a question that is open for so long is called. */
export function pulseOf(openMs: number): Pulse {
  if (openMs > OFF_MS) return 'off';
  if (openMs > STALE_MS) return 'stale';
  return openMs > LATE_MS ? 'late' : 'answers';
}
