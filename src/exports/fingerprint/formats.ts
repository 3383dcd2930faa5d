/** `@whorl/fingerprint/formats`: records and images as bytes. */

export * from '../../formats/index.ts';
export {
  type DecodeImageInThreadOptions,
  decodeImageInThread,
} from '../../formats/thread/decode-image-in-thread.ts';
