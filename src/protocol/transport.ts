/** One end of a connection, whatever carries it. Messages arrive whole and in order. */

import type { BiometricError } from '../core/biometric-error.ts';

/** Sends `Out` and receives `In`. */
export interface Transport<Out, In> {
  send(message: Out): void;

  /** Called once per message; set before the first can arrive. */
  onMessage(listener: (message: In) => void): void;

  /** Called once when the other end is gone or this one was closed; with a fault when the other broke the protocol. */
  onClose(listener: (fault?: BiometricError) => void): void;

  /** Whether an open connection keeps the process alive; it does not unless told so. */
  hold(alive: boolean): void;

  /** Ends the connection once what was sent has left; idempotent. */
  close(): void;
}
