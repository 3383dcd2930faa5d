/** Errors of libfprint by their table. */

import { expect, test } from 'vitest';
import * as c from '../../../core/constants.ts';
import { meaningOf } from './glib-faults.ts';

const DEVICE = 'fp - device - error - quark';
const RETRY = 'fp - device - retry - quark';

test.each([
  [DEVICE, 8, { kind: 'fault', code: 'WINBIO_E_DATABASE_FULL' }],
  [DEVICE, 9, { kind: 'duplicate' }],
  [DEVICE, 0x100, { kind: 'fault', code: 'WINBIO_E_SENSOR_UNAVAILABLE', fault: 'absent' }],
  [DEVICE, 0x101, { kind: 'fault', code: 'WINBIO_E_DEVICE_FAILURE', fault: 'too-hot' }],
  [DEVICE, 4711, { kind: 'fault', code: 'WINBIO_E_DEVICE_FAILURE' }],
  [RETRY, 1, { kind: 'rejected', detail: c.WINBIO_FP_TOO_SHORT }],
  [RETRY, 3, { kind: 'rejected', detail: c.WINBIO_FP_POOR_QUALITY }],
  ['g-io-error-quark', 19, { kind: 'fault', code: 'WINBIO_E_CANCELED' }],
  ['g-usb-device-error-quark', 9, { kind: 'fault', code: 'E_ACCESSDENIED' }],
  ['another-quark', 0, { kind: 'fault', code: 'WINBIO_E_DEVICE_FAILURE' }],
])('%s %i', (domain, code, meaning) => {
  expect(meaningOf({ domain, code, message: 'x' })).toEqual(meaning);
});
