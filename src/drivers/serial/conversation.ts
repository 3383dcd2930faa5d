/** Frames on a line: what was said last, what comes back, and silence. One question at a time. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { waitBriefly } from '../waiting/wait-briefly.ts';
import { type FrameFormat, FrameReader } from './frame-reader.ts';
import type { SerialLine } from './serial-line.ts';

/** How the wait for an answer ended without one. */
export type NoAnswer =
  /** Nothing came for as long as was allowed. */
  | 'silence'
  /** A frame came whose checksum was wrong. */
  | 'damaged';

/** What is waited for. */
export interface Expectation<T> {
  /** How long the line may be silent, milliseconds. */
  readonly silenceMs: number;
  /** Takes each frame; undefined while the answer is not complete. */
  readonly take: (frame: T) => unknown;
  /** Hears how many bytes of a frame are there; it then counts as a sign of life, which only whole frames are otherwise. */
  readonly growing?: (heldBytes: number) => void;
  /** Whether a damaged frame ends the wait. Default: true. */
  readonly minded?: boolean;
  /** Ends the wait with WINBIO_E_CANCELED. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiting<T> {
  readonly expectation: Expectation<T>;
  readonly end: (answer: unknown) => void;
  readonly fail: (error: BiometricError) => void;
  timer: Disposable | undefined;
}

/** Speaks on one line. Frames that nobody waits for are dropped; nothing that comes can make it grow. */
export class Conversation<T> {
  readonly line: SerialLine;
  readonly #clock: Clock;
  readonly #reader: FrameReader<T>;
  readonly #ended = Promise.withResolvers<BiometricError>();
  readonly #observing: Disposable;
  #fault: BiometricError | undefined;
  #waiting: Waiting<T> | undefined;
  #bytesHeard = 0;
  #framesHeard = 0;

  constructor(line: SerialLine, format: FrameFormat<T>, clock: Clock) {
    this.line = line;
    this.#clock = clock;
    this.#reader = new FrameReader(format);
    this.#observing = line.observe({
      data: (bytes) => this.#data(bytes),
      ended: () => this.end(new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${line.path} is gone`)),
    });
  }

  /** Resolves when the line has ended, with the reason. */
  get ended(): Promise<BiometricError> {
    return this.#ended.promise;
  }

  /** Bytes that came since it began. */
  get bytesHeard(): number {
    return this.#bytesHeard;
  }

  /** Frames among them. */
  get framesHeard(): number {
    return this.#framesHeard;
  }

  /** Ends it: what waits rejects with `error`, and so does all that comes. The line stays open. */
  end(error: BiometricError): void {
    if (this.#fault !== undefined) return;
    this.#fault = error;
    this.#observing[Symbol.dispose]();
    this.#waiting?.fail(error);
    this.#ended.resolve(error);
  }

  /** Says something and waits for the answer that `take` completes. Rejects with the reason once it has ended. */
  async ask<A>(said: Uint8Array, expectation: Expectation<T> & { readonly take: (frame: T) => A | undefined }) {
    this.#requireOpen();
    const answer = this.#await<A>(expectation);
    // A line that ends while it is written to ends the wait.
    await this.line.write(said).catch((thrown: unknown) => this.#waiting?.fail(thrown as BiometricError));
    return await answer;
  }

  /** Says something that is not answered. Rejects with the reason once it has ended. */
  async say(said: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.line.write(said);
  }

  /** Waits until nothing has come for a while. Rejects with WINBIO_E_DEVICE_FAILURE when it does not stop in time. */
  async quiet(silenceMs: number, withinMs: number, signal?: AbortSignal): Promise<void> {
    const deadline = this.#clock.nowMs() + withinMs;
    for (let heard = -1; heard !== this.#bytesHeard; ) {
      this.#requireOpen();
      if (this.#clock.nowMs() > deadline) {
        throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${this.line.path} does not stop to send`);
      }
      heard = this.#bytesHeard;
      await waitBriefly(this.#clock, silenceMs, signal);
    }
    this.#reader.clear();
  }

  async #await<A>(expectation: Expectation<T>): Promise<A | NoAnswer> {
    const { signal } = expectation;
    const { promise, resolve, reject } = Promise.withResolvers<A | NoAnswer>();
    const leave = () => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal?.reason }));
    const waiting: Waiting<T> = { expectation, end: (answer) => resolve(answer as A), fail: reject, timer: undefined };
    this.#waiting = waiting;
    this.#restart(waiting);
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted) leave();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
      waiting.timer?.[Symbol.dispose]();
      if (this.#waiting === waiting) this.#waiting = undefined;
    }
  }

  #restart(waiting: Waiting<T>): void {
    waiting.timer?.[Symbol.dispose]();
    waiting.timer = this.#clock.after(waiting.expectation.silenceMs, () => {
      this.#reader.clear();
      waiting.end('silence' satisfies NoAnswer);
    });
  }

  #data(bytes: Uint8Array): void {
    this.#bytesHeard += bytes.length;
    const before = this.#reader.heldBytes;
    const { frames, damaged } = this.#reader.push(bytes);
    const waiting = this.#waiting;
    if (waiting?.expectation.growing && this.#reader.heldBytes > before) {
      this.#restart(waiting);
      waiting.expectation.growing(this.#reader.heldBytes);
    }
    this.#framesHeard += frames.length;
    for (const frame of frames) {
      const waiting = this.#waiting;
      if (waiting === undefined) continue;
      // Noise does not keep a wait alive, a frame does.
      this.#restart(waiting);
      const answer = waiting.expectation.take(frame);
      if (answer === undefined) continue;
      this.#waiting = undefined;
      waiting.end(answer);
    }
    if (damaged > 0 && this.#waiting?.expectation.minded !== false) {
      this.#waiting?.end('damaged' satisfies NoAnswer);
    }
  }

  #requireOpen(): void {
    if (this.#fault !== undefined) throw this.#fault;
  }
}
