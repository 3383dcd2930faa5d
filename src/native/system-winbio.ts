/** The functions of winbio.h, bound to the system's winbio.dll. */

import { setTimeout as delay } from 'node:timers/promises';
import type { BiometricError } from '../core/biometric-error.ts';
import { FAILED, type HRESULT } from '../core/hresult.ts';
import { E_NOTIMPL, E_OUTOFMEMORY } from '../core/result-constants.ts';
import { loadNativeWinBio, type NativeWinBio } from '../drivers/winbio/native-winbio.ts';
import { PROTOTYPES, type PrototypeName } from '../drivers/winbio/prototypes.ts';
import type { WinBio } from '../winbio/bind-winbio.ts';
import type { FunctionName } from '../winbio/function-table.ts';
import { NativeCall } from './native-call.ts';
import type { NativeHandle } from './native-handle.ts';
import { SystemProcess } from './system-process.ts';

/** Options of {@link systemWinBio}. */
export interface SystemWinBioOptions {
  /** Path of another library of winbio.h. Default: the winbio.dll of the system. */
  readonly library?: string | undefined;
  /**
   * Called with what a callback of the program threw; later notices still come. That of the first call counts. Default: a
   * process warning.
   */
  readonly onCallbackError?: (error: BiometricError) => void;
}

/** Functions that wait for a finger, for the focus or for a lock, on synchronous sessions; `WinBioWait` on all. */
const WAITING: ReadonlySet<FunctionName> = new Set([
  'WinBioCaptureSample',
  'WinBioIdentify',
  'WinBioVerify',
  'WinBioLocateSensor',
  'WinBioEnrollBegin',
  'WinBioEnrollCapture',
  'WinBioLockUnit',
]);

/** How long it takes at most that a call that was canceled before its thread had begun is canceled again, milliseconds. */
const CANCEL_AGAIN_MS = 10;

/** The tables name the same functions. */
const NAMES: readonly Exclude<FunctionName, 'WinBioFree'>[] = Object.keys(PROTOTYPES) as PrototypeName[];

const BOUND = new WeakMap<NativeWinBio, WinBio>();

/**
 * Binds the functions of winbio.h to the system's winbio.dll, so that a program for `bindWinBio` runs on the readers and the
 * service of Windows. The library is the process: all bindings of it share handles and blocks. Its checks and codes are its
 * own; what cannot be passed, such as text for a number, is refused here with the code that `bindWinBio` gives. Functions that
 * an older Windows lacks answer E_NOTIMPL.
 *
 * A block is memory of the library until `WinBioFree`. An open handle keeps the process, as an open connection does. A
 * function of a synchronous session that waits takes a thread of libuv's meanwhile, all but one of them: 3 may wait at once, or
 * `UV_THREADPOOL_SIZE` - 1 if the program is started with that variable; one more is E_OUTOFMEMORY. Asynchronous sessions take
 * none.
 *
 * Rejects with WHORL_E_CONFIGURATION without Windows (unless `library` is given), without koffi, and when the library cannot
 * be loaded.
 *
 * @example
 * ```ts
 * const winbio = process.platform === 'win32' ? await systemWinBio() : bindWinBio(await connect());
 * const session = out<number>();
 * await winbio.WinBioOpenSession(WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_SYSTEM, 0, null, 0, WINBIO_DB_DEFAULT, session);
 * ```
 */
export async function systemWinBio(options: SystemWinBioOptions = {}): Promise<WinBio> {
  const elsewhere =
    'winbio.dll is of Windows: on this system bind the functions to a service, bindWinBio(await connect())';
  const native = await loadNativeWinBio(options.library, elsewhere);
  const known = BOUND.get(native);
  if (known !== undefined) return known;
  const process = new SystemProcess(native, options.onCallbackError);
  const functions = NAMES.map((name) => [name, (...given: readonly unknown[]) => call(process, name, given)]);
  const winbio = {
    ...Object.fromEntries(functions),
    WinBioFree: (block: unknown) => process.blocks.free(block),
    liveBlocks: () => process.blocks.count,
  } as WinBio;
  BOUND.set(native, winbio);
  return winbio;
}

/** Checks what is passed before the first await, and calls in the order in which it was called for a handle. */
function call(process: SystemProcess, name: PrototypeName, given: readonly unknown[]): Promise<HRESULT> {
  if (!process.native.has(name)) return Promise.resolve(E_NOTIMPL);
  const passed = new NativeCall(process, name, given);
  const isWaiting = name === 'WinBioWait' || (WAITING.has(name) && passed.handle?.kind === 'synchronous');
  const thread = isWaiting ? process.wait() : undefined;
  const refused = isWaiting && thread === undefined ? E_OUTOFMEMORY : passed.refused;
  if (FAILED(refused)) {
    thread?.[Symbol.dispose]();
    passed.forget();
    return Promise.resolve(refused);
  }
  const performed = async () => {
    using _thread = thread;
    return await perform(passed);
  };
  const handle = passed.opening ?? passed.handle;
  if (handle === undefined) return performed();
  const returning = passed.isBegun ? handle.begin() : undefined;
  const called = handle.turn.then(performed);
  const waitedFor = [...handle.waiting].flatMap(([each, of]) => (of === 'WinBioWait' ? [] : [each]));
  if (isWaiting) handle.waiting.set(called, name);
  // What blocks must not keep a cancel.
  else if (passed.isBegun || name === 'WinBioCancel') handle.turn = called;
  void called.then((hresult) => {
    handle.waiting.delete(called);
    // The program, too, has heard of the return by then.
    if (returning !== undefined) setImmediate(() => handle.end(returning));
    const isCanceled = name === 'WinBioCancel' && handle.kind === 'synchronous' && !FAILED(hresult);
    if (isCanceled) void cancelAgain(process, handle, waitedFor);
  });
  return name === 'WinBioWait' ? called.then((hresult) => afterNotices(handle, hresult)) : called;
}

/** Calls, and settles the state of handles. Never rejects. */
async function perform(passed: NativeCall): Promise<HRESULT> {
  const { name, process, handle, opening } = passed;
  const isLent = name.startsWith('WinBioControlUnit') && handle !== undefined && handle.kind !== 'synchronous';
  if (isLent) handle.lent.push(passed);
  const hresult = await process.native.call[name](...passed.values).catch(() => E_OUTOFMEMORY);
  passed.fill();
  if (FAILED(hresult)) {
    if (isLent && handle.lent.includes(passed)) handle.lent.splice(handle.lent.indexOf(passed), 1);
    passed.forget();
    return hresult;
  }
  const number = passed.opened;
  if (opening !== undefined && number !== 0) process.opened(opening, number);
  if (handle?.kind === 'synchronous' && name === 'WinBioCloseSession') process.closed(handle);
  if (handle?.kind === 'synchronous' && name === 'WinBioUnregisterEventMonitor') process.forgetMonitor(handle);
  return hresult;
}

/** A call whose thread had not begun when the library canceled, was not canceled: it is, until it ends. */
async function cancelAgain(process: SystemProcess, handle: NativeHandle, waitedFor: readonly Promise<unknown>[]) {
  for (;;) {
    await delay(CANCEL_AGAIN_MS, undefined, { ref: false });
    if (!waitedFor.some((each) => handle.waiting.has(each))) return;
    await process.native.call.WinBioCancel(handle.number);
  }
}

/** What was waited for is delivered, too. D-18. */
async function afterNotices(handle: NativeHandle, hresult: HRESULT): Promise<HRESULT> {
  await new Promise<void>((resolve) => handle.take(resolve));
  return hresult;
}
