/**
 * Hints that something is new. The server tells of it where it can; as a connection may end, or stand still, without a
 * word, everybody is told at each poll as well.
 */

import type { PostgresSession } from './postgres-session.ts';

/** Where a listener gets its connection. */
export interface ListeningPlace {
  /** Name of the channel. */
  readonly channel: string;
  /** Time between two polls, milliseconds. */
  readonly pollMs: number;
  alone(action: 'read'): Promise<PostgresSession>;
}

/** Listens on a connection of its own, while somebody watches. */
export class PostgresListener {
  readonly #connection: ListeningPlace;
  readonly #watchers = new Map<string, Set<() => void>>();
  #session: PostgresSession | undefined;
  #isBusy = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: ListeningPlace) {
    this.#connection = connection;
  }

  watch(topic: string, onHint: () => void): Disposable {
    const watchers = this.#watchers.get(topic) ?? new Set();
    this.#watchers.set(topic, watchers);
    // A function may watch twice.
    const watcher = () => onHint();
    watchers.add(watcher);
    this.#start();
    return {
      [Symbol.dispose]: () => {
        watchers.delete(watcher);
        if (watchers.size === 0 && this.#watchers.get(topic) === watchers) this.#watchers.delete(topic);
        if (this.#watchers.size === 0) this.#stop();
      },
    };
  }

  close(): void {
    this.#watchers.clear();
    this.#stop();
  }

  #start(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => {
      this.#tellAll();
      void this.#keepListening();
    }, this.#connection.pollMs);
    this.#timer.unref();
    void this.#keepListening();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#session?.destroy();
    this.#session = undefined;
  }

  /** Connects, or asks whether the connection lives. Faults are no news: at the next poll it is tried again. */
  async #keepListening(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      if (this.#session === undefined) await this.#listen();
      else await this.#session.query({ text: 'select 1' });
    } catch {
      this.#session?.destroy();
      this.#session = undefined;
    } finally {
      this.#isBusy = false;
    }
  }

  async #listen(): Promise<void> {
    const session = await this.#connection.alone('read');
    if (this.#timer === undefined) return session.destroy();
    this.#session = session;
    session.onNotice((topic) => this.#tell(topic));
    await session.query({ text: `listen "${this.#connection.channel}"` });
    // What came before it listened.
    this.#tellAll();
  }

  #tell(topic: string): void {
    for (const watcher of [...(this.#watchers.get(topic) ?? [])]) watcher();
  }

  #tellAll(): void {
    for (const topic of [...this.#watchers.keys()]) this.#tell(topic);
  }
}
