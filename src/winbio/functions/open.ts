/** Opening sessions and framework connections. WBF: sessions 2 to 4, framework 2. */

import { HandleClient } from '../../client/handle-client.ts';
import { checkOpenArguments } from '../../core/argument-rules.ts';
import { WINBIO_OPERATION_OPEN, WINBIO_OPERATION_OPEN_FRAMEWORK } from '../../core/constants.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type {
  DatabaseSelector,
  HandleKind,
  OpenFrameworkRequest,
  OpenSessionRequest,
} from '../../core/operation-request.ts';
import type { Completion } from '../../core/operation-result.ts';
import { E_OUTOFMEMORY, E_POINTER, S_OK } from '../../core/result-constants.ts';
import { type DatabaseIdArgument, databaseSelector } from '../database-id.ts';
import {
  checkNotification,
  type Deliver,
  deliveryOf,
  type HWND,
  type NotificationArguments,
  type PWINBIO_ASYNC_COMPLETION_CALLBACK,
} from '../notification.ts';
import { fill, isHolder, type OutParameter } from '../out.ts';
import { OpenHandle, type WinBioProcess } from '../winbio-process.ts';

/** The open functions of one process. */
export function openFunctions(process: WinBioProcess) {
  return {
    /**
     * Opens a synchronous session: its calls settle with their outcome, one at a time. WBF: sessions 2.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, E_ACCESSDENIED, E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_UNSUPPORTED_FACTOR,
     * WINBIO_E_UNSUPPORTED_POOL_TYPE, WINBIO_E_NOT_ACTIVE_CONSOLE, WINBIO_E_INVALID_UNIT, WINBIO_E_SENSOR_UNAVAILABLE,
     * WINBIO_E_DATABASE_CANT_FIND, WINBIO_E_CONFIGURATION_FAILURE, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioOpenSession` function.
     *
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     * @param PoolType - `WINBIO_POOL_SYSTEM` or `WINBIO_POOL_PRIVATE`.
     * @param Flags - `WINBIO_FLAG_*`; the system pool takes no configuration flag.
     * @param UnitArray - Units of a private pool; null with the system pool.
     * @param UnitCount - Length of the array; 0 with the system pool.
     * @param DatabaseId - GUID of an installed database with a private pool; `WINBIO_DB_DEFAULT` or null with the
     * system pool.
     * @param SessionHandle - Receives the handle; 0 on failure.
     *
     * @example
     * ```ts
     * const session = out(0);
     * const hr = await WinBioOpenSession(WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_SYSTEM, 0, null, 0, WINBIO_DB_DEFAULT, session);
     * ```
     */
    WinBioOpenSession(
      Factor: number,
      PoolType: number,
      Flags: number,
      UnitArray: UnitArrayArgument,
      UnitCount: number,
      DatabaseId: DatabaseIdArgument,
      SessionHandle: OutParameter<number>,
    ): Promise<HRESULT> {
      if (!isHolder(SessionHandle)) return Promise.resolve(E_POINTER);
      const request = sessionRequest('synchronous', [Factor, PoolType, Flags, UnitArray, UnitCount, DatabaseId]);
      const refused = checkOpenArguments(request);
      return openNow(process, refused, request, SessionHandle, { flags: Flags, userData: undefined });
    },

    /**
     * Opens an asynchronous session: its calls settle once they are checked, and their outcomes come as notices. Opened
     * in the background, the open itself ends with a notice OPEN. WBF: sessions 3.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG, E_OUTOFMEMORY.
     *
     * Ends with S_OK, E_ACCESSDENIED, E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_UNSUPPORTED_FACTOR,
     * WINBIO_E_UNSUPPORTED_POOL_TYPE, WINBIO_E_NOT_ACTIVE_CONSOLE, WINBIO_E_INVALID_UNIT, WINBIO_E_SENSOR_UNAVAILABLE,
     * WINBIO_E_DATABASE_CANT_FIND, WINBIO_E_CONFIGURATION_FAILURE, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioAsyncOpenSession` function.
     *
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     * @param PoolType - `WINBIO_POOL_SYSTEM` or `WINBIO_POOL_PRIVATE`.
     * @param Flags - `WINBIO_FLAG_*`; the system pool takes no configuration flag.
     * @param UnitArray - Units of a private pool; null with the system pool.
     * @param UnitCount - Length of the array; 0 with the system pool.
     * @param DatabaseId - GUID of an installed database with a private pool; `WINBIO_DB_DEFAULT` or null with the
     * system pool.
     * @param NotificationMethod - `WINBIO_ASYNC_NOTIFY_CALLBACK` or `WINBIO_ASYNC_NOTIFY_MESSAGE`.
     * @param TargetWindow - Window that receives the messages; ignored with a callback.
     * @param MessageCode - Code of the messages, 0x8000 to 0xBFFF; ignored with a callback.
     * @param CallbackRoutine - Called once for each notice; ignored with messages.
     * @param UserData - Handed back unchanged in each notice.
     * @param AsynchronousOpen - True: opens in the background, and the first notice tells the outcome and the handle.
     * @param SessionHandle - Receives the handle; 0 on failure and when it opens in the background.
     *
     * @example
     * ```ts
     * const session = out(0);
     * const hr = await WinBioAsyncOpenSession(
     *   WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_SYSTEM, 0, null, 0, WINBIO_DB_DEFAULT,
     *   WINBIO_ASYNC_NOTIFY_CALLBACK, undefined, undefined, onNotice, null, false, session,
     * );
     * ```
     */
    WinBioAsyncOpenSession(
      Factor: number,
      PoolType: number,
      Flags: number,
      UnitArray: UnitArrayArgument,
      UnitCount: number,
      DatabaseId: DatabaseIdArgument,
      NotificationMethod: number,
      TargetWindow: HWND | undefined,
      MessageCode: number | undefined,
      CallbackRoutine: PWINBIO_ASYNC_COMPLETION_CALLBACK | null | undefined,
      UserData: unknown,
      AsynchronousOpen: boolean,
      SessionHandle: OutParameter<number>,
    ): Promise<HRESULT> {
      const request = sessionRequest('asynchronous', [Factor, PoolType, Flags, UnitArray, UnitCount, DatabaseId]);
      const wanted = notification(NotificationMethod, TargetWindow, MessageCode, CallbackRoutine);
      const refused = first(
        checkOpenHolders(AsynchronousOpen, SessionHandle),
        () => checkNotification(wanted),
        () => checkOpenArguments(request),
      );
      const session = { flags: Flags, userData: UserData, deliver: deliveryOf(wanted, process.call) };
      const open = AsynchronousOpen ? openLater : openNow;
      return open(process, refused, request, SessionHandle, session);
    },

    /**
     * Opens a framework connection: enumerates and watches units, and gives no access to samples. Opened in the
     * background, the open itself ends with a notice OPEN_FRAMEWORK. WBF: framework 2.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG, E_OUTOFMEMORY.
     *
     * Ends with S_OK, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioAsyncOpenFramework` function.
     *
     * @param NotificationMethod - `WINBIO_ASYNC_NOTIFY_CALLBACK` or `WINBIO_ASYNC_NOTIFY_MESSAGE`.
     * @param TargetWindow - Window that receives the messages; ignored with a callback.
     * @param MessageCode - Code of the messages, 0x8000 to 0xBFFF; ignored with a callback.
     * @param CallbackRoutine - Called once for each notice; ignored with messages.
     * @param UserData - Handed back unchanged in each notice.
     * @param AsynchronousOpen - True: opens in the background, and the first notice tells the outcome and the handle.
     * @param FrameworkHandle - Receives the handle; 0 on failure and when it opens in the background.
     *
     * @example
     * ```ts
     * const framework = out(0);
     * const hr = await WinBioAsyncOpenFramework(
     *   WINBIO_ASYNC_NOTIFY_CALLBACK, undefined, undefined, onNotice, null, false, framework,
     * );
     * ```
     */
    WinBioAsyncOpenFramework(
      NotificationMethod: number,
      TargetWindow: HWND | undefined,
      MessageCode: number | undefined,
      CallbackRoutine: PWINBIO_ASYNC_COMPLETION_CALLBACK | null | undefined,
      UserData: unknown,
      AsynchronousOpen: boolean,
      FrameworkHandle: OutParameter<number>,
    ): Promise<HRESULT> {
      const wanted = notification(NotificationMethod, TargetWindow, MessageCode, CallbackRoutine);
      const refused = first(checkOpenHolders(AsynchronousOpen, FrameworkHandle), () => checkNotification(wanted));
      const framework = { flags: 0, userData: UserData, deliver: deliveryOf(wanted, process.call) };
      const open = AsynchronousOpen ? openLater : openNow;
      return open(process, refused, { kind: 'open-framework' }, FrameworkHandle, framework);
    },
  };
}

/** Units of a private pool; null with the system pool. */
export type UnitArrayArgument = readonly number[] | Uint32Array | null;

function unitsOf(units: UnitArrayArgument | undefined): readonly number[] | null {
  if (units === null || units === undefined) return null;
  return units instanceof Uint32Array || Array.isArray(units) ? [...units] : [];
}

interface Facts {
  readonly flags: number;
  readonly userData: unknown;
  readonly deliver?: Deliver;
}

type OpenRequest = OpenSessionRequest | OpenFrameworkRequest;

/** The outcome is the return value; no notice is sent for the open. */
function openNow(
  process: WinBioProcess,
  refused: HRESULT,
  request: OpenRequest,
  holder: OutParameter<number>,
  facts: Facts,
): Promise<HRESULT> {
  fill(holder, 0);
  if (FAILED(refused)) return Promise.resolve(refused);
  if (!process.reserve()) return Promise.resolve(E_OUTOFMEMORY);
  return new Promise((resolve) => {
    process.channel.openHandle(request, ({ hresult }, number) => {
      adopt(process, request, facts, hresult, number);
      fill(holder, number);
      resolve(hresult);
    });
  });
}

/** Judges arguments and memory only (D-11); everything else comes in the first notice. */
function openLater(
  process: WinBioProcess,
  refused: HRESULT,
  request: OpenRequest,
  holder: OutParameter<number>,
  facts: Facts,
): Promise<HRESULT> {
  fill(holder, 0);
  if (FAILED(refused)) return Promise.resolve(refused);
  if (!process.reserve()) return Promise.resolve(E_OUTOFMEMORY);
  const operation = request.kind === 'open-session' ? WINBIO_OPERATION_OPEN : WINBIO_OPERATION_OPEN_FRAMEWORK;
  process.channel.openHandle(request, (completion: Completion, number) => {
    const handle = adopt(process, request, facts, completion.hresult, number);
    if (facts.deliver === undefined) return;
    const notice = { operation, parameters: {}, completion };
    const isTold = process.notify(number, facts.userData, facts.deliver, notice);
    // The program cannot close a session whose handle it never learns.
    if (!isTold && handle !== undefined) process.closeUnseen(handle);
  });
  return Promise.resolve(S_OK);
}

/** The handle that was opened; undefined when none was. */
function adopt(
  process: WinBioProcess,
  request: OpenRequest,
  facts: Facts,
  hresult: HRESULT,
  number: number,
): OpenHandle | undefined {
  if (FAILED(hresult)) {
    process.opened();
    return undefined;
  }
  const kind: HandleKind = request.kind === 'open-session' ? request.handleKind : 'framework';
  const poolType = request.kind === 'open-session' ? request.poolType : 0;
  const client = new HandleClient(process.channel, number, kind, poolType);
  const handle = new OpenHandle(client, facts.flags, facts.userData, facts.deliver);
  process.opened(handle);
  return handle;
}

/** Rows V2 to V4: the holder is optional when the open is asynchronous (D-01). */
function checkOpenHolders(asynchronousOpen: unknown, holder: OutParameter<number>): HRESULT {
  if (asynchronousOpen === null || asynchronousOpen === undefined) return E_POINTER;
  return asynchronousOpen || isHolder(holder) ? S_OK : E_POINTER;
}

function sessionRequest(
  handleKind: OpenSessionRequest['handleKind'],
  [factor, poolType, flags, units, unitCount, databaseId]: readonly [
    number,
    number,
    number,
    UnitArrayArgument,
    number,
    DatabaseIdArgument,
  ],
): OpenSessionRequest {
  const database: DatabaseSelector | null = databaseSelector(databaseId);
  return {
    kind: 'open-session',
    handleKind,
    factor,
    poolType,
    flags,
    units: unitsOf(units),
    unitCount: unitCount ?? 0,
    database,
  };
}

function notification(
  method: number,
  window: HWND | undefined,
  messageCode: number | undefined,
  callback: PWINBIO_ASYNC_COMPLETION_CALLBACK | null | undefined,
): NotificationArguments {
  return { method, window, messageCode, callback };
}

function first(code: HRESULT, ...checks: (() => HRESULT)[]): HRESULT {
  return checks.reduce((found, check) => (FAILED(found) ? found : check()), code);
}
