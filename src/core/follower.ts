/** Follows something that others change: reads what is new when there may be something, one reading at a time. */

import type { Clock } from './clock.ts';

/** What is followed. */
export interface Followed {
  /** Calls when there may be something new; throws or rejects while it cannot be reached. */
  watch(onHint: () => void): Promise<Disposable>;
  /** Reads what is new. */
  pull(): Promise<void>;
}

/** How following goes. */
export interface FollowerOptions {
  readonly clock: Clock;
  /** Told of each change of {@link Follower.live}, and why it is not. */
  readonly onLive?: (live: boolean, cause: unknown) => void;
}

/** Pause after a reading that failed, milliseconds. */
const RETRY_MS = 1000;

export class Follower implements AsyncDisposable {
  readonly #followed: Followed;
  readonly #clock: Clock;
  readonly #onLive: (live: boolean, cause: unknown) => void;
  #watching: Disposable | undefined;
  #retry: Disposable | undefined;
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #live: boolean | undefined;
  #closed = false;

  constructor(followed: Followed, { clock, onLive = () => {} }: FollowerOptions) {
    this.#followed = followed;
    this.#clock = clock;
    this.#onLive = onLive;
  }

  /** True when the last reading was done; undefined before the first. */
  get live(): boolean | undefined {
    return this.#live;
  }

  /** Begins; does not wait for the first reading. */
  start(): void {
    void this.catchUp().catch(() => undefined);
  }

  /** Reads all that there is when it is called. Rejects as reading does. */
  catchUp(): Promise<void> {
    if (this.#reading === undefined) return this.#read();
    // What is being read may have begun before.
    this.#next ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#read();
      });
    return this.#next;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#retry?.[Symbol.dispose]();
    this.#watching?.[Symbol.dispose]();
    await this.#reading?.catch(() => undefined);
    await this.#next?.catch(() => undefined);
  }

  #read(): Promise<void> {
    const reading = this.#readOnce().finally(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    this.#reading = reading;
    return reading;
  }

  async #readOnce(): Promise<void> {
    if (this.#closed) return;
    this.#retry?.[Symbol.dispose]();
    try {
      this.#watching ??= await this.#followed.watch(() => void this.catchUp().catch(() => undefined));
      await this.#followed.pull();
      this.#tell(true, undefined);
    } catch (thrown) {
      this.#tell(false, thrown);
      if (!this.#closed) {
        this.#retry = this.#clock.after(RETRY_MS, () => void this.catchUp().catch(() => undefined));
      }
      throw thrown;
    }
    if (this.#closed) this.#watching?.[Symbol.dispose]();
  }

  #tell(live: boolean, cause: unknown): void {
    if (this.#live === live) return;
    this.#live = live;
    if (!this.#closed) this.#onLive(live, cause);
  }
}
