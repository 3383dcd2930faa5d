/** Windows with a message queue, for WINBIO_ASYNC_NOTIFY_MESSAGE. */

import { BiometricError } from '../core/biometric-error.ts';
import type { WINBIO_ASYNC_RESULT } from './async-result.ts';

/** Most messages a window holds, as many as the queue of a Windows thread. */
export const MESSAGE_QUEUE_LIMIT = 10_000;

/** A posted message. */
export interface MSG {
  /** The window it was posted to. */
  readonly hwnd: MessageWindow;
  /** The message code given at the open. */
  readonly message: number;
  /** Always 0 (D-10). */
  readonly wParam: 0;
  /** The notice; the receiver frees it with `WinBioFree`. */
  readonly lParam: WINBIO_ASYNC_RESULT;
}

interface Queued {
  readonly message: MSG;
  readonly discard: () => void;
}

/**
 * A message queue that stands for a window, from `createMessageWindow()`. It holds 10,000 messages; a notice that finds
 * it full or closed is freed. Iterate it, or take messages with {@link getMessage} and {@link peekMessage}.
 *
 * ```ts
 * using window = createMessageWindow();
 * for await (const { lParam } of window) {
 *   console.log(lParam.Operation, lParam.ApiStatus);
 *   winbio.WinBioFree(lParam);
 * }
 * ```
 */
export class MessageWindow implements AsyncIterable<MSG>, Disposable {
  #queue: Queued[] = [];
  #waiters: { resolve: (message: MSG | undefined) => void }[] = [];
  #open = true;

  /** False once the window is closed. */
  get open(): boolean {
    return this.#open;
  }

  /** Number of waiting messages. */
  get length(): number {
    return this.#queue.length;
  }

  /**
   * Posts a message; false when the window is closed or full. `discard` is called if the window closes before the
   * message is taken.
   *
   * @example
   * ```ts
   * const taken = messages.post(WM_APP, result, () => winbio.WinBioFree(result));
   * ```
   */
  post(code: number, result: WINBIO_ASYNC_RESULT, discard: () => void): boolean {
    if (!this.#open || this.#queue.length >= MESSAGE_QUEUE_LIMIT) return false;
    const message: MSG = { hwnd: this, message: code, wParam: 0, lParam: result };
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) waiter.resolve(message);
    else this.#queue.push({ message, discard });
    return true;
  }

  /**
   * Takes the next message; undefined when none waits.
   *
   * @example
   * ```ts
   * const message = messages.peekMessage();
   * ```
   */
  peekMessage(): MSG | undefined {
    return this.#queue.shift()?.message;
  }

  /**
   * Waits for the next message and takes it; undefined once the window is closed. Rejects with WINBIO_E_CANCELED when
   * `signal` is aborted.
   *
   * @example
   * ```ts
   * const message = await messages.getMessage({ signal: AbortSignal.timeout(1000) });
   * ```
   */
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

  /**
   * Closes the window and frees the notices that wait in it. Idempotent.
   *
   * @example
   * ```ts
   * window.close(); // or declare it with: using window
   * ```
   */
  close(): void {
    this.#open = false;
    for (const { discard } of this.#queue.splice(0)) discard();
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(undefined);
  }

  /** {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Messages until the window is closed; leaving the loop does not close it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<MSG, void, void> {
    for (let message = await this.getMessage(); message !== undefined; message = await this.getMessage()) yield message;
  }
}

/**
 * A new, empty window.
 *
 * @example
 * ```ts
 * const window = createMessageWindow();
 * await winbio.WinBioAsyncOpenSession(
 *   WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_SYSTEM, 0, null, 0, WINBIO_DB_DEFAULT,
 *   WINBIO_ASYNC_NOTIFY_MESSAGE, window, WM_APP, null, null, false, session,
 * );
 * ```
 */
export function createMessageWindow(): MessageWindow {
  return new MessageWindow();
}
