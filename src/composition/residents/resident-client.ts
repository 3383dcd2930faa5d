/**
 * A client that lives inside the service: doors and kept enrollments use the service as any other client does, by sessions and
 * operations, in turn with the others and seen by the same observers.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { FAILED } from '../../core/hresult.ts';
import type { OpenSessionRequest, OperationRequest } from '../../core/operation-request.ts';
import type { Completion } from '../../core/operation-result.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { Connection } from '../../service/connection.ts';
import type { EnrollmentShelf } from '../../service/enrollment-shelf.ts';
import type { Service } from '../../service/service.ts';
import type { ConnectionObserver } from '../connection/serve-connection.ts';

/** What a resident is made of. */
export interface ResidentParts {
  readonly service: Service;
  readonly principal: Principal;
  /** Those of all clients, as they are when it asks. */
  readonly observers: readonly ConnectionObserver[];
  /** Where its enrollments go when their reader is gone. Default: nowhere. */
  readonly shelf?: EnrollmentShelf;
}

/** How a request was answered. */
interface Answered {
  readonly completion: Completion;
  readonly handle: number;
}

export class ResidentClient implements AsyncDisposable {
  readonly #parts: ResidentParts;
  readonly #connection: Connection;
  readonly #pending = new Map<number, (answered: Answered) => void>();
  #lastId = 0;
  #open = true;

  constructor(parts: ResidentParts) {
    this.#parts = parts;
    const { service, principal, observers, shelf } = parts;
    const done = (id: number, completion: Completion, handle = 0) => {
      const resolve = this.#pending.get(id);
      this.#pending.delete(id);
      for (const observer of observers) observer.answered?.(this.#connection, id, completion, handle || undefined);
      resolve?.({ completion, handle });
    };
    this.#connection = service.connect(principal, { done, event: () => {} }, shelf);
    for (const observer of observers) observer.opened?.(this.#connection);
  }

  /** Opens a session. Rejects with what the service refuses it with. */
  async openSession(request: OpenSessionRequest): Promise<number> {
    const { completion, handle } = await this.#ask((id) => {
      this.#asked({ type: 'open', id, request });
      void this.#connection.open(id, request);
    });
    if (FAILED(completion.hresult)) throw faultOf(completion);
    return handle;
  }

  /** Runs an operation; once the signal is aborted it ends as canceled. */
  async submit(handle: number, request: OperationRequest, signal?: AbortSignal): Promise<Completion> {
    let withdraw = () => {};
    const answered = this.#ask((id) => {
      withdraw = () => this.#connection.withdraw(id);
      this.#asked({ type: 'submit', id, handle, request });
      this.#connection.submit(id, handle, request);
    });
    if (signal?.aborted) withdraw();
    signal?.addEventListener('abort', withdraw, { once: true });
    try {
      return (await answered).completion;
    } finally {
      signal?.removeEventListener('abort', withdraw);
    }
  }

  /** Ends its sessions; what waits is not answered any more. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    const { service, observers } = this.#parts;
    await service.disconnect(this.#connection);
    for (const observer of observers) observer.closed?.(this.#connection);
    const completion = { hresult: CLOSED.hresult, sequence: 0, startedAtMs: 0, unitId: 0, values: {} };
    for (const resolve of this.#pending.values()) resolve({ completion, handle: 0 });
    this.#pending.clear();
  }

  #ask(send: (id: number) => void): Promise<Answered> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      if (!this.#open) throw CLOSED;
      this.#pending.set(id, resolve);
      send(id);
    });
  }

  #asked(message: Parameters<NonNullable<ConnectionObserver['asked']>>[1]): void {
    for (const observer of this.#parts.observers) observer.asked?.(this.#connection, message);
  }
}

const CLOSED = new BiometricError('WINBIO_E_SESSION_HANDLE_CLOSED');

/** The fault that a completion tells. */
export function faultOf({ hresult, reason = hresult, message, unitId }: Completion): BiometricError {
  return new BiometricError(reason, message, { unitId });
}
