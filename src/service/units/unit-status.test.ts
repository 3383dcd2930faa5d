import { expect, test } from 'vitest';
import * as c from '../../core/constants.ts';
import { S_OK, WINBIO_E_DATABASE_CORRUPTED, WINBIO_E_DEVICE_FAILURE } from '../../core/result-constants.ts';
import { unitStatus } from './unit-status.ts';

test.each([
  ['idle', S_OK, c.WINBIO_SENSOR_READY, 0],
  ['delivering', S_OK, c.WINBIO_SENSOR_BUSY, 0],
  // A unit that could not be configured cannot be used, and says why.
  ['idle', WINBIO_E_DATABASE_CORRUPTED, c.WINBIO_SENSOR_UNAVAILABLE, WINBIO_E_DATABASE_CORRUPTED],
  ['failed', WINBIO_E_DATABASE_CORRUPTED, c.WINBIO_SENSOR_FAILURE, WINBIO_E_DEVICE_FAILURE],
  ['gone', S_OK, c.WINBIO_SENSOR_UNAVAILABLE, 0],
] as const)('%s, configured with %d', (pump, creationResult, availability, reasonCode) => {
  expect(unitStatus(pump, creationResult)).toEqual({ availability, reasonCode });
});
