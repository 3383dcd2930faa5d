/** Who is at the other end of a named pipe of Windows, as Windows says. */

import type { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { pipeClientAccount, type TokenAccount } from '../../drivers/windows/token-account.ts';
import { type Pointer, type Win32, win32 } from '../../drivers/windows/win32.ts';

/** `uv.h`: the type of a handle that is a pipe. */
const UV_NAMED_PIPE = 7;

/** Asks Windows. Node.js names the handle of a pipe nowhere, so libuv is asked, which lists its handles by age. */
export class PipePeers {
  readonly #calls: Win32;
  readonly #pipes = new WeakMap<Socket, bigint>();

  private constructor(calls: Win32) {
    this.#calls = calls;
  }

  /** Undefined where Windows cannot be asked: on other systems, without koffi, and beside the main thread. */
  static find(): PipePeers | undefined {
    const calls = isMainThread ? win32() : undefined;
    return calls && new PipePeers(calls);
  }

  /** Notes the pipe of a client; only in the event of its connection is it the youngest. */
  meet(socket: Socket): void {
    const { uv_walk, uv_default_loop, uv_handle_get_type, uv_fileno } = this.#calls;
    let youngest: Pointer = null;
    uv_walk(
      uv_default_loop(),
      (handle: Pointer) => {
        if (uv_handle_get_type(handle) === UV_NAMED_PIPE) youngest = handle;
      },
      null,
    );
    const pipe: [Pointer] = [null];
    if (youngest !== null && uv_fileno(youngest, pipe) === 0 && pipe[0] !== null) this.#pipes.set(socket, pipe[0]);
  }

  /** The account of a client that has sent something; undefined for one that has left, and where Windows does not say. */
  ask(socket: Socket): TokenAccount | undefined {
    const pipe = this.#pipes.get(socket);
    // The number may be another handle's once the socket is closed.
    return pipe === undefined || socket.destroyed ? undefined : pipeClientAccount(pipe);
  }
}
