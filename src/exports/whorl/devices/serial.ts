/** `whorl/devices/serial`: fingerprint modules on serial lines that compare inside. */

export { SerialDevices } from '../../../devices/serial/serial-devices.ts';
export type { SerialReaderOptions } from '../../../drivers/serial/serial-reader-options.ts';
