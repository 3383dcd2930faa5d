/** The client's side of an open handle. */

import { checkArguments, checkIdentityKind } from '../core/argument-rules.ts';
import { FAILED, type HRESULT } from '../core/hresult.ts';
import type { HandleKind, OperationRequest } from '../core/operation-request.ts';
import type { Completion } from '../core/operation-result.ts';
import { operationEntry } from '../core/operation-table.ts';
import {
  S_OK,
  WINBIO_E_INCORRECT_SESSION_TYPE,
  WINBIO_E_SESSION_BUSY,
  WINBIO_E_SESSION_HANDLE_CLOSED,
} from '../core/result-constants.ts';
import type { EventListener, ServiceChannel } from './service-channel.ts';

/** An open handle: what it may be asked, what is pending on it, and when nothing is. */
export class HandleClient {
  /** The number both sides know it by. */
  readonly number: number;
  /** What kind of handle it is. */
  readonly kind: HandleKind;
  /** Pool of a session, `WINBIO_POOL_*`; 0 for a framework handle. */
  readonly poolType: number;
  readonly #channel: ServiceChannel;
  #state: 'open' | 'closing' | 'closed' = 'open';
  #pending = 0;
  /** Operations not done yet, those that bypass the queue excepted; a synchronous session has one at most (D-17). */
  #active = 0;
  #idleWaiters: (() => void)[] = [];
  readonly #subscription: Disposable;

  constructor(channel: ServiceChannel, number: number, kind: HandleKind, poolType: number) {
    this.#channel = channel;
    this.number = number;
    this.kind = kind;
    this.poolType = poolType;
    this.#subscription = channel.onClose(() => {
      this.#state = 'closed';
    });
  }

  /** `closing` from the request until its completion; `closed` also when the connection is lost. */
  get state(): 'open' | 'closing' | 'closed' {
    return this.#state;
  }

  /** Checks kind and state of the handle: the first two checks of D-15 after the handle itself. */
  checkHandle(kind: OperationRequest['kind']): HRESULT {
    if (!operationEntry(kind).handles.includes(this.kind)) return WINBIO_E_INCORRECT_SESSION_TYPE;
    return this.#state === 'open' ? S_OK : WINBIO_E_SESSION_HANDLE_CLOSED;
  }

  /**
   * Checks everything that can be judged without the service. People of a directory have identities of any kind in any
   * pool; WinBio knows none, and has one kind for each (D-32).
   */
  check(request: OperationRequest, { people = false }: { readonly people?: boolean } = {}): HRESULT {
    const handle = this.checkHandle(request.kind);
    if (FAILED(handle)) return handle;
    const checked = checkArguments(request);
    if (FAILED(checked)) return checked;
    const identity = people ? S_OK : checkIdentityKind(request, this.poolType);
    if (FAILED(identity)) return identity;
    const busy = this.kind === 'synchronous' && this.#active > 0 && !bypasses(request);
    return busy ? WINBIO_E_SESSION_BUSY : S_OK;
  }

  /**
   * Sends a checked request; returns the id to withdraw it by. The operation stays pending until `done` has returned.
   */
  submit(request: OperationRequest, done: (completion: Completion) => void, event?: EventListener): number {
    if (request.kind === 'close') this.#state = 'closing';
    this.#pending += 1;
    if (!bypasses(request)) this.#active += 1;
    const finished = (completion: Completion) => {
      if (request.kind === 'close') {
        this.#state = 'closed';
        this.#subscription[Symbol.dispose]();
      }
      // Inside its callback an operation is no longer active, so the next may start; a wait still counts it.
      if (!bypasses(request)) this.#active -= 1;
      try {
        done(completion);
      } finally {
        this.#pending -= 1;
        if (this.#pending === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
      }
    };
    return this.#channel.submit(this.number, request, finished, event);
  }

  /** Cancels one operation; its completion still comes. */
  withdraw(id: number): void {
    this.#channel.withdraw(id);
  }

  /** Resolves when nothing is pending and the callbacks of what was have returned. WBF: sessions 7. */
  async idle(): Promise<void> {
    if (this.#pending > 0) await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }
}

function bypasses(request: OperationRequest): boolean {
  return operationEntry(request.kind).queue === 'bypass';
}
