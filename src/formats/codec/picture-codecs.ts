/** The codecs of other packages: JPEG by libjpeg-turbo, JPEG 2000 by OpenJPEG. */

import type { Jpeg2000Module, JpegModule } from './codec-module.ts';
import { WasmCodec } from './wasm-codec.ts';

/** libjpeg-turbo: baseline, progressive, arithmetic and lossless JPEG. */
export const JPEG_CODEC = new WasmCodec<JpegModule>({
  packageName: '@cornerstonejs/codec-libjpeg-turbo-8bit',
  load: (require) => require('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs'),
  find: (require) => require.resolve('@cornerstonejs/codec-libjpeg-turbo-8bit/wasm'),
});

/** OpenJPEG: JPEG 2000, part 1. */
export const JPEG_2000_CODEC = new WasmCodec<Jpeg2000Module>({
  packageName: '@cornerstonejs/codec-openjpeg',
  load: (require) => require('@cornerstonejs/codec-openjpeg/wasmjs'),
  find: (require) => require.resolve('@cornerstonejs/codec-openjpeg/wasm'),
});
