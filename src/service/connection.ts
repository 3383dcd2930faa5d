/** One client process: its principal, its open handles, and everything that ends with it. */

import { checkOpenArguments } from '../core/argument-rules.ts';
import { BiometricError } from '../core/biometric-error.ts';
import {
  WINBIO_FLAG_MAINTENANCE,
  WINBIO_FLAG_RAW,
  WINBIO_POOL_SYSTEM,
  WINBIO_TYPE_FINGERPRINT,
} from '../core/constants.ts';
import { FAILED } from '../core/hresult.ts';
import { requireReaders } from '../core/named-readers.ts';
import type { OpenFrameworkRequest, OpenSessionRequest, OperationRequest } from '../core/operation-request.ts';
import type { Completion, MonitorEvent } from '../core/operation-result.ts';
import { E_HANDLE } from '../core/result-constants.ts';
import type { ServiceCall } from '../core/service-call.ts';
import { requireRight } from './access/access.ts';
import { requireEnabled } from './access/policy.ts';
import type { ClientProcess, Principal } from './access/principal.ts';
import { answerCall } from './calls.ts';
import type { ServiceContext } from './context.ts';
import type { EnrollmentShelf } from './enrollment-shelf.ts';
import { executeOnFramework, executeOnSession } from './operations/index.ts';
import { failure, faultOutcome, type Outcome, success } from './outcome.ts';
import { type PrivatePoolLease, takePrivatePool } from './private-pool.ts';
import { Framework } from './sessions/framework.ts';
import type { Handle, HandleSink } from './sessions/handle.ts';
import { Session } from './sessions/session.ts';

/** What a client hears: exactly one `done` for each request, and `event`s of its monitors. */
export interface ConnectionSink extends HandleSink {
  /** `handle` is the new handle after a successful open. */
  done(requestId: number, completion: Completion, handle?: number): void;
  event(requestId: number, event: MonitorEvent, completion: Omit<Completion, 'values' | 'unitId'>): void;
}

export class Connection implements ClientProcess {
  readonly principal: Principal;
  readonly shelf?: EnrollmentShelf;
  readonly #context: ServiceContext;
  readonly #sink: ConnectionSink;
  readonly #handles = new Map<number, Handle>();
  #closing: Promise<void> | undefined;
  #opening = 0;

  constructor(context: ServiceContext, principal: Principal, sink: ConnectionSink, shelf?: EnrollmentShelf) {
    this.#context = context;
    this.principal = principal;
    this.#sink = sink;
    if (shelf !== undefined) this.shelf = shelf;
  }

  /** Open sessions of this connection. */
  get sessions(): readonly Session[] {
    return [...this.#handles.values()].filter((handle) => handle instanceof Session);
  }

  /** Opens a session or a framework connection, and answers with its handle. */
  async open(requestId: number, request: OpenSessionRequest | OpenFrameworkRequest): Promise<void> {
    const startedAtMs = this.#context.clock.nowMs();
    this.#opening += 1;
    let handle: Handle | undefined;
    let outcome: Outcome = success();
    try {
      requireRight('use', this.principal);
      this.#requireRoom();
      handle = request.kind === 'open-framework' ? this.#openFramework() : await this.#openSession(request);
    } catch (thrown) {
      outcome = faultOutcome(thrown);
    } finally {
      this.#opening -= 1;
    }
    if (handle === undefined) return this.#answer(requestId, { ...outcome, sequence: 1, startedAtMs });
    if (this.#closing !== undefined) return await handle.abandon();
    this.#handles.set(handle.number, handle);
    this.#answer(requestId, { ...outcome, sequence: handle.takeSequence(), startedAtMs }, handle.number);
  }

  /** Starts an operation on a handle. E_HANDLE for an unknown handle, or one of another client. */
  submit(requestId: number, number: number, request: OperationRequest): void {
    const handle = this.#handles.get(number);
    if (handle === undefined) {
      this.#answer(requestId, { ...failure(E_HANDLE), sequence: 0, startedAtMs: this.#context.clock.nowMs() });
    } else {
      handle.submit(requestId, request);
    }
  }

  /** Cancels the operation with this request number. */
  withdraw(requestId: number): void {
    for (const handle of this.#handles.values()) handle.withdraw(requestId);
  }

  /** Answers a call, which needs no handle. */
  async call(requestId: number, call: ServiceCall): Promise<void> {
    const startedAtMs = this.#context.clock.nowMs();
    const outcome = await answerCall(this.#context, this, call).then((values) => success(0, values), faultOutcome);
    this.#answer(requestId, { ...outcome, sequence: 0, startedAtMs });
  }

  /** The service is about to end: cancels and reports what is pending on every handle. */
  async cancelPending(): Promise<void> {
    await Promise.all([...this.#handles.values()].map((handle) => handle.cancelPending()));
  }

  /** The client is gone: its sessions, locks, focus and enrollments go with it. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#context.focus.drop(this);
    const handles = [...this.#handles.values()];
    this.#handles.clear();
    await Promise.all(handles.map((handle) => handle.abandon()));
  }

  #requireRoom(): void {
    if (this.#handles.size + this.#opening <= this.#context.limits.handlesPerConnection) return;
    throw new BiometricError('E_OUTOFMEMORY', 'too many open handles');
  }

  #openFramework(): Framework {
    return new Framework({
      ...this.#handleParts('framework'),
      execute: (framework, operation) => executeOnFramework(this.#context, framework, operation),
    });
  }

  /** Checks in the order of D-15: arguments, policy, factor, privilege, console, units. */
  async #openSession(request: OpenSessionRequest): Promise<Session> {
    const context = this.#context;
    const checked = checkOpenArguments(request);
    if (FAILED(checked)) throw new BiometricError(checked);
    requireEnabled(context.policy());
    const factor = this.#servedFactor(request.factor);
    const system = request.poolType === WINBIO_POOL_SYSTEM;
    if (!system && factor !== WINBIO_TYPE_FINGERPRINT) throw new BiometricError('WINBIO_E_UNSUPPORTED_POOL_TYPE');
    requireRight(system ? 'open-system-pool' : 'open-private-pool', this.principal);
    if ((request.flags & WINBIO_FLAG_RAW) !== 0) requireRight('raw', this.principal);
    if ((request.flags & WINBIO_FLAG_MAINTENANCE) !== 0) requireRight('maintenance', this.principal);
    if (system && this.principal.remote) throw new BiometricError('WINBIO_E_NOT_ACTIVE_CONSOLE');
    const { readers } = request;
    if (readers !== undefined) requireReaders(readers, context.units.all, context.readers());
    const lease: PrivatePoolLease = system
      ? { pool: context.systemPools.of(factor), giveBack: async () => {} }
      : await takePrivatePool(context, this.principal, {
          unitIds: request.units ?? [],
          databaseId: request.database !== null && 'databaseId' in request.database ? request.database.databaseId : '',
          flags: request.flags,
        });
    return new Session({
      ...this.#handleParts(request.handleKind),
      pool: lease.pool,
      flags: request.flags,
      readers,
      execute: (session, operation) => executeOnSession(context, session, operation),
      returnUnits: lease.giveBack,
    });
  }

  /** The one factor of the mask that a provider serves (D-05). */
  #servedFactor(mask: number): number {
    const served = this.#context.providers.map(({ factor }) => factor).filter((factor) => (factor & mask) !== 0);
    if (served.length > 1) throw new BiometricError('E_INVALIDARG', 'a session has one factor');
    if (served[0] === undefined) throw new BiometricError('WINBIO_E_UNSUPPORTED_FACTOR');
    return served[0];
  }

  #handleParts(kind: OpenSessionRequest['handleKind'] | 'framework') {
    const number = this.#context.nextHandle();
    const sink: HandleSink = {
      done: (requestId, completion) => {
        // Once its close is reported, a handle is unknown.
        if (this.#handles.get(number)?.state === 'closed') this.#handles.delete(number);
        this.#answer(requestId, completion);
      },
      event: (requestId, event, completion) => this.#sink.event(requestId, event, completion),
    };
    const { clock, limits } = this.#context;
    return { number, kind, process: this, sink, clock, queueLimit: limits.operationsPerHandle };
  }

  #answer(requestId: number, completion: Completion, handle?: number): void {
    if (this.#closing === undefined) this.#sink.done(requestId, completion, handle);
  }
}
