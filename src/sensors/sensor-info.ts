/** What a software fingerprint sensor says about itself. */

import type { SensorInfo } from '../adapters/sensor-adapter.ts';
import {
  WINBIO_CAPABILITY_SENSOR,
  WINBIO_CAPABILITY_VIRTUAL_SENSOR,
  WINBIO_DATA_FLAG_RAW,
  WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
  WINBIO_TYPE_FINGERPRINT,
} from '../core/constants.ts';
import type { BiometricFactor } from '../core/identifiers.ts';

/** Info of a virtual touch sensor; its device path is made of model and serial number. */
export function softwareSensorInfo(
  model: string,
  description: string,
  serialNumber: string,
  options: { readonly capabilities?: number | undefined; readonly factor?: BiometricFactor | undefined } = {},
): SensorInfo {
  const { capabilities = 0, factor = WINBIO_TYPE_FINGERPRINT } = options;
  return Object.freeze({
    factor,
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
