/** The window of a blocking thread, as the thread of the connection sees it: posts are forwarded. */

import type { WINBIO_ASYNC_RESULT } from '../async-result.ts';
import { MESSAGE_QUEUE_LIMIT, MessageWindow } from '../message-window.ts';
import { WINDOW_WORDS } from './messages.ts';

export class ForwardingWindow extends MessageWindow {
  readonly #words: Int32Array;
  readonly #forward: (code: number, result: WINBIO_ASYNC_RESULT) => void;

  constructor(words: SharedArrayBuffer, forward: (code: number, result: WINBIO_ASYNC_RESULT) => void) {
    super();
    this.#words = new Int32Array(words);
    this.#forward = forward;
  }

  override get open(): boolean {
    return Atomics.load(this.#words, WINDOW_WORDS.closed) === 0;
  }

  override get length(): number {
    return Atomics.load(this.#words, WINDOW_WORDS.waiting);
  }

  /** Forwards a notice; counted here, so that the queue is bounded although its thread sleeps. */
  override post(code: number, result: WINBIO_ASYNC_RESULT): boolean {
    if (!this.open || this.length >= MESSAGE_QUEUE_LIMIT) return false;
    Atomics.add(this.#words, WINDOW_WORDS.waiting, 1);
    this.#forward(code, result);
    return true;
  }
}
