/** The type of every operation: a function of the shared context, its session and its request. */

import type { OperationKind, RequestOf } from '../../core/operation-request.ts';
import type { ServiceContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { Operation } from '../sessions/operation.ts';

/** What an operation works with. */
export interface Call<H, K extends OperationKind> {
  readonly context: ServiceContext;
  readonly session: H;
  readonly operation: Operation;
  readonly request: RequestOf<K>;
}

/** Checks, works, and returns the outcome; a thrown BiometricError is an outcome too. */
export type Handler<H, K extends OperationKind> = (call: Call<H, K>) => Promise<Outcome> | Outcome;
