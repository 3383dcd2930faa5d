/**
 * What sessions and framework connections share: numbering, the queue, cancel and close. Each accepted operation is
 * reported exactly once; a cancel is reported after everything it canceled. WBF: state machines 1 and 2.
 */

import { checkArguments } from '../../core/argument-rules.ts';
import type { Clock } from '../../core/clock.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type { HandleKind, OperationRequest } from '../../core/operation-request.ts';
import type { Completion, MonitorEvent } from '../../core/operation-result.ts';
import { operationEntry } from '../../core/operation-table.ts';
import {
  E_OUTOFMEMORY,
  WINBIO_E_CANCELED,
  WINBIO_E_INCORRECT_SESSION_TYPE,
  WINBIO_E_SESSION_BUSY,
  WINBIO_E_SESSION_HANDLE_CLOSED,
} from '../../core/result-constants.ts';
import { StateMachine } from '../../core/state-machine.ts';
import type { ClientProcess } from '../access/principal.ts';
import { HANDLE_TABLE, type HandleState, type HandleTrigger } from '../machines/handle-machine.ts';
import { failure, faultOutcome, type Outcome, success } from '../outcome.ts';
import { Monitor, type MonitorKind } from './monitor.ts';
import { Operation } from './operation.ts';

/** Receives the reports of a handle. */
export interface HandleSink {
  done(requestId: number, completion: Completion): void;
  event(requestId: number, event: MonitorEvent, completion: Omit<Completion, 'values' | 'unitId'>): void;
}

/** Runs the steps of one operation. May throw a BiometricError. */
export type Execute<H> = (handle: H, operation: Operation) => Promise<Outcome> | Outcome;

/** What a handle is made of. */
export interface HandleParts {
  readonly number: number;
  readonly kind: HandleKind;
  readonly process: ClientProcess;
  readonly sink: HandleSink;
  readonly clock: Clock;
  /** Maximum number of operations that wait at once. */
  readonly queueLimit: number;
}

export abstract class Handle {
  readonly number: number;
  readonly kind: HandleKind;
  readonly process: ClientProcess;
  readonly #parts: HandleParts;
  readonly #machine = new StateMachine<HandleState, HandleTrigger>(HANDLE_TABLE, 'open');
  readonly #monitors = new Map<MonitorKind, Monitor>();
  #queue: Operation[] = [];
  #active: Operation | undefined;
  /** Accepted but not done, in the order of their numbers. */
  readonly #pending = new Set<Operation>();
  /** The same by their requests; of two that share a number, which no client of ours sends, the later one. */
  readonly #byRequest = new Map<number, Operation>();
  #sequence = 0;
  #abandoned = false;

  constructor(parts: HandleParts) {
    this.#parts = parts;
    this.number = parts.number;
    this.kind = parts.kind;
    this.process = parts.process;
  }

  get state(): HandleState {
    return this.#machine.state;
  }

  /** Takes the next number; the open of a handle takes the first (D-11). */
  takeSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** The running monitor of a kind, if any. */
  monitor(kind: MonitorKind): Monitor | undefined {
    return this.#monitors.get(kind);
  }

  /** Accepts or refuses an operation; either way its request is answered. */
  submit(requestId: number, request: OperationRequest): void {
    const { handles, queue } = operationEntry(request.kind);
    const refused = this.#refusal(request, handles, queue === 'bypass');
    if (refused !== undefined) {
      const startedAtMs = this.#parts.clock.nowMs();
      this.#parts.sink.done(requestId, { ...failure(refused), sequence: 0, startedAtMs });
      return;
    }
    const identity = { requestId, sequence: this.takeSequence(), startedAtMs: this.#parts.clock.nowMs() };
    const operation = new Operation(request, identity, (settled, outcome) => this.#settled(settled, outcome));
    this.#pending.add(operation);
    this.#byRequest.set(requestId, operation);
    if (request.kind === 'cancel') this.#cancelAll(operation);
    else if (request.kind === 'close') this.#close(operation);
    else if (queue === 'bypass') void this.#run(operation);
    else {
      operation.enqueue();
      this.#queue.push(operation);
      this.#advance();
    }
  }

  /** Cancels the operation or monitor of a request, if it is still pending. */
  withdraw(requestId: number): void {
    this.#byRequest.get(requestId)?.cancel();
    for (const monitor of this.#monitors.values()) {
      if (monitor.identity.requestId === requestId) monitor.end(WINBIO_E_CANCELED);
    }
  }

  /** Starts a monitor, whose events carry the number of the operation; `stop` undoes what the caller set up. */
  startMonitor(kind: MonitorKind, operation: Operation, stop: () => void): Monitor {
    const { requestId, sequence, startedAtMs } = operation;
    const send = (monitor: Monitor, event: MonitorEvent) => {
      if (event.kind === 'ended') this.#monitors.delete(monitor.kind);
      if (!this.#abandoned) {
        const hresult = event.kind === 'ended' ? event.hresult : 0;
        this.#parts.sink.event(requestId, event, { hresult, sequence, startedAtMs });
      }
    };
    const monitor = new Monitor(kind, { requestId, sequence, startedAtMs }, send, stop);
    this.#monitors.set(kind, monitor);
    return monitor;
  }

  /** Cancels and reports what is pending; resolves when the last report is sent. */
  cancelPending(): Promise<void> {
    return this.#endAll(undefined);
  }

  /** The client is gone: ends everything without reports; resolves when all is released. */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    if (this.state !== 'open') return await this.#drained;
    this.#machine.take('close');
    this.#drained = this.#drain();
    await this.#drained;
  }
  #drained: Promise<void> = Promise.resolve();

  /** Runs the steps of an operation. */
  protected abstract execute(operation: Operation): Promise<Outcome> | Outcome;

  /** Releases what the handle holds: enrollment, locks, units. Called once, when nothing is pending. */
  protected abstract release(): Promise<void>;

  /** Why an operation is refused; undefined when it is accepted. The order of the checks is that of D-15. */
  #refusal(request: OperationRequest, handles: readonly HandleKind[], bypass: boolean): HRESULT | undefined {
    if (!handles.includes(this.kind)) return WINBIO_E_INCORRECT_SESSION_TYPE;
    if (this.state !== 'open') return WINBIO_E_SESSION_HANDLE_CLOSED;
    const checked = checkArguments(request);
    if (FAILED(checked)) return checked;
    if (bypass) return undefined;
    // D-17: a synchronous session runs one operation at a time.
    if (this.kind === 'synchronous' && this.#active !== undefined) return WINBIO_E_SESSION_BUSY;
    return this.#queue.length >= this.#parts.queueLimit ? E_OUTOFMEMORY : undefined;
  }

  #advance(): void {
    while (this.#active === undefined) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      if (next.done) continue;
      this.#active = next;
      void this.#run(next);
    }
  }

  async #run(operation: Operation): Promise<void> {
    operation.start();
    try {
      operation.settle(await this.execute(operation));
    } catch (thrown) {
      operation.settle(faultOutcome(thrown));
    }
  }

  #settled(operation: Operation, outcome: Outcome): void {
    this.#pending.delete(operation);
    if (this.#byRequest.get(operation.requestId) === operation) this.#byRequest.delete(operation.requestId);
    this.#report(operation, outcome);
    if (this.#active === operation) {
      this.#active = undefined;
      this.#advance();
    }
  }

  #report(operation: Operation, outcome: Outcome): void {
    if (this.#abandoned) return;
    const { requestId, sequence, startedAtMs } = operation;
    this.#parts.sink.done(requestId, { ...outcome, sequence, startedAtMs });
  }

  /** Ends everything but `before`, in the order of numbers; resolves when the last report is sent. */
  async #endAll(before: Operation | undefined): Promise<void> {
    this.#queue = [];
    const late: Promise<void>[] = [];
    const ends = [
      ...[...this.#pending]
        .filter((operation) => operation !== before)
        .map((operation) => ({
          sequence: operation.sequence,
          end: () => {
            if (!operation.cancel()) late.push(new Promise((resolve) => operation.whenDone(resolve)));
          },
        })),
      ...[...this.#monitors.values()].map((monitor) => ({
        sequence: monitor.identity.sequence,
        end: () => monitor.end(WINBIO_E_CANCELED),
      })),
    ];
    for (const { end } of ends.sort((a, b) => a.sequence - b.sequence)) end();
    if (late.length > 0) await Promise.all(late);
  }

  async #cancelAll(operation: Operation): Promise<void> {
    operation.start();
    const ended = this.#endAll(operation);
    // From here on, nothing but its own outcome can end the cancel.
    operation.shield();
    await ended;
    operation.settle(success());
  }

  async #close(operation: Operation): Promise<void> {
    operation.start();
    this.#machine.take('close');
    this.#drained = this.#drain(operation);
    await this.#drained;
    operation.settle(success());
  }

  async #drain(operation?: Operation): Promise<void> {
    const ended = this.#endAll(operation);
    operation?.shield();
    await ended;
    await this.release();
    this.#machine.take('drained');
  }
}
