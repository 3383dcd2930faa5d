/** JPEG 2000 to grey pixels and back, by OpenJPEG in WebAssembly. ISO/IEC 15444-1. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { JPEG_2000_CODEC } from '../codec/picture-codecs.ts';
import { type DecodedSamples, runDecoder, runEncoder } from '../codec/run-codec.ts';
import { formatError } from '../format-error.ts';
import { chooseResolution } from '../image/choose-resolution.ts';
import { luma } from '../image/grey.ts';
import { checkGreyImage, type DecodeImageOptions } from '../image/image-limits.ts';
import { sampler, toByte } from '../image/samples.ts';
import { jp2File } from './jp2-file.ts';
import { readJpeg2000Header } from './jpeg-2000-header.ts';

const PLACE = { format: 'JPEG 2000', field: 'codestream', offset: 0 };
/** The codec holds every sample as a coefficient, as an integer of the picture, and as it is handed out. */
const BYTES_PER_SAMPLE = 24;
const BASE_BYTES = 64 * 2 ** 20;
/** Encoders halve a picture five times; the codec cannot halve below one pixel. */
const USUAL_HALVINGS = 5;
/** A colour space of luma and chromas: its first component is the grey. */
const LUMA_AND_CHROMA = 3;

/**
 * The image as 8-bit grey; colours by their luma, up to 16 bits rounded to 8. Files (JP2) and bare codestreams, lossy
 * and lossless. The resolution is `resolutionPpi`, else that at capture of the file. Needs the package
 * `@cornerstonejs/codec-openjpeg`.
 *
 * Throws WHORL_E_MALFORMED for broken files; WHORL_E_LIMIT_EXCEEDED above `maxPixels`, and for more than 1024 tiles or
 * 256 layers; WHORL_E_UNSUPPORTED_FORMAT for signed, subsampled or more than three components, unequal resolutions, a
 * file without a resolution when none was given, and where the package is not installed; E_INVALIDARG for a
 * `resolutionPpi` that is not above zero.
 *
 * @example
 * const image = decodeJpeg2000(await readFile('print.jp2'));
 */
export function decodeJpeg2000(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const { widthPx, heightPx, components, statedPpi } = readJpeg2000Header(bytes, options.maxPixels);
  const place = { ...PLACE, field: 'res' };
  const resolutionPpi = chooseResolution(place, statedPpi, options);
  const limit = BASE_BYTES + bytes.length + widthPx * heightPx * components * BYTES_PER_SAMPLE;
  const decoded = JPEG_2000_CODEC.use(PLACE, limit, ({ J2KDecoder }) =>
    runDecoder(new J2KDecoder(), bytes, (decoder) => ({ colourSpace: decoder.getColorSpace() })),
  );
  const pixels = greyOf(decoded, widthPx * heightPx, decoded.colourSpace === LUMA_AND_CHROMA);
  return { widthPx, heightPx, resolutionPpi, pixels };
}

/** Options of {@link encodeJpeg2000}. */
export interface EncodeJpeg2000Options {
  /** How many times smaller than the pixels, 1 to 1000, with loss; lossless when absent. */
  readonly compressionRatio?: number;
}

/**
 * A JPEG 2000 file (JP2) that states the resolution at capture; lossless unless a ratio is given. Needs the package
 * `@cornerstonejs/codec-openjpeg`. Throws E_INVALIDARG for a `compressionRatio` out of range and when sizes, pixels and
 * resolution are not those of an image, WHORL_E_UNSUPPORTED_FORMAT where the package is not installed.
 *
 * @example
 * await writeFile('print.jp2', encodeJpeg2000(image));
 * await writeFile('small.jp2', encodeJpeg2000(image, { compressionRatio: 10 }));
 */
export function encodeJpeg2000(image: GreyImage, options: EncodeJpeg2000Options = {}): Uint8Array {
  const { compressionRatio } = options;
  checkGreyImage(image);
  if (compressionRatio !== undefined && !(compressionRatio >= 1 && compressionRatio <= 1000)) {
    throw new BiometricError('E_INVALIDARG', `compressionRatio is ${compressionRatio}; give a number, 1 to 1000`);
  }
  const shorter = Math.min(image.widthPx, image.heightPx);
  const limit = BASE_BYTES + image.pixels.length * BYTES_PER_SAMPLE;
  const codestream = JPEG_2000_CODEC.use(PLACE, limit, ({ J2KEncoder }) =>
    runEncoder(new J2KEncoder(), image, (encoder) => {
      encoder.setDecompositions(Math.min(USUAL_HALVINGS, Math.floor(Math.log2(shorter))));
      encoder.setQuality(compressionRatio === undefined, 1);
      if (compressionRatio !== undefined) encoder.setCompressionRatio(0, compressionRatio);
    }),
  );
  return jp2File(codestream, image);
}

function greyOf(decoded: DecodedSamples, pixelCount: number, isLumaFirst: boolean): Uint8Array {
  const { samples, componentCount, bitsPerSample } = decoded;
  const sampleBytes = bitsPerSample > 8 ? 2 : 1;
  if (samples.length !== pixelCount * componentCount * sampleBytes || (componentCount !== 1 && componentCount !== 3)) {
    throw formatError('WHORL_E_MALFORMED', PLACE, 'has another size than its header says');
  }
  if (componentCount === 1 && bitsPerSample === 8) return samples;
  const sampleAt = sampler(samples, 8 * sampleBytes, true);
  const byteOf = toByte(bitsPerSample);
  const pixels = new Uint8Array(pixelCount);
  for (let i = 0, at = 0; i < pixelCount; i++, at += componentCount) {
    const first = byteOf(sampleAt(at));
    pixels[i] =
      componentCount === 1 || isLumaFirst ? first : luma(first, byteOf(sampleAt(at + 1)), byteOf(sampleAt(at + 2)));
  }
  return pixels;
}
