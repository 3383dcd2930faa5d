/** The message queue of a blocking thread, for WINBIO_ASYNC_NOTIFY_MESSAGE (docs/adr/0018). */

import { checkOptions, milliseconds, type OptionTable } from '../../core/option-rules.ts';
import type { WINBIO_ASYNC_RESULT } from '../async-result.ts';
import { checkOwnMessage, MESSAGE_QUEUE_LIMIT, type MessageTarget, type MSG } from '../message-window.ts';
import { WINDOW_WORDS } from './messages.ts';

/** Takes a notice that has come for a window. */
export type Arrived = (code: number, result: WINBIO_ASYNC_RESULT) => void;

/** What a queue needs of the connection of its thread. */
export interface QueueHost {
  /** Has notices for the window handed over, until it is closed. */
  listen(arrived: Arrived): void;
  /** Takes in what has arrived, without sleeping. */
  receive(): void;
  /** Sleeps until something arrives; false when nothing did in time, or nothing can any more. */
  sleep(timeoutMs: number): boolean;
  /** Frees a notice. */
  free(result: WINBIO_ASYNC_RESULT): void;
  /** The window is closed. */
  closed(): void;
}

/** How long to wait for a message. */
export interface GetMessageOptions {
  /** Milliseconds, 0 or more. Default: without end. */
  readonly timeoutMs?: number;
}

const GET_MESSAGE_OPTIONS: OptionTable<GetMessageOptions> = { timeoutMs: milliseconds };

/**
 * A message queue that stands for a window of a blocking thread, from `BlockingConnection.createMessageWindow()`. It
 * holds 10,000 messages; a notice that finds it full or closed is freed. Only the thread that made it can use it.
 *
 * @example
 * ```ts
 * using window = connection.createMessageWindow();
 * for (let message = window.getMessage(); message !== undefined; message = window.getMessage()) {
 *   console.log(message.lParam.Operation, message.lParam.ApiStatus);
 *   connection.winbio.WinBioFree(message.lParam);
 * }
 * ```
 */
export class BlockingMessageWindow<Own = never> implements MessageTarget, Disposable {
  /** Shared with the thread of the connection. */
  readonly words = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  readonly #words = new Int32Array(this.words);
  readonly #host: QueueHost;
  /** Messages that have arrived at the thread; more may be on their way. */
  #queue: { readonly message: MSG<Own>; readonly notice?: WINBIO_ASYNC_RESULT }[] = [];

  /** Made by `BlockingConnection.createMessageWindow()`. */
  constructor(host: QueueHost) {
    this.#host = host;
    // The connection has counted the notice.
    host.listen((code, result) => {
      this.#queue.push({ message: { hwnd: this, message: code, wParam: 0, lParam: result }, notice: result });
    });
  }

  /** False once the window is closed. */
  get open(): boolean {
    return Atomics.load(this.#words, WINDOW_WORDS.closed) === 0;
  }

  /** Number of waiting messages. */
  get length(): number {
    return Atomics.load(this.#words, WINDOW_WORDS.waiting);
  }

  /**
   * Takes the next message; undefined when none waits.
   *
   * @example
   * ```ts
   * using window = connection.createMessageWindow();
   * const message = window.peekMessage();
   * ```
   */
  peekMessage(): MSG<Own> | undefined {
    if (this.#queue.length === 0) this.#host.receive();
    const next = this.#queue.shift();
    if (next !== undefined) Atomics.sub(this.#words, WINDOW_WORDS.waiting, 1);
    return next?.message;
  }

  /**
   * Blocks until there is a message and takes it; undefined when the time is up, the window is closed, or another thread
   * has closed the connection. Callbacks that arrive meanwhile wait for `WinBioWait`.
   *
   * @example
   * ```ts
   * using window = connection.createMessageWindow();
   * const message = window.getMessage({ timeoutMs: 1000 });
   * ```
   */
  getMessage(options: GetMessageOptions = {}): MSG<Own> | undefined {
    checkOptions('getMessage', options, GET_MESSAGE_OPTIONS);
    const { timeoutMs = Number.POSITIVE_INFINITY } = options;
    const end = performance.now() + timeoutMs;
    for (;;) {
      const next = this.peekMessage();
      if (next !== undefined || !this.open) return next;
      if (!this.#host.sleep(Math.max(0, end - performance.now()))) return this.peekMessage();
    }
  }

  /**
   * Posts a message of the program's own, behind the notices that have arrived. False when the window is closed or full.
   * Throws E_INVALIDARG for a code outside `WM_APP` to 0xFFFF.
   *
   * @example
   * ```ts
   * using window = connection.createMessageWindow<string>();
   * window.postMessage(WM_APP + 2, 0, 'another try');
   * ```
   */
  postMessage(code: number, wParam: number, lParam: Own): boolean {
    checkOwnMessage(code);
    this.#host.receive();
    if (!this.open || this.length >= MESSAGE_QUEUE_LIMIT) return false;
    Atomics.add(this.#words, WINDOW_WORDS.waiting, 1);
    this.#queue.push({ message: { hwnd: this, message: code, wParam, lParam } });
    return true;
  }

  /**
   * Closes the window and frees the notices that wait in it. Idempotent.
   *
   * @example
   * ```ts
   * const window = connection.createMessageWindow();
   * window.close(); // or declare it with: using window
   * ```
   */
  close(): void {
    if (!this.open) return;
    this.#host.receive();
    Atomics.store(this.#words, WINDOW_WORDS.closed, 1);
    Atomics.store(this.#words, WINDOW_WORDS.waiting, 0);
    this.#host.closed();
    for (const { notice } of this.#queue.splice(0)) if (notice !== undefined) this.#host.free(notice);
  }

  /** {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}
