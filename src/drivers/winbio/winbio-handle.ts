/** A handle of winbio.dll and what is out on it: which results are waited for, and who hears those that nobody asked for. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_OPERATION_NONE } from '../../core/constants.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import { throwIfCanceled } from '../waiting/wait-briefly.ts';
import { keepAlive } from './keep-alive.ts';
import { winBioFault } from './winbio-faults.ts';
import type { Notification, WinBioLibrary, WinBioResult } from './winbio-library.ts';

/** How a handle is opened and closed. */
export interface HandleKind {
  /** `WINBIO_OPERATION_*` of the results of opening and closing. */
  readonly open: number;
  readonly close: number;
  /** Begins to open. */
  begin(library: WinBioLibrary, target: ListeningAt): Promise<HRESULT>;
  /** Begins to close. */
  end(library: WinBioLibrary, handle: number): Promise<HRESULT>;
}

type ListeningAt = Awaited<ReturnType<WinBioLibrary['listen']>>;

/** A call: what it is called, what its result is, and what is read of that. */
export interface WinBioCall<T> {
  /** In words, for errors. */
  readonly name: string;
  /** `WINBIO_OPERATION_*` of its result. */
  readonly operation: number;
  /** Asks for it. */
  start(handle: number): Promise<HRESULT>;
  /** Reads the result; the memory is gone afterwards. Also of failures. */
  read(result: WinBioResult, status: HRESULT): T;
  /** Failures that are answers. Default: none. */
  readonly answers?: readonly HRESULT[];
}

interface Waiting {
  take(result: WinBioResult): void;
  fail(error: BiometricError): void;
}

export class WinBioHandle {
  readonly #library: WinBioLibrary;
  readonly #kind: HandleKind;
  readonly #listening: ListeningAt;
  /** By operation, in the order of the calls: a handle ends calls of one kind in that order. */
  readonly #waiting: Map<number, Waiting[]>;
  readonly #handle: number;
  #canceling: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  private constructor(
    library: WinBioLibrary,
    kind: HandleKind,
    opened: { listening: ListeningAt; waiting: Map<number, Waiting[]>; handle: number },
  ) {
    this.#library = library;
    this.#kind = kind;
    this.#listening = opened.listening;
    this.#waiting = opened.waiting;
    this.#handle = opened.handle;
  }

  /**
   * Opens one. `monitored` hears results that no call waits for, but those of cancels. Rejects with what winbio.dll
   * refuses. Opening cannot be canceled: one that opens after `signal` aborted is closed.
   */
  static async open(
    library: WinBioLibrary,
    kind: HandleKind,
    {
      by,
      signal,
      monitored,
    }: {
      readonly by: Notification;
      readonly signal?: AbortSignal | undefined;
      readonly monitored: (operation: number, result: WinBioResult) => void;
    },
  ): Promise<WinBioHandle> {
    const waiting = new Map<number, Waiting[]>();
    const listening = await library.listen(by, (result) => {
      const operation = result.structure.number('Operation');
      const next = waiting.get(operation)?.shift();
      if (next !== undefined) next.take(result);
      // A cancel is told, too, as an operation of no name.
      else if (operation !== WINBIO_OPERATION_NONE) monitored(operation, result);
    });
    const opening = perform(waiting, 0, {
      name: 'open',
      operation: kind.open,
      start: () => kind.begin(library, listening),
      read: ({ structure }) => structure.number('SessionHandle'),
    });
    const handle = opening.then(({ value }) => new WinBioHandle(library, kind, { listening, waiting, handle: value }));
    handle.catch(() => listening[Symbol.dispose]());
    if (signal === undefined) return await handle;
    return await orAborted(handle, signal, (late) => late.close());
  }

  /**
   * Calls, and waits for the result. An abort cancels all that is out on the handle: winbio.dll knows no other. Rejects
   * with WINBIO_E_CANCELED when the signal aborted first, WINBIO_E_INVALID_DEVICE_STATE once closed, and with the code
   * of a failure.
   */
  async call<T>(call: WinBioCall<T>, signal?: AbortSignal): Promise<{ readonly status: HRESULT; readonly value: T }> {
    if (this.#closing !== undefined) throw closed();
    // A cancel ends all that was asked for before it, and is not to end this.
    await this.#canceling;
    if (signal !== undefined) throwIfCanceled(signal);
    const cancel = () => void this.cancel();
    // What is not asked for yet cannot be canceled.
    const performed = perform(this.#waiting, this.#handle, call, () => {
      if (signal?.aborted === true) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
    });
    try {
      return await performed;
    } catch (thrown) {
      if (signal !== undefined && (thrown as BiometricError).code === 'WINBIO_E_CANCELED') throwIfCanceled(signal);
      throw thrown;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Asks for what has no result of its own. Rejects with the code of a failure. */
  async request(name: string, start: (handle: number) => Promise<HRESULT>): Promise<void> {
    if (this.#closing !== undefined) throw closed();
    const status = await start(this.#handle);
    if (FAILED(status)) throw winBioFault(status, name);
  }

  /** Cancels all that is out; what was canceled says so itself. */
  async cancel(): Promise<void> {
    const canceling = this.#library.call.WinBioCancel(this.#handle);
    this.#canceling = Promise.all([this.#canceling, canceling]);
    await canceling;
  }

  /** Closes it; what is out ends with WINBIO_E_CANCELED. Idempotent. Never rejects: a handle that winbio.dll lost is closed. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { close, end } = this.#kind;
    const start = () => end(this.#library, this.#handle);
    const closing = { name: 'close', operation: close, start, read: () => undefined };
    await perform(this.#waiting, this.#handle, closing).catch(() => {});
    for (const calls of this.#waiting.values()) for (const each of calls.splice(0)) each.fail(closed());
    this.#listening[Symbol.dispose]();
  }
}

/** Asks, and waits for the result; `asked` is called in between. */
async function perform<T>(
  waiting: Map<number, Waiting[]>,
  handle: number,
  { name, operation, start, read, answers = [] }: WinBioCall<T>,
  asked: () => void = () => {},
): Promise<{ readonly status: HRESULT; readonly value: T }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ readonly status: HRESULT; readonly value: T }>();
  // The result may be there before the call has returned.
  promise.catch(() => {});
  const each: Waiting = {
    take(result) {
      const status = result.structure.number('ApiStatus') >>> 0;
      try {
        if (FAILED(status) && !answers.includes(status)) throw winBioFault(status, name, unitOf(result));
        resolve({ status, value: read(result, status) });
      } catch (thrown) {
        reject(thrown);
      }
    },
    fail: reject,
  };
  const calls = waiting.get(operation) ?? [];
  waiting.set(operation, calls);
  calls.push(each);
  using _alive = keepAlive();
  const status = await start(handle);
  if (FAILED(status)) {
    calls.splice(calls.indexOf(each), 1);
    throw winBioFault(status, name);
  }
  asked();
  return await promise;
}

function unitOf({ structure }: WinBioResult): number | undefined {
  return structure.number('UnitId') || undefined;
}

/** The promise, or WINBIO_E_CANCELED when the signal aborts first; what comes later is given to `late`. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal, late: (value: T) => unknown): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } catch (thrown) {
    promise.then(late, () => {});
    throw thrown;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function closed(): BiometricError {
  return new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the handle is closed');
}
