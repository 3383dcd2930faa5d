/** The state of one program that uses the interface. */

import type { HandleClient } from '../client/handle-client.ts';
import type { ServiceChannel } from '../client/service-channel.ts';
import type { BiometricError } from '../core/biometric-error.ts';
import type { HRESULT } from '../core/hresult.ts';
import type { HandleKind, OperationRequest } from '../core/operation-request.ts';
import type { Completion } from '../core/operation-result.ts';
import { asyncOperation, asyncParameters } from './async-parameters.ts';
import type { WINBIO_ASYNC_RESULT } from './async-result.ts';
import { LiveBlocks } from './blocks.ts';
import { fileTime } from './file-time.ts';
import type { Deliver } from './notification.ts';
import { callProgram, reportCallbackError } from './program-callback.ts';

/** Options of a binding. */
export interface WinBioOptions {
  /** Most open handles; one more open is E_OUTOFMEMORY. Default: 1024. */
  readonly handleLimit?: number;
  /**
   * Called with what a callback of the program threw; later notices still come (D-46). Default: `reportError` in
   * browsers, a process warning in Node.
   */
  readonly onCallbackError?: (error: BiometricError) => void;
}

/** Number, operation and outcome of a notice. */
export interface Notice {
  readonly operation: number;
  readonly parameters: object;
  readonly completion: Pick<Completion, 'hresult' | 'sequence' | 'startedAtMs' | 'unitId'>;
}

/** An open handle of the program. */
export class OpenHandle {
  readonly client: HandleClient;
  readonly flags: number;
  readonly userData: unknown;
  readonly deliver: Deliver | undefined;

  constructor(client: HandleClient, flags: number, userData: unknown, deliver: Deliver | undefined) {
    this.client = client;
    this.flags = flags;
    this.userData = userData;
    this.deliver = deliver;
  }

  get kind(): HandleKind {
    return this.client.kind;
  }
}

const DEFAULT_HANDLE_LIMIT = 1024;

/** One "process": its handles, its live blocks, and whether one of its callbacks runs. */
export class WinBioProcess {
  readonly channel: ServiceChannel;
  readonly blocks = new LiveBlocks();
  readonly #handles = new Map<number, OpenHandle>();
  readonly #handleLimit: number;
  readonly #onCallbackError: (error: BiometricError) => void;
  #opening = 0;
  #callbackDepth = 0;

  constructor(channel: ServiceChannel, options: WinBioOptions = {}) {
    this.channel = channel;
    this.#handleLimit = options.handleLimit ?? DEFAULT_HANDLE_LIMIT;
    this.#onCallbackError = options.onCallbackError ?? reportCallbackError;
  }

  /** True while a callback of the program runs. */
  get insideCallback(): boolean {
    return this.#callbackDepth > 0;
  }

  /** The open handle of a number; undefined means E_HANDLE. */
  handle(number: unknown): OpenHandle | undefined {
    return typeof number === 'number' ? this.#handles.get(number) : undefined;
  }

  /** Reserves room for one more handle; false means E_OUTOFMEMORY. */
  reserve(): boolean {
    if (this.#handles.size + this.#opening >= this.#handleLimit) return false;
    this.#opening += 1;
    return true;
  }

  /** Ends a reservation: with the handle that was opened, or without one. */
  opened(handle?: OpenHandle): void {
    this.#opening -= 1;
    if (handle !== undefined) this.#handles.set(handle.client.number, handle);
  }

  /** Forgets a closed handle. */
  closed(handle: OpenHandle): void {
    this.#handles.delete(handle.client.number);
  }

  /** Closes a handle that no notice has told the program of. */
  closeUnseen(handle: OpenHandle): void {
    handle.client.submit({ kind: 'close' }, () => this.closed(handle));
  }

  /** Runs a callback of the program; what it throws, or its promise rejects with, is reported and stops nothing. */
  readonly call = (callback: () => unknown): void => {
    this.#callbackDepth += 1;
    callProgram(callback, this.#onCallbackError);
    this.#callbackDepth -= 1;
  };

  /** Delivers a notice by the method chosen at the open; false, and the block is freed, when nothing takes it. */
  notify(sessionHandle: number, userData: unknown, deliver: Deliver, notice: Notice): boolean {
    const { hresult, sequence, startedAtMs, unitId } = notice.completion;
    const result = this.blocks.issue({
      SessionHandle: sessionHandle,
      Operation: notice.operation,
      SequenceNumber: sequence,
      TimeStamp: fileTime(startedAtMs),
      ApiStatus: hresult,
      UnitId: unitId,
      UserData: userData,
      Parameters: notice.parameters,
    } as WINBIO_ASYNC_RESULT);
    const discard = () => this.free(result);
    const isDelivered = deliver(result, discard);
    if (!isDelivered) discard();
    return isDelivered;
  }

  /** Delivers the notice of an operation on an asynchronous handle. */
  notifyDone(handle: OpenHandle, request: OperationRequest, completion: Completion): void {
    if (handle.deliver === undefined) return;
    this.notify(handle.client.number, handle.userData, handle.deliver, {
      operation: asyncOperation(request, handle.kind === 'framework'),
      parameters: asyncParameters(request, completion.values),
      completion,
    });
  }

  /** Frees a block. E_POINTER, E_INVALIDARG. */
  free(address: unknown): HRESULT {
    return this.blocks.free(address);
  }
}
