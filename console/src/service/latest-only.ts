/** Runs one task at a time; of the tasks that arrive meanwhile, only the latest is kept. */

export class LatestOnly {
  #running = false;
  #next: (() => Promise<void>) | undefined;

  run(task: () => Promise<void>): void {
    this.#next = task;
    if (!this.#running) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#running = true;
    try {
      for (let task = this.#next; task !== undefined; task = this.#next) {
        this.#next = undefined;
        await task();
      }
    } finally {
      this.#running = false;
    }
  }
}
