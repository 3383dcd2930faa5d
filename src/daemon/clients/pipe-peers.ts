/** Who is at the other end of a named pipe of Windows, as Windows says. */

import type { Socket } from 'node:net';
import { pipeClientSession } from '../../drivers/windows/console-sessions.ts';
import { LoopPipes } from '../../drivers/windows/loop-pipes.ts';
import { pipeClientAccount, type TokenAccount } from '../../drivers/windows/token-account.ts';

/** Asks Windows. */
export class PipePeers {
  readonly #loop: LoopPipes;
  readonly #pipes = new WeakMap<Socket, bigint>();

  private constructor(loop: LoopPipes) {
    this.#loop = loop;
  }

  /** Undefined where Windows cannot be asked: on other systems, without koffi, and beside the main thread. */
  static find(): PipePeers | undefined {
    const loop = LoopPipes.find();
    return loop && new PipePeers(loop);
  }

  /** Notes the pipe of a client; only in the event of its connection is it the youngest. */
  meet(socket: Socket): void {
    const pipe = this.#loop.handleOf(this.#loop.youngest());
    if (pipe !== undefined) this.#pipes.set(socket, pipe);
  }

  /** The account of a client that has sent something; undefined for one that has left, and where Windows does not say. */
  ask(socket: Socket): TokenAccount | undefined {
    const pipe = this.#pipes.get(socket);
    // The number may be another handle's once the socket is closed.
    return pipe === undefined || socket.destroyed ? undefined : pipeClientAccount(pipe);
  }

  /** The session that a client runs in; undefined for one that has left, and where Windows does not say. */
  sessionOf(socket: Socket): number | undefined {
    const pipe = this.#pipes.get(socket);
    return pipe === undefined || socket.destroyed ? undefined : pipeClientSession(pipe);
  }
}
