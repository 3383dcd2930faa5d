/** A window with a message queue, for WINBIO_ASYNC_NOTIFY_MESSAGE. Bounded like a thread's queue. */

import { BiometricError } from '../core/biometric-error.ts';
import type { WINBIO_ASYNC_RESULT } from './async-result.ts';

/** Most messages a thread's queue holds. */
export const MESSAGE_QUEUE_LIMIT = 10_000;

/** A posted message. */
export interface MSG {
  readonly hwnd: MessageWindow;
  readonly message: number;
  /** Undocumented, 0 (D-10). */
  readonly wParam: 0;
  /** The result; the receiver frees it. */
  readonly lParam: WINBIO_ASYNC_RESULT;
}

interface Queued {
  readonly message: MSG;
  readonly discard: () => void;
}

export class MessageWindow implements AsyncIterable<MSG>, Disposable {
  #queue: Queued[] = [];
  #waiters: { resolve: (message: MSG | undefined) => void }[] = [];
  #open = true;

  /** False once it was closed; posting to it fails. */
  get open(): boolean {
    return this.#open;
  }

  /** Messages that wait. */
  get length(): number {
    return this.#queue.length;
  }

  /** Posts a message; false when the window is closed or its queue is full. `discard` is called if nobody takes it. */
  post(code: number, result: WINBIO_ASYNC_RESULT, discard: () => void): boolean {
    if (!this.#open || this.#queue.length >= MESSAGE_QUEUE_LIMIT) return false;
    const message: MSG = { hwnd: this, message: code, wParam: 0, lParam: result };
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) waiter.resolve(message);
    else this.#queue.push({ message, discard });
    return true;
  }

  /** The next message, or undefined when none waits. */
  peekMessage(): MSG | undefined {
    return this.#queue.shift()?.message;
  }

  /** Waits for the next message; undefined once the window is closed. Rejects with WINBIO_E_CANCELED when aborted. */
  getMessage(options: { readonly signal?: AbortSignal } = {}): Promise<MSG | undefined> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
      const next = this.peekMessage();
      if (next !== undefined || !this.#open) return resolve(next);
      const aborted = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal?.reason }));
      };
      const waiter = {
        resolve: (message: MSG | undefined) => {
          signal?.removeEventListener('abort', aborted);
          resolve(message);
        },
      };
      signal?.addEventListener('abort', aborted, { once: true });
      this.#waiters.push(waiter);
    });
  }

  /** Destroys the window; results nobody took are freed. Idempotent. */
  close(): void {
    this.#open = false;
    for (const { discard } of this.#queue.splice(0)) discard();
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(undefined);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Messages until the window is closed; leaving the loop closes nothing. */
  async *[Symbol.asyncIterator](): AsyncGenerator<MSG, void, void> {
    for (let message = await this.getMessage(); message !== undefined; message = await this.getMessage()) yield message;
  }
}

/** A new window. */
export function createMessageWindow(): MessageWindow {
  return new MessageWindow();
}
