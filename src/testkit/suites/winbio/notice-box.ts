/** Collects the notices of a handle. */

import assert from 'node:assert/strict';
import { codeName } from '../../../core/codes.ts';
import type { WINBIO_ASYNC_RESULT } from '../../../winbio/async-result.ts';

/** Notices as they come; a test that waits for one that does not come fails after a while. */
export class NoticeBox {
  readonly results: WINBIO_ASYNC_RESULT[] = [];
  readonly #patienceMs: number;
  #arrival = Promise.withResolvers<void>();

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** The completion callback. */
  readonly callback = (result: WINBIO_ASYNC_RESULT): void => {
    this.results.push(result);
    this.#arrival.resolve();
    this.#arrival = Promise.withResolvers();
  };

  /** The notice of an index, from 0. */
  async at(index: number): Promise<WINBIO_ASYNC_RESULT> {
    const overdue = Promise.withResolvers<never>();
    const text = () => `no notice ${index + 1} within ${this.#patienceMs} ms; there were ${this.texts().join(', ')}`;
    const timer = setTimeout(() => overdue.reject(new assert.AssertionError({ message: text() })), this.#patienceMs);
    try {
      for (;;) {
        const result = this.results[index];
        if (result !== undefined) return result;
        await Promise.race([this.#arrival.promise, overdue.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits for a notice of an operation, the last of the handle. */
  async last(operation: number): Promise<void> {
    for (let index = 0; (await this.at(index)).Operation !== operation; index += 1);
  }

  /** Operation and outcome of each, in words. */
  texts(): readonly string[] {
    return this.results.map(({ Operation, ApiStatus }) => `${Operation}: ${codeName(ApiStatus)}`);
  }
}
