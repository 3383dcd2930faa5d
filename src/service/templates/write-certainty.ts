/** Keeps memory and database in step: a write that may or may not have happened makes the next use read again. */

import { hresultOf } from '../../core/biometric-error.ts';
import {
  WINBIO_E_DATABASE_READ_ERROR,
  WINBIO_E_DATABASE_WRITE_ERROR,
  WINBIO_E_DEVICE_FAILURE,
} from '../../core/result-constants.ts';

/** Codes that leave open whether the write happened. */
const UNCERTAIN_WRITES: ReadonlySet<number> = new Set([
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_DATABASE_WRITE_ERROR,
  WINBIO_E_DATABASE_READ_ERROR,
]);

export class WriteCertainty {
  readonly #read: (underway: () => void) => Promise<void>;
  #uncertain = false;
  #reading: Promise<void> | undefined;

  /** `read` makes what is in memory what is stored, and may say before it ends that it is under way. */
  constructor(read: (underway: () => void) => Promise<void>) {
    this.#read = read;
  }

  /** Runs a write; rejects as it does, and notes whether its outcome is unknown. */
  async write<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (thrown) {
      if (UNCERTAIN_WRITES.has(hresultOf(thrown))) this.#uncertain = true;
      throw thrown;
    }
  }

  /** Runs the check of a write; any failure leaves its outcome unknown. */
  async check(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      this.#uncertain = true;
      throw thrown;
    }
  }

  /** Reads the database again if the outcome of a write is unknown; all that ask meanwhile wait for the one reading. */
  async restore(): Promise<void> {
    if (!this.#uncertain && this.#reading === undefined) return;
    this.#reading ??= this.reload().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** Reads the database. */
  async reload(underway: () => void = () => {}): Promise<void> {
    // Reset first: a write that fails while reading makes it uncertain again.
    this.#uncertain = false;
    await this.check(() => this.#read(underway));
  }
}
