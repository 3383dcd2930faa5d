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

export type PWINBIO_CAPTURE_CALLBACK = (
  CaptureCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Sample: Uint8Array | null,
  SampleSize: number,
  RejectDetail: number,
) => void;

/** `Identity` is borrowed for the duration of the callback. */
export type PWINBIO_IDENTIFY_CALLBACK = (
  IdentifyCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Identity: WINBIO_IDENTITY | null,
  SubFactor: number,
  RejectDetail: number,
) => void;

export type PWINBIO_VERIFY_CALLBACK = (
  VerifyCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
  Match: boolean,
  RejectDetail: number,
) => void;

export type PWINBIO_LOCATE_SENSOR_CALLBACK = (
  LocateCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
) => void;

/** Functions that take a sample. */
export function matchingFunctions(process: WinBioProcess) {
  const issue = (sample: Uint8Array | undefined) => (sample === undefined ? null : process.blocks.issue(sample));
  return {
    /** Captures a sample as the bytes of a BIR; the client frees it. WBF: operations 1.1. */
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

    /** WBF: operations 1.2. */
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

    /** Captures a sample and searches it. WBF: operations 1.3. */
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

    /** WBF: operations 1.4. */
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

    /** Captures a sample and compares it with one identity's templates. WBF: operations 1.5. */
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

    /** WBF: operations 1.6. */
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

    /** Waits until a sensor is touched. WBF: operations 1.7. */
    WinBioLocateSensor(SessionHandle: number, UnitId: OutParameter<number>): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'locate-sensor' },
        outputs: [UnitId],
        write: (_, { unitId }) => fill(UnitId, unitId),
      });
    },

    /** WBF: operations 1.7. */
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
  // The argument rules answer what is no identity.
  return { kind: 'verify', identity: identityArgument(identity), subFactor };
}

/** What the argument rules are to judge: an identity, null when missing, anything else when malformed. */
export function identityArgument(structure: WINBIO_IDENTITY | null | undefined): Identity {
  const identity = fromWinbioIdentity(structure);
  return (identity === undefined ? { type: 'malformed' } : identity) as Identity;
}
