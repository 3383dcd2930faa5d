/** Capture of a sample for export. WBF: operations 1.1 and 1.2. */

import { WINBIO_FLAG_RAW } from '../../core/constants.ts';
import type { HRESULT } from '../../core/hresult.ts';
import { E_ACCESSDENIED, S_OK } from '../../core/result-constants.ts';
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

/** Functions that export a sample. */
export function captureFunctions(process: WinBioProcess) {
  const issue = (sample: Uint8Array | undefined) => (sample === undefined ? null : process.blocks.issue(sample));
  return {
    /**
     * Captures a sample from any unit of the pool and exports it as a BIR, to be freed by the program. The session
     * needs `WINBIO_FLAG_RAW` and an administrator; waits for focus in the system pool. WBF: operations 1.1.
     *
     * Handles: synchronous and asynchronous sessions. Notice: CAPTURE_SAMPLE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     *
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
     *
     * @example
     * ```ts
     * const hr = await WinBioCaptureSample(session.value, WINBIO_PURPOSE_AUDIT, WINBIO_DATA_FLAG_RAW, unit, sample, size, rejectDetail);
     * if (hr === S_OK) WinBioFree(sample.value);
     * ```
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
     * Captures a sample like `WinBioCaptureSample`; the outcome goes to a callback, which frees the sample.
     * WBF: operations 1.2.
     *
     * Handles: synchronous sessions.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG,
     * E_ACCESSDENIED, WINBIO_E_SESSION_BUSY.
     *
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
     *
     * @example
     * ```ts
     * await WinBioCaptureSampleWithCallback(session.value, WINBIO_PURPOSE_AUDIT, WINBIO_DATA_FLAG_RAW, onSample, null);
     * await WinBioWait(session.value);
     * ```
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
  };
}
