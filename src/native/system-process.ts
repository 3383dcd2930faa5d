/** What a program that uses the library has out: handles, blocks, callbacks, and calls that wait. */

import type { BiometricError } from '../core/biometric-error.ts';
import * as c from '../core/constants.ts';
import { FAILED, type HRESULT } from '../core/hresult.ts';
import type { HandleKind } from '../core/operation-request.ts';
import { endProcess } from '../drivers/winbio/end-process.ts';
import type { NativeWinBio } from '../drivers/winbio/native-winbio.ts';
import { type ArgumentKind, CALLBACKS, type CallbackName } from '../drivers/winbio/prototypes.ts';
import type { WINBIO_ASYNC_RESULT } from '../winbio/async-result.ts';
import type { Deliver } from '../winbio/notification.ts';
import { callProgram, reportCallbackError } from '../winbio/program-callback.ts';
import { type ReadMemory, structureAt } from './decode-structure.ts';
import { NativeBlocks } from './native-blocks.ts';
import { NativeHandle } from './native-handle.ts';

/** A callback of a function, and what it is handed. */
interface Expected {
  readonly callback: (...values: unknown[]) => unknown;
  readonly context: unknown;
  readonly handle: NativeHandle;
  /** Event monitors call as often as they like, the others once. */
  readonly isOnce: boolean;
}

type Result = { -readonly [K in keyof WINBIO_ASYNC_RESULT]: WINBIO_ASYNC_RESULT[K] };

const LAST_NOTICES: ReadonlySet<number> = new Set([c.WINBIO_OPERATION_CLOSE, c.WINBIO_OPERATION_CLOSE_FRAMEWORK]);
const OPENED: ReadonlySet<number> = new Set([c.WINBIO_OPERATION_OPEN, c.WINBIO_OPERATION_OPEN_FRAMEWORK]);
const CONTROLS: ReadonlySet<number> = new Set([
  c.WINBIO_OPERATION_CONTROL_UNIT,
  c.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED,
]);

export class SystemProcess {
  readonly native: NativeWinBio;
  readonly blocks: NativeBlocks;
  /** Copies memory of the library. */
  readonly read: ReadMemory;
  readonly #onCallbackError: (error: BiometricError) => void;
  /** Open handles by number, and by key from before they are open. */
  readonly #handles = new Map<number, NativeHandle>();
  readonly #keys = new Map<bigint, NativeHandle>();
  readonly #expected = new Map<bigint, Expected>();
  readonly #callbacks = new Map<CallbackName, bigint>();
  #lastKey = 0n;
  #waiting = 0;

  constructor(native: NativeWinBio, onCallbackError: (error: BiometricError) => void = reportCallbackError) {
    this.native = native;
    this.blocks = new NativeBlocks(native);
    this.read = (address, length) => native.bytesAt(address, length);
    this.#onCallbackError = onCallbackError;
    process.on('exit', (code) => this.#exit(code));
  }

  /** The open handle of a number. */
  handle(number: unknown): NativeHandle | undefined {
    return typeof number === 'number' ? this.#handles.get(number) : undefined;
  }

  /** A handle that is about to be opened. */
  opening(kind: HandleKind, userData?: unknown, deliver?: Deliver): NativeHandle {
    const handle = new NativeHandle(kind, this.#newKey(), userData, deliver);
    this.#keys.set(handle.key, handle);
    return handle;
  }

  /** It is open. */
  opened(handle: NativeHandle, number: number): void {
    handle.number = number;
    this.#handles.set(number, handle);
  }

  /** It is closed, or was never opened. Idempotent. */
  closed(handle: NativeHandle): void {
    this.#keys.delete(handle.key);
    if (this.#handles.get(handle.number) === handle) this.#handles.delete(handle.number);
    for (const key of handle.callbacks) this.forget(handle, key);
    handle.close();
  }

  /** Address of the function that the library calls instead of a callback of the program. */
  address(name: CallbackName): bigint {
    const known = this.#callbacks.get(name);
    if (known !== undefined) return known;
    const listener = name === 'completion' ? (at: unknown) => this.#notice(at as bigint) : this.#called(name);
    const address = this.native.callback(name, listener);
    this.#callbacks.set(name, address);
    return address;
  }

  /** The context by which the library hands a callback back. */
  expect(expected: Expected): bigint {
    const key = this.#newKey();
    this.#expected.set(key, expected);
    expected.handle.callbacks.add(key);
    return key;
  }

  /** A callback does not come any more. */
  forget(handle: NativeHandle, key: bigint): void {
    this.#expected.delete(key);
    handle.callbacks.delete(key);
  }

  /** The event monitor of a session has ended. */
  forgetMonitor(handle: NativeHandle): void {
    for (const key of handle.callbacks) if (this.#expected.get(key)?.isOnce === false) this.forget(handle, key);
  }

  /** Takes a thread for a call that may wait for somebody; undefined when there is none to spare. */
  wait(): Disposable | undefined {
    if (this.#waiting >= WAITING_LIMIT) return undefined;
    this.#waiting += 1;
    return {
      [Symbol.dispose]: () => {
        this.#waiting -= 1;
      },
    };
  }

  /** The end of a process waits for threads of libuv, and those wait for fingers. */
  #exit(code: number): void {
    const waiting = [...this.#handles.values()].filter((handle) => handle.waiting.size > 0);
    for (const { number } of waiting) this.native.cancelNow(number);
    // WinBioWait waits for callbacks, which nobody runs any more.
    const isEndless = waiting.some((handle) => [...handle.waiting.values()].includes('WinBioWait'));
    if (isEndless) endProcess(this.native.koffi, code);
  }

  #newKey(): bigint {
    this.#lastKey += 1n;
    return this.#lastKey;
  }

  /** Runs on the thread of the event loop, while the library's waits. */
  #notice(address: bigint): void {
    const decoded = structureAt('WINBIO_ASYNC_RESULT', address, this.read) as unknown as Result;
    const handle = this.#keys.get(decoded.UserData as bigint);
    if (handle === undefined) {
      this.native.free(address);
      return;
    }
    const { Operation, ApiStatus, SessionHandle } = decoded;
    decoded.UserData = handle.userData;
    if (OPENED.has(Operation) && !FAILED(ApiStatus)) this.opened(handle, SessionHandle);
    if (CONTROLS.has(Operation)) handle.lent.shift();
    const isLast = LAST_NOTICES.has(Operation) || (OPENED.has(Operation) && FAILED(ApiStatus));
    const result = this.blocks.issue(decoded as WINBIO_ASYNC_RESULT, address);
    handle.take(() => {
      if (isLast) this.closed(handle);
      this.#deliver(handle, result);
    });
  }

  #deliver(handle: NativeHandle, result: WINBIO_ASYNC_RESULT): void {
    const discard = () => this.blocks.free(result);
    if (handle.deliver?.(result, discard)) return;
    const { Operation, ApiStatus } = result;
    discard();
    // The program cannot close a session whose handle it never learns.
    if (OPENED.has(Operation) && !FAILED(ApiStatus)) void this.#closeUnseen(handle);
  }

  #closeUnseen({ kind, number }: NativeHandle): Promise<HRESULT> {
    const { WinBioCloseFramework, WinBioCloseSession } = this.native.call;
    return kind === 'framework' ? WinBioCloseFramework(number) : WinBioCloseSession(number);
  }

  /** Runs a callback of the program; what it throws is reported and stops nothing. */
  readonly call = (callback: () => unknown): void => callProgram(callback, this.#onCallbackError);

  /** What is called in place of a callback: hands its arguments over, as the program knows them. */
  #called(name: CallbackName): (...values: unknown[]) => void {
    const kinds: readonly ArgumentKind[] = CALLBACKS[name];
    return (key, ...values) => {
      const expected = this.#expected.get(BigInt(key as bigint));
      if (expected === undefined) {
        // Nobody else frees what comes with it.
        const block = values[kinds.findIndex((kind) => kind === 'block' || kind === 'event') - 1];
        if (typeof block === 'bigint') this.native.free(block);
        return;
      }
      const { handle, callback, context, isOnce } = expected;
      if (isOnce) this.forget(handle, BigInt(key as bigint));
      const converted = values.map((value, i) => this.#argument(kinds[i + 1], value, values[i + 1]));
      handle.take(() => this.call(() => callback(context, ...converted)));
    };
  }

  #argument(kind: ArgumentKind | undefined, value: unknown, next: unknown): unknown {
    switch (kind) {
      case 'hresult':
        return Number(value) >>> 0;
      case 'boolean':
        return Number(value) !== 0;
      case 'identity':
        return value === null ? null : structureAt('WINBIO_IDENTITY', value as bigint, this.read);
      case 'event':
        return value === null ? null : this.#block(structureAt('WINBIO_EVENT', value as bigint, this.read), value);
      case 'block':
        return value === null ? null : this.#block(this.read(value as bigint, Number(next)), value);
      default:
        return Number(value);
    }
  }

  #block(block: object, address: unknown): object {
    return this.blocks.issue(block, address as bigint);
  }
}

/** Threads of libuv, less one for calls that do not wait: `UV_THREADPOOL_SIZE`, 4 by default and 1024 at most. */
const WAITING_LIMIT = Math.max(1, Math.min(1024, Number(process.env.UV_THREADPOOL_SIZE) || 4) - 1);
