/** Finding out which sensor a person prefers. WBF: operations 1.7. */

import type { HRESULT } from '../../core/hresult.ts';
import { operate, operateWithCallback } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';

/** Receives the unit that was touched; 0 on failure. */
export type PWINBIO_LOCATE_SENSOR_CALLBACK = (
  LocateCallbackContext: unknown,
  OperationStatus: HRESULT,
  UnitId: number,
) => void;

/** Functions that wait for a touch. */
export function locateFunctions(process: WinBioProcess) {
  return {
    /**
     * Waits until a sensor of the pool is touched; a bad capture counts too (D-33). Waits for focus in the system pool.
     * WBF: operations 1.7.
     *
     * Handles: synchronous and asynchronous sessions. Notice: LOCATE_SENSOR.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER.
     *
     * Ends with S_OK, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE,
     * WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioLocateSensor` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Receives the unit that was touched.
     *
     * @example
     * ```ts
     * if ((await WinBioLocateSensor(session.value, unit)) === S_OK) console.log(`unit ${unit.value} was touched`);
     * ```
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
     *
     * Ends with S_OK, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE,
     * WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioLocateSensorWithCallback` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param LocateCallback - Called once with the outcome.
     * @param LocateCallbackContext - Handed to the callback unchanged.
     *
     * @example
     * ```ts
     * await WinBioLocateSensorWithCallback(session.value, onLocated, null);
     * await WinBioWait(session.value);
     * ```
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
