/** `whorl/sensors/serial`: fingerprint modules on serial lines, whose pictures Whorl's engine reads. */

export { SerialSensorAdapter } from '../../../sensors/serial/serial-sensor-adapter.ts';
export { SerialSensors } from '../../../sensors/serial/serial-sensors.ts';
export type { FingerImager, FingerLight } from '../../../serial/finger-imager.ts';
export type { OpenSerialLine, SerialLine, SerialLineObserver } from '../../../serial/serial-line.ts';
export type { SerialDialect, SerialReaderOptions } from '../../../serial/serial-reader-options.ts';
export type { ZfmModelName } from '../../../serial/zfm/models.ts';
