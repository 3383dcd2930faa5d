/** Functions that winbio.h declares and no page describes. WBF: operations 12. */

import { FAILED, type HRESULT } from '../../core/hresult.ts';
import {
  E_HANDLE,
  E_INVALIDARG,
  E_NOTIMPL,
  E_POINTER,
  S_OK,
  WINBIO_E_INCORRECT_SESSION_TYPE,
} from '../../core/result-constants.ts';
import { fill, isHolder, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';

/** Functions without a page. */
export function headerOnlyFunctions(process: WinBioProcess) {
  /** The checks that every function of a session makes. */
  const checked = (number: number): HRESULT => {
    const handle = process.handle(number);
    if (handle === undefined) return E_HANDLE;
    return handle.kind === 'framework' ? WINBIO_E_INCORRECT_SESSION_TYPE : handle.client.checkHandle('cancel');
  };
  return {
    /**
     * Would begin to improve stored templates with new samples. No unit does that on request: an engine that learns
     * updates a template with the samples that match it. WBF: operations 12.
     *
     * Handles: synchronous and asynchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with E_NOTIMPL.
     *
     * WinBio documentation: none; winbio.h declares it.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     *
     * @example
     * ```ts
     * const hr = await WinBioImproveBegin(session.value, unit.value); // E_NOTIMPL
     * ```
     */
    async WinBioImproveBegin(SessionHandle: number, UnitId: number): Promise<HRESULT> {
      const refused = checked(SessionHandle);
      if (FAILED(refused)) return refused;
      const isUnit = Number.isInteger(UnitId) && UnitId > 0 && UnitId <= 0xffffffff;
      return isUnit ? E_NOTIMPL : E_INVALIDARG;
    },

    /**
     * Would end what `WinBioImproveBegin` began. WBF: operations 12.
     *
     * Handles: synchronous and asynchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     *
     * Ends with E_NOTIMPL.
     *
     * WinBio documentation: none; winbio.h declares it.
     *
     * @param SessionHandle - Handle of an open session.
     *
     * @example
     * ```ts
     * const hr = await WinBioImproveEnd(session.value); // E_NOTIMPL
     * ```
     */
    async WinBioImproveEnd(SessionHandle: number): Promise<HRESULT> {
      const refused = checked(SessionHandle);
      return FAILED(refused) ? refused : E_NOTIMPL;
    },

    /**
     * Tells whether the machine can isolate sign-in from the operating system. The service is an ordinary process, so
     * the answer is false. WBF: operations 12.
     *
     * Handles: none.
     *
     * Refused with E_POINTER.
     *
     * Ends with S_OK.
     *
     * WinBio documentation: none; winbio.h declares it.
     *
     * @param Value - Receives false.
     *
     * @example
     * ```ts
     * const isCapable = out(true);
     * await WinBioIsESSCapable(isCapable);
     * console.log(isCapable.value); // false
     * ```
     */
    async WinBioIsESSCapable(Value: OutParameter<boolean>): Promise<HRESULT> {
      if (!isHolder(Value)) return E_POINTER;
      fill(Value, false);
      return S_OK;
    },
  };
}
