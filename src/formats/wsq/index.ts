/** WSQ, the compression of fingerprint images in law enforcement. Runs anywhere. */

export { decodeWsq, isWsq } from './wsq-decoder.ts';
export { type EncodeWsqOptions, encodeWsq } from './wsq-encoder.ts';
