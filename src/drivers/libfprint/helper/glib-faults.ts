/** What the errors of GLib mean, by their domain and code. libfprint 1.94: fp-device.h, gusb-device.h. */

import type { CodeName } from '../../../core/codes.ts';
import * as c from '../../../core/constants.ts';
import type { RejectDetail } from '../../../core/identifiers.ts';
import type { FaultKind } from '../helper-messages.ts';

/** A GError, copied. */
export interface GlibError {
  readonly domain: string;
  readonly code: number;
  readonly message: string;
}

/** What an error means. */
export type GlibMeaning =
  | { readonly kind: 'fault'; readonly code: CodeName; readonly fault?: FaultKind }
  | { readonly kind: 'rejected'; readonly detail: RejectDetail }
  | { readonly kind: 'duplicate' };

const fault = (code: CodeName, kind?: FaultKind): GlibMeaning => ({
  kind: 'fault',
  code,
  ...(kind && { fault: kind }),
});
const rejected = (detail: RejectDetail): GlibMeaning => ({ kind: 'rejected', detail });
const FAILED = fault('WINBIO_E_DEVICE_FAILURE');

/** G_IO_ERROR_CANCELLED. */
export const CANCELED = { domain: 'g-io-error-quark', code: 19 };

const MEANINGS: Readonly<Record<string, Readonly<Record<number, GlibMeaning>>>> = {
  'fp - device - error - quark': {
    0: FAILED,
    1: fault('E_NOTIMPL'),
    2: fault('WINBIO_E_INVALID_DEVICE_STATE'),
    3: fault('WINBIO_E_DEVICE_BUSY'),
    4: fault('WINBIO_E_DEVICE_BUSY'),
    5: FAILED,
    6: FAILED,
    7: fault('WINBIO_E_DATABASE_NO_SUCH_RECORD'),
    8: fault('WINBIO_E_DATABASE_FULL'),
    9: { kind: 'duplicate' },
    256: fault('WINBIO_E_SENSOR_UNAVAILABLE', 'absent'),
    257: fault('WINBIO_E_DEVICE_FAILURE', 'too-hot'),
  },
  'fp - device - retry - quark': {
    0: rejected(c.WINBIO_FP_POOR_QUALITY),
    1: rejected(c.WINBIO_FP_TOO_SHORT),
    2: rejected(c.WINBIO_FP_POOR_QUALITY),
    3: rejected(c.WINBIO_FP_POOR_QUALITY),
    4: rejected(c.WINBIO_FP_TOO_FAST),
  },
  'g-usb-device-error-quark': {
    4: fault('WINBIO_E_SENSOR_UNAVAILABLE', 'absent'),
    9: fault('E_ACCESSDENIED'),
    10: fault('WINBIO_E_DEVICE_BUSY'),
  },
  [CANCELED.domain]: {
    14: fault('E_ACCESSDENIED'),
    [CANCELED.code]: fault('WINBIO_E_CANCELED'),
    26: fault('WINBIO_E_DEVICE_BUSY'),
  },
};

/** What an error means; that of a table that does not know it is a failure of the device. */
export function meaningOf({ domain, code }: GlibError): GlibMeaning {
  return MEANINGS[domain]?.[code] ?? FAILED;
}
