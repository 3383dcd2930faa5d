/** Verification. WBF: operations 1.5 and 1.6. */

import type { HRESULT } from '../../core/hresult.ts';
import type { RequestOf } from '../../core/operation-request.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { operate, operateWithCallback } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './identity-argument.ts';

/** Receives the outcome of a verification. */
export type PWINBIO_VERIFY_CALLBACK = (
  VerifyCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Match: boolean,
  RejectDetail: number,
) => void;

/** Functions that compare a sample with the templates of one identity. */
export function verifyFunctions(process: WinBioProcess) {
  return {
    /**
     * Captures a sample and compares it with the templates of one identity. An identity without templates is
     * WINBIO_E_NO_MATCH. Waits for focus in the system pool. WBF: operations 1.5.
     *
     * Handles: synchronous and asynchronous sessions. Notice: VERIFY.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_NO_MATCH, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioVerify` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param Identity - Owner of the templates: a SID in the system pool, a GUID in a private one.
     * @param SubFactor - Finger to compare with, or `WINBIO_SUBTYPE_ANY`.
     * @param UnitId - Receives the unit that captured.
     * @param Match - Receives whether the sample matches.
     * @param RejectDetail - Receives why the sample was rejected; 0 when it was not.
     *
     * @example
     * ```ts
     * const claim = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * const hr = await WinBioVerify(session.value, claim, WINBIO_SUBTYPE_ANY, unit, match, rejectDetail);
     * if (hr === S_OK) console.log(match.value);
     * ```
     */
    WinBioVerify(
      SessionHandle: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactor: number,
      UnitId: OutParameter<number>,
      Match: OutParameter<boolean>,
      RejectDetail: OutParameter<number>,
    ): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: verifyRequest(Identity, SubFactor),
        pointers: [Identity],
        outputs: [UnitId, Match, RejectDetail],
        write: ({ match = false, rejectDetail = 0 }, { unitId }) => {
          fill(UnitId, unitId);
          fill(Match, match);
          fill(RejectDetail, rejectDetail);
        },
      });
    },

    /**
     * Verifies like `WinBioVerify`; the outcome goes to a callback. WBF: operations 1.6.
     *
     * Handles: synchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG,
     * WINBIO_E_SESSION_BUSY.
     *
     * Ends with S_OK, WINBIO_E_NO_MATCH, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioVerifyWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param Identity - Owner of the templates: a SID in the system pool, a GUID in a private one.
     * @param SubFactor - Finger to compare with, or `WINBIO_SUBTYPE_ANY`.
     * @param VerifyCallback - Called once with the outcome.
     * @param VerifyCallbackContext - Handed to the callback unchanged.
     *
     * @example
     * ```ts
     * const claim = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * await WinBioVerifyWithCallback(session.value, claim, WINBIO_SUBTYPE_ANY, onVerified, null);
     * await WinBioWait(session.value);
     * ```
     */
    WinBioVerifyWithCallback(
      SessionHandle: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactor: number,
      VerifyCallback: PWINBIO_VERIFY_CALLBACK | null | undefined,
      VerifyCallbackContext?: unknown,
    ): Promise<HRESULT> {
      return operateWithCallback(process, SessionHandle, {
        request: verifyRequest(Identity, SubFactor),
        pointers: [Identity],
        callback: VerifyCallback,
        done: ({ hresult, unitId, values: { match = false, rejectDetail = 0 } }) =>
          VerifyCallback?.(VerifyCallbackContext, hresult, unitId, match, rejectDetail),
      });
    },
  };
}

function verifyRequest(identity: WINBIO_IDENTITY | null | undefined, subFactor: number): RequestOf<'verify'> {
  return { kind: 'verify', identity: identityArgument(identity), subFactor };
}
