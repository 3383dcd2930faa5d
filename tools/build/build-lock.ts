/** Two builds of one checkout take turns. The operating system holds the lock, so that it is gone with its process. */

import { DatabaseSync } from 'node:sqlite';

/** Longest wait for another build, milliseconds. */
const PATIENCE_MS = 10 * 60_000;
const SQLITE_BUSY = 5;

/** Takes the lock, telling `onWait` when another build has it. Throws what SQLite says after ten minutes. */
export function takeBuildLock(path: string, onWait: () => void): Disposable {
  try {
    return locked(path, 0);
  } catch (thrown) {
    if ((thrown as { readonly errcode?: number }).errcode !== SQLITE_BUSY) throw thrown;
  }
  onWait();
  return locked(path, PATIENCE_MS);
}

function locked(path: string, timeout: number): Disposable {
  const lock = new DatabaseSync(path, { timeout });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    lock.close();
    throw thrown;
  }
  return { [Symbol.dispose]: () => lock.close() };
}
