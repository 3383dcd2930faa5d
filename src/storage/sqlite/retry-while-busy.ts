/** Waits briefly for a lock that another process holds. WBF: storage 10. */

import { setTimeout } from 'node:timers/promises';
import { isBusy, type SqliteAction, storageError } from './sqlite-errors.ts';

/** Longest wait for a lock. */
const PATIENCE_MS = 250;
const PAUSE_MS = 10;

/**
 * Runs a step that takes effect wholly or not at all, again while its lock is taken; the event loop goes on meanwhile.
 * Rejects with the mapped code; WINBIO_E_DATABASE_LOCKED after 250 ms.
 */
export async function retryWhileBusy<T>(action: SqliteAction, step: () => T): Promise<T> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadlineMs) throw storageError(error, action);
    }
    await setTimeout(PAUSE_MS);
  }
}
