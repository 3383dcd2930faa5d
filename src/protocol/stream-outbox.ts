/** Frames on their way out. Those of one turn leave in one write. */

import { BiometricError } from '../core/biometric-error.ts';
import type { ByteStream } from './byte-stream.ts';
import type { StreamFlow } from './stream-flow.ts';

/** What an outbox is made of. */
export interface OutboxParts {
  readonly pauseBytes: number;
  readonly dropBytes: number;
  readonly end: (fault: BiometricError) => void;
}

/** Writes frames, and leaves the stream unread while the other end does not read. */
export class StreamOutbox {
  readonly #stream: ByteStream;
  readonly #flow: StreamFlow;
  readonly #parts: OutboxParts;
  #frames: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(stream: ByteStream, flow: StreamFlow, parts: OutboxParts) {
    this.#stream = stream;
    this.#flow = flow;
    this.#parts = parts;
    stream.on('drain', () => flow.resume('outbox'));
  }

  push(frame: Uint8Array): void {
    if (this.#frames.length === 0) queueMicrotask(() => this.flush());
    this.#frames.push(frame);
    this.#waitingBytes += frame.length;
    if (this.#waitingBytes > this.#parts.pauseBytes) this.flush();
  }

  flush(): void {
    const [first, ...others] = this.#frames;
    if (first === undefined) return;
    this.#frames = [];
    this.#waitingBytes = 0;
    const stream = this.#stream;
    const { pauseBytes, dropBytes, end } = this.#parts;
    stream.write(others.length === 0 ? first : joined([first, ...others]));
    if (stream.writableLength > dropBytes) {
      end(new BiometricError('WHORL_E_CONNECTION_LOST', 'the other end does not read what it is sent'));
    } else if (stream.writableLength > pauseBytes) {
      // A peer that does not read is not read from, which bounds what can wait for it.
      this.#flow.pause('outbox');
    }
  }

  drop(): void {
    this.#frames = [];
  }
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    bytes.set(frame, at);
    at += frame.length;
  }
  return bytes;
}
