/** The port between messages and what carries them. */

import type { BiometricError } from '../core/biometric-error.ts';

/** One end of a connection: sends `Out`, receives `In`. Messages arrive whole and in order. */
export interface Transport<Out, In> {
  /** Sends a message; does nothing once the connection has ended. */
  send(message: Out): void;

  /** Sets the listener for messages; call it before the first can arrive. */
  onMessage(listener: (message: In) => void): void;

  /** Sets the listener for the end of the connection; it receives a fault when the other end broke the protocol. */
  onClose(listener: (fault?: BiometricError) => void): void;

  /** Whether the open connection keeps the process alive. Default: it does not. */
  hold(alive: boolean): void;

  /** Ends the connection once everything sent has left. Idempotent. */
  close(): void;
}
