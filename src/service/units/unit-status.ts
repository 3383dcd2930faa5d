/** The status of a unit: what its property EXTENDED_UNIT_STATUS says and framework monitors hear. WBF: service 3.4. */

import {
  WINBIO_SENSOR_BUSY,
  WINBIO_SENSOR_FAILURE,
  WINBIO_SENSOR_READY,
  WINBIO_SENSOR_UNAVAILABLE,
} from '../../core/constants.ts';
import type { HRESULT } from '../../core/hresult.ts';
import { S_OK, WINBIO_E_DEVICE_FAILURE } from '../../core/result-constants.ts';
import type { PumpState } from '../machines/pump-machine.ts';

/** Whether a unit can be used. */
export interface UnitStatus {
  /** `WINBIO_SENSOR_*`. */
  readonly availability: number;
  /** Why it cannot; 0 when it can. */
  readonly reasonCode: HRESULT;
}

const AVAILABILITY = {
  idle: WINBIO_SENSOR_READY,
  capturing: WINBIO_SENSOR_BUSY,
  stopping: WINBIO_SENSOR_BUSY,
  delivering: WINBIO_SENSOR_BUSY,
  failed: WINBIO_SENSOR_FAILURE,
  gone: WINBIO_SENSOR_UNAVAILABLE,
} as const satisfies Record<PumpState, number>;

/** The status of a unit with this capture loop; `creationResult` tells why a unit is unassigned. */
export function unitStatus(pump: PumpState, creationResult: HRESULT): UnitStatus {
  const availability = AVAILABILITY[pump];
  if (availability === WINBIO_SENSOR_FAILURE) return { availability, reasonCode: WINBIO_E_DEVICE_FAILURE };
  if (creationResult === S_OK) return { availability, reasonCode: S_OK };
  return { availability: WINBIO_SENSOR_UNAVAILABLE, reasonCode: creationResult };
}
