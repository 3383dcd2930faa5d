/** The enrollment functions. WBF: operations 2. */

import type { HRESULT } from '../../core/hresult.ts';
import { toWinbioIdentity, type WINBIO_IDENTITY } from '../identity.ts';
import { operate, operateWithCallback } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';

export type PWINBIO_ENROLL_CAPTURE_CALLBACK = (
  EnrollCallbackContext: unknown,
  OperationStatus: HRESULT,
  RejectDetail: number,
) => void;

/** Functions that build and store a template. */
export function enrollmentFunctions(process: WinBioProcess) {
  return {
    /** Opens an empty template. WBF: operations 2.1. */
    WinBioEnrollBegin(SessionHandle: number, SubFactor: number, UnitId: number): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'enroll-begin', subFactor: SubFactor, unitId: UnitId },
      });
    },

    /** Picks a person; accepted and ignored for fingerprints. WBF: operations 2.2. */
    WinBioEnrollSelect(SessionHandle: number, SelectorValue: bigint): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'enroll-select', selector: SelectorValue } });
    },

    /** Captures one sample and adds it. WBF: operations 2.3. */
    WinBioEnrollCapture(SessionHandle: number, RejectDetail: OutParameter<number>): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'enroll-capture' },
        outputs: [RejectDetail],
        write: ({ rejectDetail = 0 }) => fill(RejectDetail, rejectDetail),
      });
    },

    /** WBF: operations 2.4. */
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

    /** Stores the template. WBF: operations 2.5. */
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

    /** Ends the enrollment without storing. WBF: operations 2.6. */
    WinBioEnrollDiscard(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'enroll-discard' } });
    },
  };
}
