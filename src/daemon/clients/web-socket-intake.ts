/** What arrives on the socket below a WebSocket, counted before the WebSocket makes a message of it. */

import type { Budget } from '../../protocol/budget.ts';
import { GREETING_BYTES } from '../../protocol/guarded-transport.ts';

/** Bytes around a greeting: the header of its frame, and pings. */
const FRAMING_BYTES = 1024;

/** The part of a socket that is needed. */
interface Socket {
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

export class WebSocketIntake {
  readonly #socket: Socket;
  #budget: Budget | undefined;
  #longest = GREETING_BYTES;
  /** Bytes of the message that is not complete. */
  #held = 0;

  /** Ends a connection that sends more than a greeting before it is admitted. */
  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#arrived(bytes.length));
    socket.on('close', () => this.handled());
  }

  /** The client is let in; from now on its account's budget counts, and its messages may be as long as `longest`. */
  admit(budget: Budget, longest: number): void {
    this.#budget = budget;
    this.#longest = longest;
    this.#held = 0;
  }

  /** A whole message was handled. */
  handled(): void {
    this.#budget?.give(this.#held);
    this.#held = 0;
  }

  #arrived(bytes: number): void {
    const fits = this.#held + bytes <= this.#longest + FRAMING_BYTES;
    if (fits && (this.#budget === undefined || this.#budget.take(bytes))) this.#held += bytes;
    else this.#socket.destroy();
  }
}
