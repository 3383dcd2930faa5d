/** Collects the notices of an asynchronous session, to be read one after the other. */

import { BiometricError } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import type { WINBIO_ASYNC_RESULT, WinBio } from '../../exports/whorl/winbio.ts';

type ResultOf<Op extends number> = WINBIO_ASYNC_RESULT & { readonly Operation: Op };

export class NoticeBoard {
  readonly #results: WINBIO_ASYNC_RESULT[] = [];
  #wake = Promise.withResolvers<void>();

  /** The completion callback. */
  readonly post = (result: WINBIO_ASYNC_RESULT): void => {
    this.#results.push(result);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  };

  /** Waits for the next notice, reads it and frees it. Rejects with E_UNEXPECTED when it is of another operation. */
  async read<Op extends number, T>(winbio: WinBio, operation: Op, read: (result: ResultOf<Op>) => T): Promise<T> {
    while (this.#results.length === 0) await this.#wake.promise;
    const result = this.#results.shift();
    if (result?.Operation !== operation) {
      throw new BiometricError('E_UNEXPECTED', `expected a notice of operation ${operation}, got ${result?.Operation}`);
    }
    try {
      return read(result as ResultOf<Op>);
    } finally {
      winbio.WinBioFree(result);
    }
  }

  /** Waits for the next notice; resolves with the name of its code. */
  outcome(winbio: WinBio, operation: number): Promise<string> {
    return this.read(winbio, operation, ({ ApiStatus }) => codeName(ApiStatus));
  }
}
