/** Locks and vendor commands. WBF: operations 5. */

import type { HRESULT } from '../../core/hresult.ts';
import { operate } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';

/** Functions on one unit. */
export function unitFunctions(process: WinBioProcess) {
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
          // The argument rules refuse -1: the buffer is shorter than its stated size.
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
    /**
     * Takes exclusive use of a unit, waiting while another session holds it. A session locks one unit at a time.
     * WBF: operations 5.1.
     *
     * Handles: synchronous and asynchronous sessions. Notice: LOCK_UNIT.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_INVALID_UNIT,
     * WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioLockUnit` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     *
     * @example
     * ```ts
     * if ((await WinBioLockUnit(session.value, unit.value)) === S_OK) {
     *   // No other session uses the unit now.
     *   await WinBioUnlockUnit(session.value, unit.value);
     * }
     * ```
     */
    WinBioLockUnit(SessionHandle: number, UnitId: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'lock-unit', unitId: UnitId } });
    },

    /**
     * Releases the lock of the session, and cancels a lock request that waits. WBF: operations 5.2.
     *
     * Handles: synchronous and asynchronous sessions. Notice: UNLOCK_UNIT.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION,
     * WINBIO_E_CANCELED, WINBIO_E_DISABLED, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioUnlockUnit` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     *
     * @example
     * ```ts
     * await WinBioUnlockUnit(session.value, unit.value);
     * ```
     */
    WinBioUnlockUnit(SessionHandle: number, UnitId: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'unlock-unit', unitId: UnitId } });
    },

    /**
     * Sends a vendor command to an adapter of a unit that the session has locked. WBF: operations 5.3.
     *
     * Handles: synchronous and asynchronous sessions. Notice: CONTROL_UNIT.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_INVALID_CONTROL_CODE, E_NOT_SUFFICIENT_BUFFER, WINBIO_E_INVALID_DEVICE_STATE,
     * WINBIO_E_DEVICE_FAILURE, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION,
     * WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioControlUnit` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     * @param Component - `WINBIO_COMPONENT_*`.
     * @param ControlCode - Defined by the vendor.
     * @param SendBuffer - Bytes of the command; may be empty.
     * @param SendBufferSize - Bytes of the buffer to send.
     * @param ReceiveBuffer - Filled with the answer; may be empty.
     * @param ReceiveBufferSize - Most bytes of the answer.
     * @param ReceiveDataSize - Receives the length of the answer.
     * @param OperationStatus - Receives the status of the vendor.
     *
     * @example
     * ```ts
     * const [answer, size, status] = [new Uint8Array(64), out(0), out(0)];
     * await WinBioControlUnit(session.value, 1, WINBIO_COMPONENT_SENSOR, 0x440004, Uint8Array.of(1), 1, answer, 64, size, status);
     * ```
     */
    WinBioControlUnit: control(false),

    /**
     * Sends a vendor command to the privileged entry point of an adapter. Needs the lock, an administrator and
     * `WINBIO_FLAG_MAINTENANCE`. WBF: operations 5.4.
     *
     * Handles: synchronous and asynchronous sessions. Notice: CONTROL_UNIT_PRIVILEGED.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_INVALID_CONTROL_CODE, E_NOT_SUFFICIENT_BUFFER,
     * WINBIO_E_INVALID_DEVICE_STATE, WINBIO_E_DEVICE_FAILURE, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL,
     * WINBIO_E_LOCK_VIOLATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY,
     * WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioControlUnitPrivileged` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     * @param Component - `WINBIO_COMPONENT_*`.
     * @param ControlCode - Defined by the vendor.
     * @param SendBuffer - Bytes of the command; may be empty.
     * @param SendBufferSize - Bytes of the buffer to send.
     * @param ReceiveBuffer - Filled with the answer; may be empty.
     * @param ReceiveBufferSize - Most bytes of the answer.
     * @param ReceiveDataSize - Receives the length of the answer.
     * @param OperationStatus - Receives the status of the vendor.
     *
     * @example
     * ```ts
     * const [answer, size, status] = [new Uint8Array(64), out(0), out(0)];
     * await WinBioControlUnitPrivileged(
     *   session.value, 1, WINBIO_COMPONENT_SENSOR, 0x440004, Uint8Array.of(1), 1, answer, 64, size, status,
     * );
     * ```
     */
    WinBioControlUnitPrivileged: control(true),
  };
}
