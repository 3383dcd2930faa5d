/**
 * One operation in its two forms. On a synchronous session the promise settles with the outcome, and the holders are
 * filled; on an asynchronous handle it settles once the call is checked, and the outcome comes as a notice. Checks and
 * queueing happen before the first await.
 */

import { FAILED, type HRESULT } from '../core/hresult.ts';
import type { OperationRequest } from '../core/operation-request.ts';
import type { Completion, OperationValues } from '../core/operation-result.ts';
import { E_HANDLE, E_POINTER, S_OK, WINBIO_E_INCORRECT_SESSION_TYPE } from '../core/result-constants.ts';
import { isHolder, type OutParameter } from './out.ts';
import type { OpenHandle, WinBioProcess } from './winbio-process.ts';

/** What a function requests, and where its results go. */
export interface OperationCall<R extends OperationRequest> {
  /** The operation. */
  readonly request: R;
  /** Holders that a synchronous session requires. */
  readonly outputs?: readonly OutParameter<unknown>[];
  /** Input pointers, such as buffers, that every handle requires. */
  readonly pointers?: readonly unknown[];
  /** Fills a buffer of the caller; on asynchronous handles too, before the notice is delivered (D-38). */
  readonly receive?: (values: OperationValues) => void;
  /** Fills the holders; on failure with what a failure reports. */
  readonly write?: (values: OperationValues, completion: Pick<Completion, 'unitId' | 'hresult'>) => void;
}

const NOTHING: OperationValues = Object.freeze({});

/** Runs a function of the interface on a handle of either kind. */
export function operate<R extends OperationRequest>(
  process: WinBioProcess,
  number: number,
  call: OperationCall<R>,
): Promise<HRESULT> {
  const handle = process.handle(number);
  if (handle === undefined) return Promise.resolve(E_HANDLE);
  const { request, write } = call;
  const refused = check(handle, call);
  if (FAILED(refused)) {
    if (handle.kind === 'synchronous') write?.(NOTHING, { unitId: 0, hresult: refused });
    return Promise.resolve(refused);
  }
  if (handle.kind !== 'synchronous') {
    handle.client.submit(request, (completion) => {
      if (request.kind === 'close') process.closed(handle);
      call.receive?.(completion.values);
      process.notifyDone(handle, request, completion);
    });
    return Promise.resolve(S_OK);
  }
  return new Promise((resolve) => {
    handle.client.submit(request, (completion) => {
      if (request.kind === 'close') process.closed(handle);
      call.receive?.(completion.values);
      write?.(completion.values, completion);
      resolve(completion.hresult);
    });
  });
}

/**
 * A legacy function: settles once it is checked; its callback receives the outcome. Synchronous sessions only (D-13).
 */
export function operateWithCallback<R extends OperationRequest>(
  process: WinBioProcess,
  number: number,
  call: {
    readonly request: R;
    readonly callback: unknown;
    readonly pointers?: readonly unknown[];
    /** Refuses for want of a right that the client can judge. */
    readonly denied?: (handle: OpenHandle) => HRESULT;
    readonly done: (completion: Completion) => void;
  },
): Promise<HRESULT> {
  const handle = process.handle(number);
  if (handle === undefined) return Promise.resolve(E_HANDLE);
  if (handle.kind !== 'synchronous') return Promise.resolve(WINBIO_E_INCORRECT_SESSION_TYPE);
  const pointers = [...(call.pointers ?? []), typeof call.callback === 'function' ? call.callback : null];
  let refused = check(handle, { request: call.request, pointers });
  if (!FAILED(refused)) refused = call.denied?.(handle) ?? S_OK;
  if (FAILED(refused)) return Promise.resolve(refused);
  handle.client.submit(call.request, (completion) => process.call(() => call.done(completion)));
  return Promise.resolve(S_OK);
}

/** The checks in the order of D-15: kind, closing, pointers, arguments. */
function check(handle: OpenHandle, call: OperationCall<OperationRequest>): HRESULT {
  const state = handle.client.checkHandle(call.request.kind);
  if (FAILED(state)) return state;
  if (call.pointers?.some((pointer) => pointer === null || pointer === undefined)) return E_POINTER;
  const holders = handle.kind === 'synchronous' ? (call.outputs ?? []) : [];
  if (!holders.every(isHolder)) return E_POINTER;
  return handle.client.check(call.request);
}
