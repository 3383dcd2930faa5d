/** One process that uses the interface: its handles, its live blocks, and whether it is inside a callback. */

import type { HandleClient } from '../client/handle-client.ts';
import type { ServiceChannel } from '../client/service-channel.ts';
import { type BiometricError, toBiometricError } from '../core/biometric-error.ts';
import type { HRESULT } from '../core/hresult.ts';
import type { HandleKind, OperationRequest } from '../core/operation-request.ts';
import type { Completion } from '../core/operation-result.ts';
import { asyncOperation, asyncParameters } from './async-parameters.ts';
import { fileTime, type WINBIO_ASYNC_RESULT } from './async-result.ts';
import { LiveBlocks } from './blocks.ts';
import type { Deliver } from './notification.ts';

/** Options of a binding. */
export interface WinBioOptions {
  /** Open handles at most; one more open is E_OUTOFMEMORY. */
  readonly handleLimit?: number;
  /** Told what a callback of the program threw; later notices come all the same (D-46). Default: a process warning. */
  readonly onCallbackError?: (error: BiometricError) => void;
}

/** Number, operation and outcome of a notice. */
export interface Notice {
  readonly operation: number;
  readonly parameters: object;
  readonly completion: Pick<Completion, 'hresult' | 'sequence' | 'startedAtMs' | 'unitId'>;
}

/** An open handle of the process. */
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

/** Makes a callback's error known where nobody asked for it: as the browser does, or as a warning of the process. */
function reportCallbackError(error: BiometricError): void {
  const host = globalThis as {
    reportError?: (error: unknown) => void;
    process?: { emitWarning?: (error: Error) => void };
  };
  if (host.reportError !== undefined) host.reportError(error.cause ?? error);
  else host.process?.emitWarning?.(error);
}

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

  /** The open handle of a number; undefined is E_HANDLE. */
  handle(number: unknown): OpenHandle | undefined {
    return typeof number === 'number' ? this.#handles.get(number) : undefined;
  }

  /** Room for one more handle; without it the open is E_OUTOFMEMORY. */
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

  /** The number names nothing any more. */
  closed(handle: OpenHandle): void {
    this.#handles.delete(handle.client.number);
  }

  /** Runs a callback of the program; what it throws is reported and disturbs nothing. */
  readonly call = (callback: () => void): void => {
    this.#callbackDepth += 1;
    try {
      callback();
    } catch (thrown) {
      this.#onCallbackError(toBiometricError(thrown));
    } finally {
      this.#callbackDepth -= 1;
    }
  };

  /** Delivers a notice by the method that was chosen at open. */
  notify(sessionHandle: number, userData: unknown, deliver: Deliver, notice: Notice): void {
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
    if (!deliver(result, discard)) discard();
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

  free(address: unknown): HRESULT {
    return this.blocks.free(address);
  }
}
