/** What every operation is: a function of the shared context, its session and its request. */

import type { OperationKind, RequestOf } from '../../core/operation-request.ts';
import type { ServiceContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { Operation } from '../sessions/operation.ts';

/** What an operation gets to work with. */
export interface Call<H, K extends OperationKind> {
  readonly context: ServiceContext;
  readonly session: H;
  readonly operation: Operation;
  readonly request: RequestOf<K>;
}

/** Checks, does the work, and says how it ended; a thrown BiometricError is the outcome too. */
export type Handler<H, K extends OperationKind> = (call: Call<H, K>) => Promise<Outcome> | Outcome;
