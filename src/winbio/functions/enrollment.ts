/** The enrollment functions. WBF: operations 2. */

import type { HRESULT } from '../../core/hresult.ts';
import { toWinbioIdentity, type WINBIO_IDENTITY } from '../identity.ts';
import { operate, operateWithCallback } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';

/** Receives the outcome of one capture of an enrollment. */
export type PWINBIO_ENROLL_CAPTURE_CALLBACK = (
  EnrollCallbackContext: unknown,
  OperationStatus: HRESULT,
  RejectDetail: number,
) => void;

/** Functions that build and store a template. */
export function enrollmentFunctions(process: WinBioProcess) {
  return {
    /**
     * Opens an empty template of a finger on a unit. Takes no sample; waits for focus in the system pool.
     * WBF: operations 2.1.
     *
     * Handles: synchronous and asynchronous sessions. Notice: ENROLL_BEGIN.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT,
     * WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnrollBegin` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param SubFactor - A `WINBIO_ANSI_381_POS_*` or `WINBIO_FINGER_UNSPECIFIED_POS_*`.
     * @param UnitId - Unit to use; not 0.
     *
     * @example
     * ```ts
     * const hr = await WinBioEnrollBegin(session.value, WINBIO_ANSI_381_POS_RH_INDEX_FINGER, unit.value);
     * ```
     */
    WinBioEnrollBegin(SessionHandle: number, SubFactor: number, UnitId: number): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'enroll-begin', subFactor: SubFactor, unitId: UnitId },
      });
    },

    /**
     * Picks one of several people in view, for the rest of the enrollment. Accepted and ignored for fingerprints.
     * WBF: operations 2.2.
     *
     * Handles: synchronous and asynchronous sessions. Notice: ENROLL_SELECT.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_INVALID_OPERATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY,
     * E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnrollSelect` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param SelectorValue - Tracking id of a person; not 0.
     *
     * @example
     * ```ts
     * const hr = await WinBioEnrollSelect(session.value, 1n);
     * ```
     */
    WinBioEnrollSelect(SessionHandle: number, SelectorValue: bigint): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'enroll-select', selector: SelectorValue } });
    },

    /**
     * Captures a sample of the enrolling unit and adds it to the template. WINBIO_I_MORE_DATA, a success code, asks for
     * another; S_OK says that the template can be committed. WBF: operations 2.3.
     *
     * Handles: synchronous and asynchronous sessions. Notice: ENROLL_CAPTURE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER.
     *
     * Ends with S_OK, WINBIO_I_MORE_DATA, WINBIO_E_BAD_CAPTURE, E_ACCESSDENIED, WINBIO_E_INVALID_OPERATION,
     * WINBIO_E_LOCK_VIOLATION, WINBIO_E_SELECTION_REQUIRED, WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnrollCapture` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param RejectDetail - Receives why the sample was rejected; 0 when it was not.
     *
     * @example
     * ```ts
     * let hr: HRESULT = WINBIO_I_MORE_DATA;
     * while (hr === WINBIO_I_MORE_DATA) hr = await WinBioEnrollCapture(session.value, rejectDetail);
     * ```
     */
    WinBioEnrollCapture(SessionHandle: number, RejectDetail: OutParameter<number>): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'enroll-capture' },
        outputs: [RejectDetail],
        write: ({ rejectDetail = 0 }) => fill(RejectDetail, rejectDetail),
      });
    },

    /**
     * Captures like `WinBioEnrollCapture`; the outcome goes to a callback, which may ask for the next capture.
     * WBF: operations 2.4.
     *
     * Handles: synchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER,
     * WINBIO_E_SESSION_BUSY.
     *
     * Ends with S_OK, WINBIO_I_MORE_DATA, WINBIO_E_BAD_CAPTURE, E_ACCESSDENIED, WINBIO_E_INVALID_OPERATION,
     * WINBIO_E_LOCK_VIOLATION, WINBIO_E_SELECTION_REQUIRED, WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnrollCaptureWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param EnrollCallback - Called once with the outcome.
     * @param EnrollCallbackContext - Handed to the callback unchanged.
     *
     * @example
     * ```ts
     * await WinBioEnrollCaptureWithCallback(session.value, onEnrollCapture, null);
     * await WinBioWait(session.value);
     * ```
     */
    WinBioEnrollCaptureWithCallback(
      SessionHandle: number,
      EnrollCallback: PWINBIO_ENROLL_CAPTURE_CALLBACK | null | undefined,
      EnrollCallbackContext?: unknown,
    ): Promise<HRESULT> {
      return operateWithCallback(process, SessionHandle, {
        request: { kind: 'enroll-capture' },
        callback: EnrollCallback,
        done: ({ hresult, values: { rejectDetail = 0 } }) =>
          EnrollCallback?.(EnrollCallbackContext, hresult, rejectDetail),
      });
    },

    /**
     * Stores the template: in the system pool for the account of the session, in a private pool under a new GUID. A
     * commit that fails may be repeated. WBF: operations 2.5.
     *
     * Handles: synchronous and asynchronous sessions. Notice: ENROLL_COMMIT.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER.
     *
     * Ends with S_OK, WINBIO_E_DUPLICATE_TEMPLATE, WINBIO_E_DUPLICATE_ENROLLMENT, E_ACCESSDENIED,
     * WINBIO_E_INVALID_OPERATION, WINBIO_E_LOCK_VIOLATION, WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DATABASE_FULL, WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_CORRUPTED,
     * WINBIO_E_DATABASE_READ_ERROR, WINBIO_E_DATABASE_WRITE_ERROR, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnrollCommit` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param Identity - Receives the owner of the template, or of the one it duplicates.
     * @param IsNewTemplate - Receives whether it was stored; false when it was there already.
     *
     * @example
     * ```ts
     * const isNew = out(false);
     * const hr = await WinBioEnrollCommit(session.value, identity, isNew);
     * if (hr === WINBIO_E_DUPLICATE_ENROLLMENT) console.log('already enrolled as', identity.value);
     * ```
     */
    WinBioEnrollCommit(
      SessionHandle: number,
      Identity: OutParameter<WINBIO_IDENTITY>,
      IsNewTemplate: OutParameter<boolean>,
    ): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'enroll-commit' },
        outputs: [Identity, IsNewTemplate],
        write: ({ identity, isNewTemplate = false }) => {
          fill(Identity, toWinbioIdentity(identity));
          fill(IsNewTemplate, isNewTemplate);
        },
      });
    },

    /**
     * Ends the enrollment without storing anything. WBF: operations 2.6.
     *
     * Handles: synchronous and asynchronous sessions. Notice: ENROLL_DISCARD.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_INVALID_OPERATION, WINBIO_E_LOCK_VIOLATION,
     * WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND, WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY,
     * E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnrollDiscard` function.
     *
     * @param SessionHandle - Handle of an open session.
     *
     * @example
     * ```ts
     * await WinBioEnrollDiscard(session.value);
     * ```
     */
    WinBioEnrollDiscard(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'enroll-discard' } });
    },
  };
}
