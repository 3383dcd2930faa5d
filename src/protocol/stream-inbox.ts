/** Frames on their way in: cut from a stream, each received in a turn of its own, and bounded while they wait. */

import { BiometricError, toBiometricError } from '../core/biometric-error.ts';
import type { Budget } from './budget.ts';
import type { ByteStream } from './byte-stream.ts';
import { FRAME_HEADER_BYTES, FrameSplitter } from './frame-splitter.ts';
import { GREETING_BYTES } from './guarded-transport.ts';
import type { StreamFlow } from './stream-flow.ts';

/** Frames that may wait for their turns before the stream is left unread. */
const WAITING_FRAMES = 64;
/** A read that brought so much leaves more to be read. */
const PIECE_BYTES = 32 << 10;
/** How long the rest of a frame may take. */
const PATIENCE_MS = 10_000;

/** What an inbox is made of. */
export interface InboxParts {
  /** Runs an action in a turn of its own, after those scheduled before it. */
  readonly nextTurn: (action: () => void) => void;
  /** Largest frame that is read, bytes. */
  readonly frameBytes: number;
  /** The other end is a client that has to greet before it is admitted. */
  readonly guarded: boolean;
  readonly receive: (content: Uint8Array) => void;
  readonly end: (fault?: BiometricError) => void;
}

/** Receives each frame when what the one before it set off is done. */
export class StreamInbox {
  readonly #flow: StreamFlow;
  readonly #parts: InboxParts;
  readonly #splitter: FrameSplitter;
  #budget: Budget | undefined;
  /** Bytes that are charged to the budget: those of whole frames, from their headers on. */
  #held = 0;
  #waitingFrames = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(stream: ByteStream, flow: StreamFlow, parts: InboxParts) {
    const { nextTurn, guarded, frameBytes, end } = parts;
    this.#flow = flow;
    this.#parts = parts;
    const limitBytes = guarded ? Math.min(frameBytes, GREETING_BYTES) : frameBytes;
    this.#splitter = new FrameSplitter(limitBytes, (bytes) => this.#charge(bytes));
    stream.on('data', (bytes) => this.#arrived(bytes));
    stream.on('close', () => nextTurn(() => end()));
    stream.on('error', () => nextTurn(() => end()));
  }

  admit(budget: Budget, longest = this.#parts.frameBytes): void {
    this.#budget = budget;
    this.#splitter.limitBytes = longest;
  }

  /** Nothing more is received. */
  drop(): void {
    clearTimeout(this.#patience);
    this.#budget?.give(this.#held);
    this.#budget = undefined;
    this.#held = 0;
  }

  #arrived(bytes: Uint8Array): void {
    const { nextTurn, guarded, end } = this.#parts;
    try {
      for (const content of this.#splitter.push(bytes)) {
        clearTimeout(this.#patience);
        this.#patience = undefined;
        this.#waitingFrames += 1;
        nextTurn(() => this.#receive(content));
      }
    } catch (thrown) {
      nextTurn(() => end(toBiometricError(thrown, 'WHORL_E_PROTOCOL')));
    }
    if (!guarded) return;
    if (this.#waitingFrames >= WAITING_FRAMES) this.#flow.pause('inbox');
    // Frames of many pieces are read piece by piece, in turns: a crowd of them would be read for as long as it sends.
    if (bytes.length >= PIECE_BYTES) {
      this.#flow.pause('turn');
      nextTurn(() => this.#flow.resume('turn'));
    }
    this.#expectRest();
  }

  #receive(content: Uint8Array): void {
    this.#waitingFrames -= 1;
    if (this.#waitingFrames < WAITING_FRAMES / 2) this.#flow.resume('inbox');
    this.#parts.receive(content);
    this.#expectRest();
    const bytes = Math.min(this.#held, content.length + FRAME_HEADER_BYTES);
    this.#held -= bytes;
    this.#budget?.give(bytes);
  }

  #charge(bytes: number): void {
    if (this.#budget === undefined) return;
    if (!this.#budget.take(bytes)) {
      throw new BiometricError('WHORL_E_LIMIT_EXCEEDED', 'too many bytes of this account wait to be handled');
    }
    this.#held += bytes;
  }

  /** Gives the rest of a frame its time, which begins when nothing before it waits any more. */
  #expectRest(): void {
    if (!this.#parts.guarded || this.#waitingFrames > 0 || !this.#splitter.hasBegun) return;
    const fault = new BiometricError('WHORL_E_PROTOCOL', 'the rest of a message does not come');
    this.#patience ??= setTimeout(() => this.#parts.end(fault), PATIENCE_MS);
  }
}
