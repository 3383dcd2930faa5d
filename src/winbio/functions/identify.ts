/** Identification. WBF: operations 1.3 and 1.4. */

import type { HRESULT } from '../../core/hresult.ts';
import { toWinbioIdentity, type WINBIO_IDENTITY } from '../identity.ts';
import { operate, operateWithCallback } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';

/** Receives the outcome of an identification; `Identity` is lent for the duration of the callback. */
export type PWINBIO_IDENTIFY_CALLBACK = (
  IdentifyCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Identity: WINBIO_IDENTITY | null,
  SubFactor: number,
  RejectDetail: number,
) => void;

/** Functions that search a sample. */
export function identifyFunctions(process: WinBioProcess) {
  return {
    /**
     * Captures a sample from any unit of the pool and searches it in the database of that unit. One sample per call;
     * waits for focus in the system pool. WBF: operations 1.3.
     *
     * Handles: synchronous and asynchronous sessions. Notice: IDENTIFY.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER.
     *
     * Ends with S_OK, WINBIO_E_UNKNOWN_ID, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioIdentify` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Receives the unit that captured.
     * @param Identity - Receives the owner that was found; the null identity when none was.
     * @param SubFactor - Receives the finger that was found.
     * @param RejectDetail - Receives why the sample was rejected; 0 when it was not.
     *
     * @example
     * ```ts
     * const hr = await WinBioIdentify(session.value, unit, identity, subFactor, rejectDetail);
     * if (hr === S_OK) console.log(identity.value, subFactor.value);
     * ```
     */
    WinBioIdentify(
      SessionHandle: number,
      UnitId: OutParameter<number>,
      Identity: OutParameter<WINBIO_IDENTITY>,
      SubFactor: OutParameter<number>,
      RejectDetail: OutParameter<number>,
    ): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'identify' },
        outputs: [UnitId, Identity, SubFactor, RejectDetail],
        write: ({ identity, subFactor = 0, rejectDetail = 0 }, { unitId }) => {
          fill(UnitId, unitId);
          fill(Identity, toWinbioIdentity(identity));
          fill(SubFactor, subFactor);
          fill(RejectDetail, rejectDetail);
        },
      });
    },

    /**
     * Identifies like `WinBioIdentify`; the outcome goes to a callback. WBF: operations 1.4.
     *
     * Handles: synchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER,
     * WINBIO_E_SESSION_BUSY.
     *
     * Ends with S_OK, WINBIO_E_UNKNOWN_ID, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioIdentifyWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param IdentifyCallback - Called once with the outcome.
     * @param IdentifyCallbackContext - Handed to the callback unchanged.
     *
     * @example
     * ```ts
     * await WinBioIdentifyWithCallback(session.value, onIdentified, null);
     * await WinBioWait(session.value);
     * ```
     */
    WinBioIdentifyWithCallback(
      SessionHandle: number,
      IdentifyCallback: PWINBIO_IDENTIFY_CALLBACK | null | undefined,
      IdentifyCallbackContext?: unknown,
    ): Promise<HRESULT> {
      return operateWithCallback(process, SessionHandle, {
        request: { kind: 'identify' },
        callback: IdentifyCallback,
        done: ({ hresult, unitId, values: { identity, subFactor = 0, rejectDetail = 0 } }) => {
          const structure = identity === undefined ? null : toWinbioIdentity(identity);
          IdentifyCallback?.(IdentifyCallbackContext, hresult, unitId, structure, subFactor, rejectDetail);
        },
      });
    },
  };
}
