/** `whorl/sensors/serial`: fingerprint modules on serial lines, whose pictures Whorl's engine reads. */

export type { OpenSerialLine, SerialLine, SerialLineObserver } from '../../../drivers/serial/serial-line.ts';
export type { SerialDialect, SerialReaderOptions } from '../../../drivers/serial/serial-reader-options.ts';
export type { ZfmModelName } from '../../../drivers/serial/zfm/models.ts';
export { SerialSensors } from '../../../sensors/serial/serial-sensors.ts';
