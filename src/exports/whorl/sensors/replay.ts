/** `whorl/sensors/replay`: a reader that plays the PNG files of a folder. */

export { ReplayReader, type ReplayReaderOptions } from '../../../sensors/replay/replay-reader.ts';
