/** Bytes to records and back: samples, images and templates as other systems write them. */

export * from './ansi-nist/index.ts';
export * from './bir/ansi-381.ts';
export * from './bir/bir.ts';
export * from './bir/fingerprint-sample.ts';
export * from './decode-image.ts';
export * from './detect.ts';
export * from './file-images.ts';
export * from './finger-image/index.ts';
export { decodeBmp, type EncodeBmpOptions, encodeBmp } from './image/bmp.ts';
export { type AssumedResolution, LEAST_STATED_PPI, type ResolutionOptions } from './image/choose-resolution.ts';
export { type ChosenImageOptions, DEFAULT_MAX_PIXELS, type DecodeImageOptions } from './image/image-limits.ts';
export { decodePgm, encodePgm } from './image/pgm.ts';
export { decodePng } from './image/png.ts';
export { type EncodePngOptions, encodePng } from './image/png-writer.ts';
export { decodeRaw, type RawImageOptions } from './image/raw.ts';
export { decodeTiff, encodeTiff } from './image/tiff/tiff.ts';
export { decodeJpeg, type EncodeJpegOptions, encodeJpeg } from './jpeg/jpeg.ts';
export { decodeJpeg2000, type EncodeJpeg2000Options, encodeJpeg2000 } from './jpeg-2000/jpeg-2000.ts';
export * from './minutiae/index.ts';
export { type DecodeImageInThreadOptions, decodeImageInThread } from './thread/decode-image-in-thread.ts';
export { unwrapIcaoDg3 } from './wrapped/icao-dg3.ts';
export { unwrapPivCbeff } from './wrapped/piv-cbeff.ts';
export { unwrap } from './wrapped/unwrap.ts';
export { decodeWsq, type EncodeWsqOptions, encodeWsq } from './wsq/index.ts';
