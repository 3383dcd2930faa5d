/** `whorl/sensors/serial`: fingerprint modules on serial lines, whose pictures Whorl's engine reads. */

export { SerialSensors } from '../../../sensors/serial/serial-sensors.ts';
export type { OpenSerialLine, SerialLine, SerialLineObserver } from '../../../serial/serial-line.ts';
export type { SerialDialect, SerialReaderOptions } from '../../../serial/serial-reader-options.ts';
export type { ZfmModelName } from '../../../serial/zfm/models.ts';
