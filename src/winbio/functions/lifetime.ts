/** Close, cancel, wait, free. WBF: sessions 5 to 8. */

import { FAILED, type HRESULT } from '../../core/hresult.ts';
import {
  E_HANDLE,
  S_OK,
  WINBIO_E_DEADLOCK_DETECTED,
  WINBIO_E_INCORRECT_SESSION_TYPE,
} from '../../core/result-constants.ts';
import { operate } from '../operate.ts';
import type { WinBioProcess } from '../winbio-process.ts';

/** Functions that end things. */
export function lifetimeFunctions(process: WinBioProcess) {
  return {
    /**
     * Closes a session: cancels what is pending, discards an enrollment, releases the lock, returns private units. The
     * notice of an asynchronous session is its last. WBF: sessions 5.
     *
     * Handles: synchronous and asynchronous sessions. Notice: CLOSE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioCloseSession` function.
     *
     * @param SessionHandle - Handle of an open session.
     *
     * @example
     * ```ts
     * await WinBioCloseSession(session.value);
     * ```
     */
    WinBioCloseSession(SessionHandle: number): Promise<HRESULT> {
      const handle = process.handle(SessionHandle);
      if (handle?.kind === 'framework') return Promise.resolve(WINBIO_E_INCORRECT_SESSION_TYPE);
      return operate(process, SessionHandle, { request: { kind: 'close' } });
    },

    /**
     * Closes a framework connection: cancels what is pending and ends monitors. Its notice is the last.
     * WBF: framework 6.
     *
     * Handles: framework connections. Notice: CLOSE_FRAMEWORK.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioCloseFramework` function.
     *
     * @param FrameworkHandle - Handle of an open framework connection.
     *
     * @example
     * ```ts
     * await WinBioCloseFramework(framework.value);
     * ```
     */
    WinBioCloseFramework(FrameworkHandle: number): Promise<HRESULT> {
      const handle = process.handle(FrameworkHandle);
      if (handle !== undefined && handle.kind !== 'framework') return Promise.resolve(WINBIO_E_INCORRECT_SESSION_TYPE);
      return operate(process, FrameworkHandle, { request: { kind: 'close' } });
    },

    /**
     * Cancels everything pending on the handle, monitors included; each ends with WINBIO_E_CANCELED. A lock and an
     * enrollment stay. WBF: sessions 6.
     *
     * Handles: synchronous and asynchronous sessions, framework connections. Notice: NONE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioCancel` function.
     *
     * @param SessionHandle - Handle of an open session or framework connection.
     *
     * @example
     * ```ts
     * const waiting = WinBioIdentify(session.value, unit, identity, subFactor, rejectDetail);
     * await WinBioCancel(session.value);
     * console.log((await waiting) === WINBIO_E_CANCELED); // true
     * ```
     */
    WinBioCancel(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'cancel' } });
    },

    /**
     * Settles when nothing is pending on the session and its callbacks have returned; monitors do not count. Never call
     * it from a callback. WBF: sessions 7.
     *
     * Handles: synchronous and asynchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED,
     * WINBIO_E_DEADLOCK_DETECTED from a callback.
     *
     * Ends with S_OK.
     *
     * WinBio documentation: `WinBioWait` function.
     *
     * @param SessionHandle - Handle of an open session.
     *
     * @example
     * ```ts
     * await WinBioIdentifyWithCallback(session.value, onIdentified, null);
     * await WinBioWait(session.value); // returns after the callback has
     * ```
     */
    async WinBioWait(SessionHandle: number): Promise<HRESULT> {
      const handle = process.handle(SessionHandle);
      if (handle === undefined) return E_HANDLE;
      if (handle.kind === 'framework') return WINBIO_E_INCORRECT_SESSION_TYPE;
      if (process.insideCallback) return WINBIO_E_DEADLOCK_DETECTED; // D-18
      const state = handle.client.checkHandle('cancel');
      if (FAILED(state)) return state;
      await handle.client.idle();
      return S_OK;
    },

    /**
     * Releases a block that the interface handed out, and overwrites its bytes. Usable in callbacks and after the
     * session is closed. Returns its code directly. WBF: sessions 8.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK.
     *
     * WinBio documentation: `WinBioFree` function.
     *
     * @param Address - The block, as it was handed out.
     *
     * @example
     * ```ts
     * const hr = WinBioFree(sample.value); // wipes its bytes
     * ```
     */
    WinBioFree(Address: unknown): HRESULT {
      return process.free(Address);
    },
  };
}
