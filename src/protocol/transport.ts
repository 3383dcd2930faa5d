/** One end of a connection, whatever carries it. Messages arrive whole and in order. Runs anywhere. */

/** Sends `Out` and receives `In`. */
export interface Transport<Out, In> {
  send(message: Out): void;

  /** Called once per message, each in a turn of its own; set before the first can arrive. */
  onMessage(listener: (message: In) => void): void;

  /** Called once when the other end is gone or this one was closed. */
  onClose(listener: () => void): void;

  /** Whether an open connection keeps the process alive; it does not unless told so. */
  hold(alive: boolean): void;

  /** Ends the connection; idempotent. */
  close(): void;
}
