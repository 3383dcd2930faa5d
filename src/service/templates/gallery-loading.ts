/** How far a store has read its database. What is searched, stored and deleted meanwhile is right (ADR 25). */

import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';

/** How many records of a database can be found, and how many it has. */
export interface LoadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** The reading of a database. */
export class GalleryLoading {
  readonly #changed = new Set<RecordId>();
  #progress: LoadProgress | undefined;
  #reading: Promise<void> = Promise.resolve();
  #closed = false;

  /** Undefined once everything is read. */
  get progress(): LoadProgress | undefined {
    return this.#progress;
  }

  /** A record was stored, replaced or deleted: what is read of it from now on is old. */
  noteChange(recordId: RecordId): void {
    if (this.#progress !== undefined) this.#changed.add(recordId);
  }

  isOld(recordId: RecordId): boolean {
    return this.#changed.has(recordId);
  }

  /** Runs one reading after another; `read` tells of each record. */
  read(total: () => Promise<number>, read: (loaded: (records: number) => void) => Promise<void>): Promise<void> {
    const before = this.#reading.catch(() => undefined);
    this.#reading = before.then(async () => {
      this.#progress = { loaded: 0, total: 0 };
      try {
        const all = await total();
        let loaded = 0;
        await read((records) => {
          if (this.#closed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the database is closed');
          loaded += records;
          this.#progress = { loaded, total: Math.max(all, loaded) };
        });
        this.#progress = undefined;
      } finally {
        this.#changed.clear();
      }
    });
    return this.#reading;
  }

  /** Resolves when everything is read. Rejects as reading does, and with WINBIO_E_CANCELED as soon as the signal aborts. */
  async ended(signal?: AbortSignal): Promise<void> {
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal?.reason }));
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([this.#reading, aborted]);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Ends the reading; resolves when it has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#reading.catch(() => undefined);
  }
}
