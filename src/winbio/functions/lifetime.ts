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
    /** Closes a session: settles when closed (synchronous), or at once with a CLOSE notice to come. WBF: sessions 5. */
    WinBioCloseSession(SessionHandle: number): Promise<HRESULT> {
      const handle = process.handle(SessionHandle);
      if (handle?.kind === 'framework') return Promise.resolve(WINBIO_E_INCORRECT_SESSION_TYPE);
      return operate(process, SessionHandle, { request: { kind: 'close' } });
    },

    /** Closes a framework connection; never blocks. WBF: framework 6. */
    WinBioCloseFramework(FrameworkHandle: number): Promise<HRESULT> {
      const handle = process.handle(FrameworkHandle);
      if (handle !== undefined && handle.kind !== 'framework') return Promise.resolve(WINBIO_E_INCORRECT_SESSION_TYPE);
      return operate(process, FrameworkHandle, { request: { kind: 'close' } });
    },

    /** Cancels everything pending on a handle. WBF: sessions 6. */
    WinBioCancel(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'cancel' } });
    },

    /** Settles when nothing is pending any more; not from a callback. WBF: sessions 7. */
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

    /** Releases a block the interface handed out, and wipes its bytes. WBF: sessions 8. */
    WinBioFree(Address: unknown): HRESULT {
      return process.free(Address);
    },
  };
}
