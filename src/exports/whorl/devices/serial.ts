/** `whorl/devices/serial`: fingerprint modules on serial lines that compare inside. */

export { SerialDevice } from '../../../devices/serial/serial-device.ts';
export { SerialDevices } from '../../../devices/serial/serial-devices.ts';
export type { SerialReaderOptions } from '../../../serial/serial-reader-options.ts';
export {
  type ZfmCandidate,
  ZfmModule,
  type ZfmModuleOptions,
  type ZfmParameters,
} from '../../../serial/zfm/zfm-module.ts';
