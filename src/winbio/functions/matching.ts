/** Capture, identify, verify, locate, with their legacy callback forms. WBF: operations 1. */

import { WINBIO_FLAG_RAW } from '../../core/constants.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { Identity } from '../../core/identity.ts';
import type { RequestOf } from '../../core/operation-request.ts';
import { E_ACCESSDENIED, S_OK } from '../../core/result-constants.ts';
import { fromWinbioIdentity, toWinbioIdentity, type WINBIO_IDENTITY } from '../identity.ts';
import { operate, operateWithCallback } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';

/** Receives the outcome of a capture; the program frees `Sample`, null on failure. */
export type PWINBIO_CAPTURE_CALLBACK = (
  CaptureCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Sample: Uint8Array | null,
  SampleSize: number,
  RejectDetail: number,
) => void;

/** Receives the outcome of an identification; `Identity` is lent for the duration of the callback. */
export type PWINBIO_IDENTIFY_CALLBACK = (
  IdentifyCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Identity: WINBIO_IDENTITY | null,
  SubFactor: number,
  RejectDetail: number,
) => void;

/** Receives the outcome of a verification. */
export type PWINBIO_VERIFY_CALLBACK = (
  VerifyCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Match: boolean,
  RejectDetail: number,
) => void;

/** Receives the unit that was touched; 0 on failure. */
export type PWINBIO_LOCATE_SENSOR_CALLBACK = (
  LocateCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
) => void;

/** Functions that take a sample. */
export function matchingFunctions(process: WinBioProcess) {
  const issue = (sample: Uint8Array | undefined) => (sample === undefined ? null : process.blocks.issue(sample));
  return {
    /**
     * Captures a sample from any unit of the pool and exports it as a BIR, to be freed by the program. The session
     * needs `WINBIO_FLAG_RAW` and an administrator; waits for focus in the system pool. WBF: operations 1.1.
     *
     * Handles: synchronous and asynchronous sessions. Notice: CAPTURE_SAMPLE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     * Ends with S_OK, WINBIO_E_BAD_CAPTURE, E_ACCESSDENIED, E_NOTIMPL, WINBIO_E_INVALID_OPERATION,
     * WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED,
     * WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioCaptureSample` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param Purpose - Mask of `WINBIO_PURPOSE_*`; 0 is usual.
     * @param Flags - Mask of `WINBIO_DATA_FLAG_*`; `WINBIO_DATA_FLAG_RAW` is usual.
     * @param UnitId - Receives the unit that captured.
     * @param Sample - Receives the bytes of the BIR; null on failure.
     * @param SampleSize - Receives their number.
     * @param RejectDetail - Receives why the sample was rejected; 0 when it was not.
     */
    WinBioCaptureSample(
      SessionHandle: number,
      Purpose: number,
      Flags: number,
      UnitId: OutParameter<number>,
      Sample: OutParameter<Uint8Array | null>,
      SampleSize: OutParameter<number>,
      RejectDetail: OutParameter<number>,
    ): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'capture-sample', purpose: Purpose, flags: Flags },
        outputs: [UnitId, Sample, SampleSize, RejectDetail],
        write: ({ sample, rejectDetail = 0 }, { unitId }) => {
          fill(UnitId, unitId);
          fill(Sample, issue(sample));
          fill(SampleSize, sample?.length ?? 0);
          fill(RejectDetail, rejectDetail);
        },
      });
    },

    /**
     * Captures a sample like `WinBioCaptureSample`; the outcome goes to a callback, which frees the sample. WBF:
     * operations 1.2.
     *
     * Handles: synchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG,
     * E_ACCESSDENIED, WINBIO_E_SESSION_BUSY.
     * Ends with S_OK, WINBIO_E_BAD_CAPTURE, E_ACCESSDENIED, E_NOTIMPL, WINBIO_E_INVALID_OPERATION,
     * WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED,
     * WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioCaptureSampleWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param Purpose - Mask of `WINBIO_PURPOSE_*`; 0 is usual.
     * @param Flags - Mask of `WINBIO_DATA_FLAG_*`; `WINBIO_DATA_FLAG_RAW` is usual.
     * @param CaptureCallback - Called once with the outcome.
     * @param CaptureCallbackContext - Handed to the callback unchanged.
     */
    WinBioCaptureSampleWithCallback(
      SessionHandle: number,
      Purpose: number,
      Flags: number,
      CaptureCallback: PWINBIO_CAPTURE_CALLBACK | null | undefined,
      CaptureCallbackContext?: unknown,
    ): Promise<HRESULT> {
      return operateWithCallback(process, SessionHandle, {
        request: { kind: 'capture-sample', purpose: Purpose, flags: Flags },
        callback: CaptureCallback,
        denied: ({ flags }) => ((flags & WINBIO_FLAG_RAW) !== 0 ? S_OK : E_ACCESSDENIED),
        done: ({ hresult, unitId, values: { sample, rejectDetail = 0 } }) =>
          CaptureCallback?.(CaptureCallbackContext, hresult, unitId, issue(sample), sample?.length ?? 0, rejectDetail),
      });
    },

    /**
     * Captures a sample from any unit of the pool and searches it in the database of that unit. One sample per call;
     * waits for focus in the system pool. WBF: operations 1.3.
     *
     * Handles: synchronous and asynchronous sessions. Notice: IDENTIFY.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER.
     * Ends with S_OK, WINBIO_E_UNKNOWN_ID, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioIdentify` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Receives the unit that captured.
     * @param Identity - Receives the owner that was found; the null identity when none was.
     * @param SubFactor - Receives the finger that was found.
     * @param RejectDetail - Receives why the sample was rejected; 0 when it was not.
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
     * Ends with S_OK, WINBIO_E_UNKNOWN_ID, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioIdentifyWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param IdentifyCallback - Called once with the outcome.
     * @param IdentifyCallbackContext - Handed to the callback unchanged.
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

    /**
     * Captures a sample and compares it with the templates of one identity. An identity without templates is
     * WINBIO_E_NO_MATCH. Waits for focus in the system pool. WBF: operations 1.5.
     *
     * Handles: synchronous and asynchronous sessions. Notice: VERIFY.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     * Ends with S_OK, WINBIO_E_NO_MATCH, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
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
     * Ends with S_OK, WINBIO_E_NO_MATCH, WINBIO_E_BAD_CAPTURE, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioVerifyWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param Identity - Owner of the templates: a SID in the system pool, a GUID in a private one.
     * @param SubFactor - Finger to compare with, or `WINBIO_SUBTYPE_ANY`.
     * @param VerifyCallback - Called once with the outcome.
     * @param VerifyCallbackContext - Handed to the callback unchanged.
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

    /**
     * Waits until a sensor of the pool is touched; a bad capture counts too (D-33). Waits for focus in the system pool.
     * WBF: operations 1.7.
     *
     * Handles: synchronous and asynchronous sessions. Notice: LOCATE_SENSOR.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER.
     * Ends with S_OK, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE,
     * WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioLocateSensor` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Receives the unit that was touched.
     */
    WinBioLocateSensor(SessionHandle: number, UnitId: OutParameter<number>): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'locate-sensor' },
        outputs: [UnitId],
        write: (_, { unitId }) => fill(UnitId, unitId),
      });
    },

    /**
     * Locates a sensor like `WinBioLocateSensor`; the outcome goes to a callback. WBF: operations 1.7.
     *
     * Handles: synchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER,
     * WINBIO_E_SESSION_BUSY.
     * Ends with S_OK, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE,
     * WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioLocateSensorWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param LocateCallback - Called once with the outcome.
     * @param LocateCallbackContext - Handed to the callback unchanged.
     */
    WinBioLocateSensorWithCallback(
      SessionHandle: number,
      LocateCallback: PWINBIO_LOCATE_SENSOR_CALLBACK | null | undefined,
      LocateCallbackContext?: unknown,
    ): Promise<HRESULT> {
      return operateWithCallback(process, SessionHandle, {
        request: { kind: 'locate-sensor' },
        callback: LocateCallback,
        done: ({ hresult, unitId }) => LocateCallback?.(LocateCallbackContext, hresult, unitId),
      });
    },
  };
}

function verifyRequest(identity: WINBIO_IDENTITY | null | undefined, subFactor: number): RequestOf<'verify'> {
  return { kind: 'verify', identity: identityArgument(identity), subFactor };
}

/** An identity for the argument rules to judge: null when missing, and of no known type when malformed. */
export function identityArgument(structure: WINBIO_IDENTITY | null | undefined): Identity {
  const identity = fromWinbioIdentity(structure);
  return (identity === undefined ? { type: 'malformed' } : identity) as Identity;
}
