/** A transport over a stream of bytes, such as a socket: frames of MessagePack, bounded both ways. */

import { BiometricError, toBiometricError } from '../core/biometric-error.ts';
import { decodeFrame, encodeFrame } from './binary-codec.ts';
import type { ByteStream } from './byte-stream.ts';
import { FrameSplitter } from './frame-splitter.ts';
import type { Transport } from './transport.ts';

/** Options of one end. */
export interface StreamOptions {
  /** Runs an action in a turn of its own, after those scheduled before it: `setImmediate`. */
  readonly nextTurn: (action: () => void) => void;
  /** Largest frame that is read, bytes. */
  readonly frameBytes: number;
  /** Bytes the other end may leave unread before its requests wait too. Default: 1 MiB. */
  readonly pauseBytes?: number;
  /** Bytes the other end may leave unread before the connection ends. Default: 64 MiB. */
  readonly dropBytes?: number;
}

const DEFAULT_PAUSE_BYTES = 1 << 20;
const DEFAULT_DROP_BYTES = 64 << 20;

/**
 * Wraps a socket. `read` turns the content of a frame into a message and throws when it is not one; the connection then
 * ends, because nothing after it can be trusted.
 */
export function streamTransport<Out, In>(
  stream: ByteStream,
  options: StreamOptions,
  read: (content: unknown) => In,
): Transport<Out, In> {
  const { frameBytes, pauseBytes = DEFAULT_PAUSE_BYTES, dropBytes = DEFAULT_DROP_BYTES, nextTurn } = options;
  let onMessage: (message: In) => void = () => {};
  let onClose: (fault?: BiometricError) => void = () => {};
  let state: 'open' | 'closing' | 'closed' = 'open';
  const end = (fault?: BiometricError) => {
    if (state === 'closed') return;
    state = 'closed';
    outbox.drop();
    if (fault !== undefined) stream.destroy();
    onClose(fault);
  };
  const outbox = new Outbox(stream, pauseBytes, dropBytes, end);
  const receive = (content: Uint8Array) => {
    if (state !== 'open') return;
    try {
      onMessage(read(decodeFrame(content)));
    } catch (thrown) {
      end(toBiometricError(thrown, 'WHORL_E_PROTOCOL'));
    }
  };
  listen(stream, new FrameSplitter(frameBytes), nextTurn, { receive, end });
  return {
    send: (message) => {
      if (state === 'open') outbox.push(encodeFrame(message));
    },
    onMessage: (listener) => {
      onMessage = listener;
    },
    onClose: (listener) => {
      onClose = listener;
    },
    hold: (alive) => {
      if (alive) stream.ref();
      else stream.unref();
    },
    close: () => {
      if (state !== 'open') return;
      outbox.flush();
      state = 'closing';
      stream.end();
      end();
    },
  };
}

/**
 * Cuts what arrives into frames. Each is received in a turn of its own, when what the one before it set off is done.
 */
function listen(
  stream: ByteStream,
  splitter: FrameSplitter,
  nextTurn: StreamOptions['nextTurn'],
  { receive, end }: { receive: (content: Uint8Array) => void; end: (fault?: BiometricError) => void },
): void {
  stream.on('data', (bytes) => {
    try {
      for (const content of splitter.push(bytes)) nextTurn(() => receive(content));
    } catch (thrown) {
      nextTurn(() => end(toBiometricError(thrown, 'WHORL_E_PROTOCOL')));
    }
  });
  stream.on('close', () => nextTurn(() => end()));
  stream.on('error', () => nextTurn(() => end()));
}

/** Frames on their way out. Those of one turn leave in one write. */
class Outbox {
  readonly #stream: ByteStream;
  readonly #pauseBytes: number;
  readonly #dropBytes: number;
  readonly #end: (fault: BiometricError) => void;
  #frames: Uint8Array[] = [];
  #waitingBytes = 0;
  #paused = false;

  constructor(stream: ByteStream, pauseBytes: number, dropBytes: number, end: (fault: BiometricError) => void) {
    this.#stream = stream;
    this.#pauseBytes = pauseBytes;
    this.#dropBytes = dropBytes;
    this.#end = end;
    stream.on('drain', () => {
      if (this.#paused) stream.resume();
      this.#paused = false;
    });
  }

  push(frame: Uint8Array): void {
    if (this.#frames.length === 0) queueMicrotask(() => this.flush());
    this.#frames.push(frame);
    this.#waitingBytes += frame.length;
    if (this.#waitingBytes > this.#pauseBytes) this.flush();
  }

  flush(): void {
    const [first, ...others] = this.#frames;
    if (first === undefined) return;
    this.#frames = [];
    this.#waitingBytes = 0;
    const stream = this.#stream;
    stream.write(others.length === 0 ? first : joined([first, ...others]));
    if (stream.writableLength > this.#dropBytes) {
      this.#end(new BiometricError('WHORL_E_CONNECTION_LOST', 'the other end does not read what it is sent'));
    } else if (!this.#paused && stream.writableLength > this.#pauseBytes) {
      // A peer that does not read is not read from, which bounds what can wait for it.
      this.#paused = true;
      stream.pause();
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
