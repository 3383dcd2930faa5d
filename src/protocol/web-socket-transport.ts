/** A transport over a WebSocket, in a browser or on a server: one JSON text for each message. */

import { BiometricError, toBiometricError } from '../core/biometric-error.ts';
import type { Budget } from './budget.ts';
import { GREETING_BYTES, type GuardedTransport } from './guarded-transport.ts';
import { decodeJson, encodeJson } from './json-codec.ts';
import { ANSWER_VALUES, MAX_VALUES } from './message-limits.ts';

/** The part of a WebSocket that is needed. */
export interface WebSocketLike {
  /** Bytes queued and not sent yet. */
  readonly bufferedAmount: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close' | 'error', listener: () => void): void;
}

/** Options of one end. */
export interface WebSocketOptions {
  /** The other end is a client that has to greet before it is admitted. Default: it is trusted from the beginning. */
  readonly guarded?: boolean;
  /** Told when the client is admitted, with the budget of its account and its longest message, bytes. */
  readonly onAdmitted?: (budget: Budget, longest?: number) => void;
}

/** Bytes the other end may leave unread before the connection ends. */
const DROP_BYTES = 64 << 20;

/**
 * Wraps an open WebSocket. `read` turns decoded JSON into a message and throws when it is not one. A guarded one takes no
 * long message before its client is admitted.
 */
export function webSocketTransport<Out, In>(
  socket: WebSocketLike,
  read: (content: unknown) => In,
  { guarded = false, onAdmitted }: WebSocketOptions = {},
): GuardedTransport<Out, In> {
  const maxValues = guarded ? MAX_VALUES : ANSWER_VALUES;
  let longest = guarded ? GREETING_BYTES : Number.POSITIVE_INFINITY;
  let onMessage: (message: In) => void = () => {};
  let onClose: (fault?: BiometricError) => void = () => {};
  let open = true;
  const end = (fault?: BiometricError) => {
    if (!open) return;
    open = false;
    socket.close();
    onClose(fault);
  };
  socket.addEventListener('message', ({ data }) => {
    if (!open) return;
    try {
      if (typeof data !== 'string') throw new BiometricError('WHORL_E_PROTOCOL', 'a message is a text');
      if (data.length > longest)
        throw new BiometricError('WHORL_E_LIMIT_EXCEEDED', 'the message is longer than this client may send');
      onMessage(read(decodeJson(data, maxValues)));
    } catch (thrown) {
      end(toBiometricError(thrown, 'WHORL_E_PROTOCOL'));
    }
  });
  socket.addEventListener('close', () => end());
  socket.addEventListener('error', () => end());
  return {
    send: (message) => {
      if (!open) return;
      socket.send(encodeJson(message));
      if (socket.bufferedAmount > DROP_BYTES) {
        end(new BiometricError('WHORL_E_CONNECTION_LOST', 'the other end does not read what it is sent'));
      }
    },
    onMessage: (listener) => {
      onMessage = listener;
    },
    onClose: (listener) => {
      onClose = listener;
    },
    // Connections keep neither a page nor a server alive.
    hold: () => {},
    admit: (budget, bytes = Number.POSITIVE_INFINITY) => {
      longest = bytes;
      onAdmitted?.(budget, bytes);
    },
    close: () => end(),
  };
}
