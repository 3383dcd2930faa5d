/** WSQ, the compression of fingerprint images in law enforcement. */

export { decodeWsq, isWsq } from './wsq-decoder.ts';
export { type EncodeWsqOptions, encodeWsq } from './wsq-encoder.ts';
