/** A transport over a WebSocket, that of a browser or that of a server: one JSON text a message. */

import { BiometricError, toBiometricError } from '../core/biometric-error.ts';
import { decodeJson, encodeJson } from './json-codec.ts';
import type { Transport } from './transport.ts';

/** The part of a WebSocket that is needed. */
export interface WebSocketLike {
  /** Bytes sent that have not left yet. */
  readonly bufferedAmount: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close' | 'error', listener: () => void): void;
}

/** Bytes that wait for the other end before it is given up. */
const DROP_BYTES = 64 << 20;

/** Wraps an open WebSocket. `read` makes a message of what a text held, and throws what is wrong with it. */
export function webSocketTransport<Out, In>(socket: WebSocketLike, read: (content: unknown) => In): Transport<Out, In> {
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
      onMessage(read(decodeJson(data)));
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
    // Neither a page nor a server lives by its connections.
    hold: () => {},
    close: () => end(),
  };
}
