/** A number that counts changes, and those who wait for the next one. */

/** How long a question waits for news before it is answered with what is known, milliseconds. */
export const NEWS_MS = 2000;

export class Changes {
  #number = 1;
  #waiting = new Set<() => void>();

  /** Counts changes, from 1. */
  get number(): number {
    return this.#number;
  }

  /** Something changed. */
  note(): void {
    this.#number += 1;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** Resolves when there is a change after `number`, or after {@link NEWS_MS}. */
  async after(number: number): Promise<void> {
    if (number !== this.#number) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, NEWS_MS).unref();
      this.#waiting.add(wake);
    });
  }
}
