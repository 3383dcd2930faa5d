/** Windows with a message queue, for WINBIO_ASYNC_NOTIFY_MESSAGE. */

import { BiometricError } from '../core/biometric-error.ts';
import { WM_APP } from '../core/constants.ts';
import type { WINBIO_ASYNC_RESULT } from './async-result.ts';

/** Most messages a window holds, as many as the queue of a Windows thread. */
export const MESSAGE_QUEUE_LIMIT = 10_000;

const LAST_CODE = 0xffff;

/** A message: a notice, or one of the program's own, whose `lParam` is of the type `Own`. */
export interface MSG<Own = never> {
  /** The window it was posted to. */
  readonly hwnd: MessageTarget;
  /** Its code: the one given at the open, or the program's own. */
  readonly message: number;
  /** 0 in a notice (D-10). */
  readonly wParam: number;
  /** The notice, which the receiver frees with `WinBioFree`; or what the program posted. */
  readonly lParam: WINBIO_ASYNC_RESULT | Own;
}

/** What messages can be posted to: a {@link MessageWindow}, or the window of a blocking thread. */
export interface MessageTarget {
  /** False once the window is closed. */
  readonly open: boolean;
  /** Number of waiting messages. */
  readonly length: number;
}

interface Queued<Own> {
  readonly message: MSG<Own>;
  readonly discard: () => void;
}

/**
 * Checks the code of a program's own message: `WM_APP` to 0xFFFF; the codes below belong to the system. Throws
 * E_INVALIDARG.
 */
export function checkOwnMessage(code: number): void {
  if (Number.isInteger(code) && code >= WM_APP && code <= LAST_CODE) return;
  throw new BiometricError('E_INVALIDARG', `a message has a code from WM_APP (0x8000) to 0xFFFF, not ${code}`);
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
export class MessageWindow<Own = never> implements MessageTarget, AsyncIterable<MSG<Own>>, Disposable {
  #queue: Queued<Own>[] = [];
  #waiters: { resolve: (message: MSG<Own> | undefined) => void }[] = [];
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
   * Posts a notice; false when the window is closed or full. `discard` is called if the window closes before the message
   * is taken.
   *
   * @example
   * ```ts
   * const taken = messages.post(WM_APP, result, () => winbio.WinBioFree(result));
   * ```
   */
  post(code: number, result: WINBIO_ASYNC_RESULT, discard: () => void): boolean {
    return this.#enqueue({ message: { hwnd: this, message: code, wParam: 0, lParam: result }, discard });
  }

  /**
   * Posts a message of the program's own; it arrives in order with the notices. False when the window is closed or full.
   * Throws E_INVALIDARG for a code outside `WM_APP` to 0xFFFF.
   *
   * @example
   * ```ts
   * const window = createMessageWindow<string>();
   * window.postMessage(WM_APP + 2, 0, 'the user asked for another try');
   * ```
   */
  postMessage(code: number, wParam: number, lParam: Own): boolean {
    checkOwnMessage(code);
    return this.#enqueue({ message: { hwnd: this, message: code, wParam, lParam }, discard: () => undefined });
  }

  #enqueue({ message, discard }: Queued<Own>): boolean {
    if (!this.#open || this.#queue.length >= MESSAGE_QUEUE_LIMIT) return false;
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
  peekMessage(): MSG<Own> | undefined {
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
  getMessage(options: { readonly signal?: AbortSignal } = {}): Promise<MSG<Own> | undefined> {
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
        resolve: (message: MSG<Own> | undefined) => {
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
  async *[Symbol.asyncIterator](): AsyncGenerator<MSG<Own>, void, void> {
    for (let message = await this.getMessage(); message !== undefined; message = await this.getMessage()) yield message;
  }
}

/**
 * A new, empty window; `Own` is the type of what the program posts to it itself, if it does.
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
export function createMessageWindow<Own = never>(): MessageWindow<Own> {
  return new MessageWindow<Own>();
}
