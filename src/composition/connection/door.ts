/**
 * How many clients are greeted: a crowd at once, as when a service starts again, and then so many a second. Whoever
 * comes and goes without end costs those who are inside little.
 */

/** Greeted at once after a quiet time. */
const CROWD = 256;
const PER_SECOND = 1000;
const PAUSE_MS = 2;

export class Door implements Disposable {
  readonly #greet: (greeting: () => void) => void;
  #waiting: (() => void)[] = [];
  #room = CROWD;
  #countedAtMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** `greet` runs a greeting when its turn has come. */
  constructor(greet: (greeting: () => void) => void) {
    this.#greet = greet;
  }

  enter(greeting: () => void): void {
    this.#waiting.push(greeting);
    if (this.#timer === undefined) this.#open();
  }

  /** Nobody is greeted any more. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #open(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    this.#room = Math.min(CROWD, this.#room + ((nowMs - this.#countedAtMs) * PER_SECOND) / 1000);
    this.#countedAtMs = nowMs;
    const greeted = this.#waiting.splice(0, Math.floor(this.#room));
    this.#room -= greeted.length;
    for (const greeting of greeted) this.#greet(greeting);
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#open(), PAUSE_MS);
  }
}
