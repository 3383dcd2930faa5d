/** Templates, locks, vendor control. WBF: operations 3 and 5. */

import type { HRESULT } from '../../core/hresult.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { operate } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './matching.ts';

/** Functions on one unit. */
export function managementFunctions(process: WinBioProcess) {
  const control =
    (privileged: boolean) =>
    (
      SessionHandle: number,
      UnitId: number,
      Component: number,
      ControlCode: number,
      SendBuffer: Uint8Array | null | undefined,
      SendBufferSize: number,
      ReceiveBuffer: Uint8Array | null | undefined,
      ReceiveBufferSize: number,
      ReceiveDataSize: OutParameter<number>,
      OperationStatus: OutParameter<number>,
    ): Promise<HRESULT> => {
      const sent = SendBuffer instanceof Uint8Array ? SendBuffer : new Uint8Array();
      const fits = (size: number, buffer: Uint8Array) => Number.isInteger(size) && size >= 0 && size <= buffer.length;
      const received = ReceiveBuffer instanceof Uint8Array ? ReceiveBuffer : new Uint8Array();
      const sizes = fits(SendBufferSize, sent) && fits(ReceiveBufferSize, received);
      return operate(process, SessionHandle, {
        request: {
          kind: 'control-unit',
          privileged,
          unitId: UnitId,
          component: Component,
          controlCode: ControlCode,
          sendBuffer: sent.slice(0, sizes ? SendBufferSize : 0),
          // A size that its buffer does not have is refused by the argument rules.
          receiveBufferSize: sizes ? ReceiveBufferSize : -1,
        },
        pointers: [SendBuffer, ReceiveBuffer],
        outputs: [ReceiveDataSize, OperationStatus],
        receive: ({ received: answer }) => received.set(answer ?? []),
        write: ({ received: answer, operationStatus = 0 }) => {
          fill(ReceiveDataSize, answer?.length ?? 0);
          fill(OperationStatus, operationStatus);
        },
      });
    };
  return {
    /** Lists the sub-factors an identity has templates of; the client frees the array. WBF: operations 3.1. */
    WinBioEnumEnrollments(
      SessionHandle: number,
      UnitId: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactorArray: OutParameter<Uint8Array | null>,
      SubFactorCount: OutParameter<number>,
    ): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'enum-enrollments', unitId: UnitId, identity: identityArgument(Identity) },
        pointers: [Identity],
        outputs: [SubFactorArray, SubFactorCount],
        write: ({ subFactors = [] }) => {
          fill(SubFactorArray, subFactors.length > 0 ? process.blocks.issue(Uint8Array.from(subFactors)) : null);
          fill(SubFactorCount, subFactors.length);
        },
      });
    },

    /** Deletes templates. WBF: operations 3.2. */
    WinBioDeleteTemplate(
      SessionHandle: number,
      UnitId: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactor: number,
    ): Promise<HRESULT> {
      const identity = identityArgument(Identity);
      return operate(process, SessionHandle, {
        request: { kind: 'delete-template', unitId: UnitId, identity, subFactor: SubFactor },
        pointers: [Identity],
      });
    },

    /** Takes exclusive use of a unit, waiting for it if need be. WBF: operations 5.1. */
    WinBioLockUnit(SessionHandle: number, UnitId: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'lock-unit', unitId: UnitId } });
    },

    /** Gives up every lock of the session. WBF: operations 5.2. */
    WinBioUnlockUnit(SessionHandle: number, UnitId: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'unlock-unit', unitId: UnitId } });
    },

    /** Sends a vendor command to an adapter of a locked unit. WBF: operations 5.3. */
    WinBioControlUnit: control(false),

    /** The same, at the privileged entry point. WBF: operations 5.4. */
    WinBioControlUnitPrivileged: control(true),
  };
}
