/** `whorl/winbio`: the names of winbio.h, for programs ported from Windows. */

export * from '../../core/constants.ts';
export type { GreyImage } from '../../core/grey-image.ts';
export { FAILED, formatHresult, type HRESULT, SUCCEEDED } from '../../core/hresult.ts';
export * from '../../core/result-constants.ts';
export { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
export type { DecodeImageOptions } from '../../formats/image/image-limits.ts';
export type * from '../../winbio/async-result.ts';
export { bindWinBio, type WinBio } from '../../winbio/bind-winbio.ts';
export type * from '../../winbio/bir-structures.ts';
export {
  type DatabaseIdArgument,
  WINBIO_DB_BOOTSTRAP,
  WINBIO_DB_DEFAULT,
  WINBIO_DB_ONCHIP,
} from '../../winbio/database-id.ts';
export { decodeProperty, encodeAntiSpoofPolicy } from '../../winbio/decode-property.ts';
export type { PWINBIO_CAPTURE_CALLBACK } from '../../winbio/functions/capture.ts';
export type { PWINBIO_ENROLL_CAPTURE_CALLBACK } from '../../winbio/functions/enrollment.ts';
export type { PWINBIO_IDENTIFY_CALLBACK } from '../../winbio/functions/identify.ts';
export type { PWINBIO_LOCATE_SENSOR_CALLBACK } from '../../winbio/functions/locate.ts';
export type { PWINBIO_EVENT_CALLBACK } from '../../winbio/functions/monitors.ts';
export type { UnitArrayArgument } from '../../winbio/functions/open.ts';
export type { PWINBIO_VERIFY_CALLBACK } from '../../winbio/functions/verify.ts';
export { fromWinbioIdentity, toWinbioIdentity, type WINBIO_IDENTITY } from '../../winbio/identity.ts';
export { createMessageWindow, type MessageTarget, type MessageWindow, type MSG } from '../../winbio/message-window.ts';
export type { HWND, PWINBIO_ASYNC_COMPLETION_CALLBACK } from '../../winbio/notification.ts';
export { type FilledOut, type Out, type OutParameter, out } from '../../winbio/out.ts';
export type * from '../../winbio/property-structures.ts';
export { readAnsi381, readBir } from '../../winbio/read-bir.ts';
export type * from '../../winbio/scalar-types.ts';
export type * from '../../winbio/structures.ts';
export type { WinBioOptions } from '../../winbio/winbio-process.ts';
