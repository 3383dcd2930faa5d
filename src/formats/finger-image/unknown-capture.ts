/** What ISO/IEC 19794-4:2011 has for a capture of which nothing is known. */

import type { FingerImageCapture } from './finger-image-record.ts';

/** The capture of an image of which nothing is known. */
export const UNKNOWN_CAPTURE: FingerImageCapture = {
  dateTime: [0xffff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xffff],
  deviceTechnology: 0,
  deviceVendorId: 0,
  deviceTypeId: 0,
  certificates: [],
  extendedData: new Uint8Array(),
};
