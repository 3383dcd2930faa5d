/** What a software fingerprint sensor says about itself. */

import type { SensorInfo } from '../adapters/sensor-adapter.ts';
import {
  WINBIO_CAPABILITY_SENSOR,
  WINBIO_CAPABILITY_VIRTUAL_SENSOR,
  WINBIO_DATA_FLAG_RAW,
  WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
  WINBIO_TYPE_FINGERPRINT,
} from '../core/constants.ts';

/** Info of a virtual touch sensor; its device path is made of model and serial number. */
export function softwareSensorInfo(
  model: string,
  description: string,
  serialNumber: string,
  capabilities = 0,
): SensorInfo {
  return Object.freeze({
    factor: WINBIO_TYPE_FINGERPRINT,
    subType: WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
    capabilities: WINBIO_CAPABILITY_SENSOR | WINBIO_CAPABILITY_VIRTUAL_SENSOR | capabilities,
    deviceInstanceId: `WHORL\\${model.toUpperCase().replaceAll(' ', '_')}\\${serialNumber}`,
    description,
    manufacturer: 'Whorl',
    model,
    serialNumber,
    firmwareVersion: Object.freeze({ major: 1, minor: 0 }),
    exportFlags: Object.freeze([WINBIO_DATA_FLAG_RAW]),
  });
}
