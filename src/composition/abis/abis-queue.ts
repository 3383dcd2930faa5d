/** Requests in an order that their answers depend on: who is looked for is compared with all who were inserted before. */

import { BiometricError } from '../../core/biometric-error.ts';

/** What changes the gallery or searches it. */
export type AbisJobKind = 'insert' | 'identify' | 'delete';

/** Which jobs that came before a job waits for. */
const WAITS_FOR: Readonly<Record<AbisJobKind, readonly AbisJobKind[]>> = {
  insert: ['delete'],
  identify: ['insert', 'delete'],
  delete: ['insert', 'identify', 'delete'],
};

/** Jobs that may wait; as many requests again are refused with WINBIO_E_DEVICE_BUSY. */
const MOST_JOBS = 1000;
/** Jobs that run at once: an insert holds the images of a person. */
const AT_ONCE = 4;

interface Job {
  readonly kind: AbisJobKind;
  readonly ended: Promise<unknown>;
}

export class AbisQueue implements AsyncDisposable {
  readonly #jobs = new Set<Job>();
  readonly #closing = new AbortController();
  readonly #waiting: (() => void)[] = [];
  readonly #mostJobs: number;
  #running = 0;

  /** `mostJobs` is for tests. */
  constructor(mostJobs = MOST_JOBS) {
    this.#mostJobs = mostJobs;
  }

  /** Jobs that have not ended. */
  get pending(): number {
    return this.#jobs.size;
  }

  /** Runs a job when its turn has come. Rejects as it does, and with WINBIO_E_DEVICE_BUSY, WINBIO_E_CANCELED. */
  async run<T>(kind: AbisJobKind, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#jobs.size >= this.#mostJobs) throw new BiometricError('WINBIO_E_DEVICE_BUSY', 'too many requests wait');
    const before = [...this.#jobs].filter((each) => WAITS_FOR[kind].includes(each.kind)).map(({ ended }) => ended);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const job = { kind, ended };
    this.#jobs.add(job);
    try {
      await Promise.all(before);
      await this.#turn();
      try {
        this.#requireOpen();
        return await work(this.#closing.signal);
      } finally {
        this.#running -= 1;
        this.#waiting.shift()?.();
      }
    } finally {
      this.#jobs.delete(job);
      end();
    }
  }

  /** Cancels what waits and what runs, and resolves when all has ended; idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    while (this.#jobs.size > 0) await Promise.all([...this.#jobs].map(({ ended }) => ended));
  }

  #requireOpen(): void {
    if (this.#closing.signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', 'the service ends');
  }

  async #turn(): Promise<void> {
    while (this.#running >= AT_ONCE) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
    this.#running += 1;
  }
}
