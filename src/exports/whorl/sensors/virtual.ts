/** `whorl/sensors/virtual`: a scripted reader. */

export type { ImageSource } from '../../../sensors/image-source.ts';
export { VirtualReader, type VirtualReaderOptions } from '../../../sensors/virtual/virtual-reader.ts';
export type { TouchOutcome } from '../../../sensors/virtual/virtual-sensor-adapter.ts';
