/** A shared log in the memory of this process: for tests of what follows one. */

import type { Position } from '../../adapters/shared-history.ts';
import type { LogEntry, NewLogEntry, PushOptions, SharedLog } from '../../adapters/shared-log.ts';
import { MemoryHistory } from './memory-history.ts';

type Kept = Omit<LogEntry, 'position'>;

/** What several logs of one process have in common. */
export class MemoryLogContent {
  readonly history = new MemoryHistory<Kept>();
  readonly keys = new Set<string>();
}

/** The log as one service has it open. */
export class MemorySharedLog implements SharedLog {
  readonly #content: MemoryLogContent;
  readonly #site: string;

  constructor(content: MemoryLogContent, site: string) {
    this.#content = content;
    this.#site = site;
  }

  async position(): Promise<Position> {
    return this.#content.history.position;
  }

  async *since(after: Position): AsyncGenerator<readonly LogEntry[]> {
    const entries = this.#content.history.since(after);
    if (entries.length > 0) yield entries;
  }

  async push(entries: readonly NewLogEntry[], { checked, once = false }: PushOptions = {}): Promise<Position> {
    const { history, keys } = this.#content;
    if (checked !== undefined) history.require(checked);
    for (const { key, body, subject, forgets } of entries) {
      if (once && keys.has(key)) continue;
      keys.add(key);
      history.rewrite((entry) => {
        const isGone = entry.key === key || (forgets !== undefined && entry.subject === forgets);
        return isGone ? { ...entry, body: undefined, isGone } : entry;
      });
      history.note({
        key,
        body: body && Uint8Array.from(body),
        subject,
        forgets,
        site: this.#site,
        isGone: false,
        atMs: Date.now(),
      });
    }
    return history.position;
  }

  /** Nothing of it is old. */
  async trim(): Promise<number> {
    return 0;
  }

  watch(onHint: () => void): Disposable {
    return this.#content.history.watch(onHint);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
