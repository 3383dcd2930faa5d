/** A service's end of a connection to a client that it does not trust. */

import type { Budget } from './budget.ts';
import type { Transport } from './transport.ts';

/** Bytes of a message before the client is welcome; a greeting with its token is much shorter. */
export const GREETING_BYTES = 4096;

/** Takes no message longer than {@link GREETING_BYTES} until the client is admitted. */
export interface GuardedTransport<Out, In> extends Transport<Out, In> {
  /**
   * The client is let in: from now on its messages may be as long as any, or as `longest` bytes, and count in a budget that
   * it may share.
   */
  admit(budget: Budget, longest?: number): void;
}
