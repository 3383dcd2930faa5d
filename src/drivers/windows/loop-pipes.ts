/** Handles of the named pipes of this process. Node.js names them nowhere, so libuv is asked, which lists its handles by age. */

import { isMainThread } from 'node:worker_threads';
import { type Pointer, type Win32, win32 } from './win32.ts';

/** `uv.h`: the type of a handle that is a pipe. */
const UV_NAMED_PIPE = 7;

/** Pipes of the event loop of the main thread. */
export class LoopPipes {
  readonly #calls: Win32;

  private constructor(calls: Win32) {
    this.#calls = calls;
  }

  /** Undefined where Windows cannot be asked: on other systems, without koffi, and beside the main thread. */
  static find(): LoopPipes | undefined {
    const calls = isMainThread ? win32() : undefined;
    return calls && new LoopPipes(calls);
  }

  /**
   * The pipe that was made last, as libuv knows it; null when there is none. That is the one that was meant only at once: right
   * after a socket was made, or in the event of a connection.
   */
  youngest(): Pointer {
    const { uv_walk, uv_default_loop, uv_handle_get_type } = this.#calls;
    let youngest: Pointer = null;
    uv_walk(
      uv_default_loop(),
      (handle: Pointer) => {
        if (uv_handle_get_type(handle) === UV_NAMED_PIPE) youngest = handle;
      },
      null,
    );
    return youngest;
  }

  /** The handle of Windows of a pipe of libuv's that is connected and open; undefined for any other. */
  handleOf(pipe: Pointer): bigint | undefined {
    const handle: [Pointer] = [null];
    if (pipe === null || this.#calls.uv_fileno(pipe, handle) !== 0) return undefined;
    return handle[0] ?? undefined;
  }
}
