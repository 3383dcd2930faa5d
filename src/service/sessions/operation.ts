/** One accepted operation: numbered, then settled once, by the first of its outcome, cancel, close or loss. */

import type { OperationRequest } from '../../core/operation-request.ts';
import { WINBIO_E_CANCELED } from '../../core/result-constants.ts';
import { StateMachine } from '../../core/state-machine.ts';
import { OPERATION_TABLE, type OperationState, type OperationTrigger } from '../machines/operation-machine.ts';
import { failure, type Outcome } from '../outcome.ts';

/** What numbers an operation. */
export interface OperationIdentity {
  /** Number the client gave the request; the answer carries it. */
  readonly requestId: number;
  readonly sequence: number;
  readonly startedAtMs: number;
}

export class Operation implements OperationIdentity {
  readonly request: OperationRequest;
  readonly requestId: number;
  readonly sequence: number;
  readonly startedAtMs: number;
  readonly #machine = new StateMachine<OperationState, OperationTrigger>(OPERATION_TABLE, 'accepted');
  readonly #onSettled: (operation: Operation, outcome: Outcome) => void;
  #controller: AbortController | undefined;
  #afterwards: (() => void)[] = [];

  constructor(
    request: OperationRequest,
    identity: OperationIdentity,
    onSettled: (operation: Operation, outcome: Outcome) => void,
  ) {
    this.request = request;
    this.requestId = identity.requestId;
    this.sequence = identity.sequence;
    this.startedAtMs = identity.startedAtMs;
    this.#onSettled = onSettled;
  }

  get done(): boolean {
    return this.#machine.state === 'done';
  }

  /** Aborts when the operation is canceled. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.done) this.#controller.abort();
    return this.#controller.signal;
  }

  enqueue(): void {
    this.#machine.take('enqueue');
  }

  start(): void {
    this.#machine.take('start');
  }

  /** From here on, a cancel waits for the real outcome. Returns false when the operation is already settled. */
  shield(): boolean {
    return this.#machine.take('shield');
  }

  /** Reports the outcome. Returns false when the operation is already settled. */
  settle(outcome: Outcome): boolean {
    return this.#finish('settle', outcome);
  }

  /** Ends it with WINBIO_E_CANCELED. Returns false past the point of no return, where it settles by itself. */
  cancel(): boolean {
    if (this.done) return true;
    return this.#finish('cancel', failure(WINBIO_E_CANCELED));
  }

  /** Calls back when the operation is done; at once if it already is. */
  whenDone(action: () => void): void {
    if (this.done) action();
    else this.#afterwards.push(action);
  }

  #finish(trigger: 'settle' | 'cancel', outcome: Outcome): boolean {
    if (!this.#machine.take(trigger)) return false;
    this.#onSettled(this, outcome);
    this.#controller?.abort();
    for (const action of this.#afterwards.splice(0)) action();
    return true;
  }
}
