/** The history of a database that several share in one process: for tests of what follows it. */

import type { Position } from '../../adapters/shared-history.ts';
import type { RecordChange } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { randomGuid } from '../../core/guid.ts';

const TOKEN_BYTES = 16;

/** Changes in order, and who waits for one. */
export class MemoryHistory<T extends object> {
  readonly #incarnation = randomGuid();
  readonly #entries: (T & { readonly position: Position })[] = [];
  readonly #watchers = new Set<() => void>();

  get position(): Position {
    return this.#entries.at(-1)?.position ?? { incarnation: this.#incarnation, change: 0, token: '' };
  }

  /** Adds an entry, and tells of it. */
  note(entry: T): Position {
    const token = Buffer.from(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES))).toString('hex');
    const position = { incarnation: this.#incarnation, change: this.position.change + 1, token };
    this.#entries.push({ ...entry, position });
    // After the write has settled, as with a real one.
    for (const watcher of this.#watchers) setImmediate(watcher);
    return position;
  }

  /** Throws WHORL_E_STALE unless the history has not gone on. */
  require(checked: Position): void {
    if (samePosition(checked, this.position)) return;
    throw new BiometricError('WHORL_E_STALE', `change ${this.position.change} was made since`);
  }

  /** What came after. Throws WHORL_E_RESYNC. */
  since(after: Position): readonly (T & { readonly position: Position })[] {
    if (after.change === 0) return [...this.#entries];
    const known = this.#entries[after.change - 1]?.position;
    if (known !== undefined && samePosition(known, after)) return this.#entries.slice(after.change);
    throw new BiometricError('WHORL_E_RESYNC', `change ${after.change} is not part of the history`);
  }

  watch(onHint: () => void): Disposable {
    this.#watchers.add(onHint);
    return { [Symbol.dispose]: () => void this.#watchers.delete(onHint) };
  }

  /** What was written of a key is forgotten. */
  rewrite(change: (entry: T) => T): void {
    for (const [i, entry] of this.#entries.entries()) {
      this.#entries[i] = { ...change(entry), position: entry.position };
    }
  }
}

/** A change of a record without the record: that is as it is now. */
export type MemoryChange = Omit<RecordChange, 'position' | 'record'>;

/** True for the same place in the same history. */
export function samePosition(one: Position, other: Position): boolean {
  return one.incarnation === other.incarnation && one.change === other.change && one.token === other.token;
}
