/**
 * One picture through a codec: bytes in, copies out, and nothing of the codec held afterwards. Its views are of any
 * kind.
 */

import type { GreyImage } from '../../core/grey-image.ts';
import type { FrameInfo, PictureDecoder, PictureEncoder } from './codec-module.ts';

/** Samples as a codec found them. */
export interface DecodedSamples extends FrameInfo {
  readonly samples: Uint8Array;
}

/** Decodes a file, then reads `beside` from the decoder. Throws what the codec throws. */
export function runDecoder<Decoder extends PictureDecoder, Beside extends object>(
  decoder: Decoder,
  bytes: Uint8Array,
  beside: (decoder: Decoder) => Beside,
): DecodedSamples & Beside {
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    return { ...decoder.getFrameInfo(), samples: new Uint8Array(decoder.getDecodedBuffer()), ...beside(decoder) };
  } finally {
    decoder.delete();
  }
}

/**
 * Encodes grey pixels; `prepare` sets what the codec is asked for. `bytesPerSample` makes the codec's buffers larger
 * where it measures them by the samples. Throws what the codec throws.
 */
export function runEncoder<Encoder extends PictureEncoder>(
  encoder: Encoder,
  { widthPx, heightPx, pixels }: GreyImage,
  prepare: (encoder: Encoder) => void,
  bytesPerSample = 1,
): Uint8Array {
  try {
    prepare(encoder);
    const bitsPerSample = 8 * bytesPerSample;
    const frame = { width: widthPx, height: heightPx, bitsPerSample, componentCount: 1, isSigned: false };
    encoder.getDecodedBuffer(frame).set(pixels);
    encoder.encode();
    return new Uint8Array(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
}
