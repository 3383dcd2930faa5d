/** A transport over a stream of bytes, such as a socket: frames of MessagePack, bounded both ways. */

import { type BiometricError, toBiometricError } from '../core/biometric-error.ts';
import { decodeFrame, encodeFrame } from './binary-codec.ts';
import type { Budget } from './budget.ts';
import type { ByteStream } from './byte-stream.ts';
import type { GuardedTransport } from './guarded-transport.ts';
import { ANSWER_VALUES, MAX_VALUES } from './message-limits.ts';
import { StreamFlow } from './stream-flow.ts';
import { StreamInbox } from './stream-inbox.ts';
import { StreamOutbox } from './stream-outbox.ts';

/** Options of one end. */
export interface StreamOptions {
  /** Runs an action in a turn of its own, after those scheduled before it: `setImmediate`. */
  readonly nextTurn: (action: () => void) => void;
  /** Largest frame that is read, bytes. */
  readonly frameBytes: number;
  /** The other end is a client that has to greet before it is admitted. Default: it is trusted from the beginning. */
  readonly guarded?: boolean;
  /** It was let in, with the budget that all clients of its account share. */
  readonly onAdmitted?: (budget: Budget) => void;
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
): GuardedTransport<Out, In> {
  const { pauseBytes = DEFAULT_PAUSE_BYTES, dropBytes = DEFAULT_DROP_BYTES } = options;
  const maxValues = options.guarded === true ? MAX_VALUES : ANSWER_VALUES;
  let onMessage: (message: In) => void = () => {};
  let onClose: (fault?: BiometricError) => void = () => {};
  let state: 'open' | 'closing' | 'closed' = 'open';
  const end = (fault?: BiometricError) => {
    if (state === 'closed') return;
    state = 'closed';
    outbox.drop();
    inbox.drop();
    if (fault !== undefined) stream.destroy();
    onClose(fault);
  };
  const receive = (content: Uint8Array) => {
    if (state !== 'open') return;
    try {
      onMessage(read(decodeFrame(content, maxValues)));
    } catch (thrown) {
      end(toBiometricError(thrown, 'WHORL_E_PROTOCOL'));
    }
  };
  const flow = new StreamFlow(stream);
  const outbox = new StreamOutbox(stream, flow, { pauseBytes, dropBytes, end });
  const inbox = new StreamInbox(stream, flow, { guarded: false, ...options, receive, end });
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
    admit: (budget, longest) => {
      inbox.admit(budget, longest);
      options.onAdmitted?.(budget);
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
