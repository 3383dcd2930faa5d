/** A transport over a stream of bytes, such as a socket: frames of MessagePack, bounded both ways. */

import { BiometricError, toBiometricError } from '../core/biometric-error.ts';
import { decodeFrame, encodeFrame } from './binary-codec.ts';
import type { ByteStream } from './byte-stream.ts';
import { FrameSplitter } from './frame-splitter.ts';
import type { Transport } from './transport.ts';

/** How one end is run. */
export interface StreamOptions {
  /** Runs an action in a turn of its own, after those before it: `setImmediate`. */
  readonly nextTurn: (action: () => void) => void;
  /** Largest frame that is read, bytes. */
  readonly frameBytes: number;
  /** Bytes that wait for the other end before its requests wait too. */
  readonly pauseBytes?: number;
  /** Bytes that wait for the other end before it is given up. */
  readonly dropBytes?: number;
}

const DEFAULT_PAUSE_BYTES = 1 << 20;
const DEFAULT_DROP_BYTES = 64 << 20;

/**
 * Wraps a socket. `read` makes a message of what a frame held, and throws what is wrong with it: then the stream is
 * given up, because nothing that follows can be trusted.
 */
export function streamTransport<Out, In>(
  stream: ByteStream,
  options: StreamOptions,
  read: (content: unknown) => In,
): Transport<Out, In> {
  const { frameBytes, pauseBytes = DEFAULT_PAUSE_BYTES, dropBytes = DEFAULT_DROP_BYTES, nextTurn } = options;
  const splitter = new FrameSplitter(frameBytes);
  let onMessage: (message: In) => void = () => {};
  let onClose: (fault?: BiometricError) => void = () => {};
  let state: 'open' | 'closing' | 'closed' = 'open';
  let outgoing: Uint8Array[] = [];
  let waiting = 0;
  let paused = false;

  const end = (fault?: BiometricError) => {
    if (state === 'closed') return;
    state = 'closed';
    outgoing = [];
    if (fault !== undefined) stream.destroy();
    onClose(fault);
  };
  const flush = () => {
    if (state === 'closed' || outgoing.length === 0) return;
    const frames = outgoing;
    outgoing = [];
    waiting = 0;
    stream.write(frames.length === 1 ? (frames[0] as Uint8Array) : joined(frames));
    if (stream.writableLength > dropBytes) {
      end(new BiometricError('WHORL_E_CONNECTION_LOST', 'the other end does not read what it is sent'));
    } else if (!paused && stream.writableLength > pauseBytes) {
      // Who does not read is not read from: that bounds what can wait for it.
      paused = true;
      stream.pause();
    }
  };
  const receive = (content: Uint8Array) => {
    if (state !== 'open') return;
    try {
      onMessage(read(decodeFrame(content)));
    } catch (thrown) {
      end(toBiometricError(thrown, 'WHORL_E_PROTOCOL'));
    }
  };
  stream.on('data', (bytes) => {
    try {
      // What a message sets off is done before the next one is heard.
      for (const content of splitter.push(bytes)) nextTurn(() => receive(content));
    } catch (thrown) {
      nextTurn(() => end(toBiometricError(thrown, 'WHORL_E_PROTOCOL')));
    }
  });
  stream.on('drain', () => {
    if (paused) stream.resume();
    paused = false;
  });
  stream.on('close', () => nextTurn(() => end()));
  stream.on('error', () => nextTurn(() => end()));
  return {
    send: (message) => {
      if (state !== 'open') return;
      const frame = encodeFrame(message);
      // What is sent in one turn leaves in one write.
      if (outgoing.length === 0) queueMicrotask(flush);
      outgoing.push(frame);
      waiting += frame.length;
      if (waiting > pauseBytes) flush();
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
      flush();
      state = 'closing';
      stream.end();
      end();
    },
  };
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
