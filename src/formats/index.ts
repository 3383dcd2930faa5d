/** Bytes to records and back: samples, images and templates as other systems write them. Runs anywhere. */

export * from './ansi-381.ts';
export * from './ansi-nist/index.ts';
export * from './bir.ts';
export { decodeBmp, encodeBmp } from './bmp.ts';
export * from './decode-image.ts';
export * from './detect.ts';
export * from './finger-image/index.ts';
export * from './fingerprint-sample.ts';
export { DEFAULT_MAX_PIXELS, type DecodeImageOptions } from './image-limits.ts';
export * from './minutiae/index.ts';
export { decodePgm, encodePgm } from './pgm.ts';
export { decodePng, encodePng } from './png.ts';
export { decodeRaw, type RawImageOptions } from './raw.ts';
export { decodeTiff, encodeTiff } from './tiff/tiff.ts';
export { decodeWsq, type EncodeWsqOptions, encodeWsq } from './wsq/index.ts';
