/** JPEG to grey pixels and back, by libjpeg-turbo in WebAssembly. ITU-T T.81; JFIF 1.02. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import type { JpegModule } from '../codec/codec-module.ts';
import { JPEG_CODEC } from '../codec/picture-codecs.ts';
import { type DecodedSamples, runDecoder, runEncoder } from '../codec/run-codec.ts';
import { formatError } from '../format-error.ts';
import { chooseResolution } from '../image/choose-resolution.ts';
import { luma } from '../image/grey.ts';
import { checkGreyImage, type DecodeImageOptions } from '../image/image-limits.ts';
import { orient } from '../image/orient.ts';
import { readJpegHeader } from './jpeg-header.ts';

const PLACE = { format: 'JPEG', field: 'image', offset: 0 };
/** The codec holds the file, the pixels, and for progressive pictures the coefficients of all of them. */
const BYTES_PER_SAMPLE = 8;
const BASE_BYTES = 64 * 2 ** 20;
/** Pictures are coded in squares of so many pixels, and smaller ones are not written. */
const BLOCK_PX = 8;
/** 26 bits of a code and its value, and as many stuffed zeros as ever stand between them. ITU-T T.81 F.1.2. */
const MOST_BYTES_A_PIXEL = 4;
/** All tables of a grey picture are 330 bytes. */
const HEADER_BYTES = 640;
/** Where a JFIF header states units and densities. */
const DENSITY_AT = 13;

/**
 * The image as 8-bit grey, upright as its Exif orientation says; colours by their luma. Baseline, progressive,
 * arithmetic and lossless JPEG of 8 bits. The resolution is `resolutionPpi`, else that of JFIF, else that of Exif.
 * Needs the package `@cornerstonejs/codec-libjpeg-turbo-8bit`.
 *
 * Throws WHORL_E_MALFORMED for broken files; WHORL_E_LIMIT_EXCEEDED above `maxPixels` and for scans that would take
 * minutes; WHORL_E_UNSUPPORTED_FORMAT for other depths and colours, unequal resolutions, a file without a resolution
 * when none was given, and where the package is not installed; E_INVALIDARG for a `resolutionPpi` that is not above
 * zero.
 *
 * @example
 * const image = decodeJpeg(await readFile('print.jpg'), { resolutionPpi: 500 });
 */
export function decodeJpeg(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const { widthPx, heightPx, components, statedPpi, orientation } = readJpegHeader(bytes, options.maxPixels);
  const place = { ...PLACE, field: 'density' };
  const resolutionPpi = chooseResolution(place, statedPpi, options);
  const limit = BASE_BYTES + bytes.length + widthPx * heightPx * components * BYTES_PER_SAMPLE;
  const decoded = JPEG_CODEC.use(PLACE, limit, ({ JPEGDecoder }) => runDecoder(new JPEGDecoder(), bytes, () => ({})));
  const pixels = greyOf(decoded, widthPx * heightPx);
  return orient({ widthPx, heightPx, resolutionPpi, pixels }, orientation);
}

/** Options of {@link encodeJpeg}. */
export interface EncodeJpegOptions {
  /** 1 to 100; 90 when absent. */
  readonly quality?: number;
}

/**
 * A baseline JPEG of one component; its JFIF density states the resolution as a whole number. Needs the package
 * `@cornerstonejs/codec-libjpeg-turbo-8bit`. Throws E_INVALIDARG for a `quality` out of range, below 8 pixels a side,
 * and when sizes, pixels and resolution are not those of an image, WHORL_E_UNSUPPORTED_FORMAT where the package is not
 * installed.
 *
 * @example
 * await writeFile('print.jpg', encodeJpeg(image, { quality: 95 }));
 */
export function encodeJpeg(image: GreyImage, options: EncodeJpegOptions = {}): Uint8Array {
  const { quality = 90 } = options;
  checkGreyImage(image, 0xffff);
  if (!(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new BiometricError('E_INVALIDARG', `quality is ${quality}; give a whole number, 1 to 100`);
  }
  if (Math.min(image.widthPx, image.heightPx) < BLOCK_PX) {
    throw new BiometricError('E_INVALIDARG', `a JPEG is at least ${BLOCK_PX} pixels wide and high`);
  }
  const density = Math.round(image.resolutionPpi);
  if (density > 0xffff) throw new BiometricError('E_INVALIDARG', 'resolutionPpi must be 1..65535');
  const limit = BASE_BYTES + image.pixels.length * BYTES_PER_SAMPLE;
  const prepare = (encoder: InstanceType<JpegModule['JPEGEncoder']>): void => {
    encoder.setQuality(quality);
    encoder.setProgressive(false);
  };
  const bytes = JPEG_CODEC.use(PLACE, limit, ({ JPEGEncoder }) =>
    runEncoder(new JPEGEncoder(), image, prepare, roomPerSample(image)),
  );
  bytes.set([1, density >> 8, density & 0xff, density >> 8, density & 0xff], DENSITY_AT);
  return bytes;
}

/**
 * Bytes that the codec has to believe a sample to have, at most 31. It writes the file into as many bytes as it holds
 * of samples, and does not look whether they suffice: noise and small pictures outgrow that.
 */
function roomPerSample({ widthPx, heightPx }: GreyImage): number {
  const whole = (side: number) => Math.ceil(side / BLOCK_PX) * BLOCK_PX;
  return Math.ceil((MOST_BYTES_A_PIXEL * whole(widthPx) * whole(heightPx) + HEADER_BYTES) / (widthPx * heightPx));
}

function greyOf({ samples, componentCount }: DecodedSamples, pixelCount: number): Uint8Array {
  if (samples.length !== pixelCount * componentCount) {
    throw formatError('WHORL_E_MALFORMED', PLACE, 'has another size than its header says');
  }
  if (componentCount === 1) return samples;
  const pixels = new Uint8Array(pixelCount);
  for (let i = 0, at = 0; i < pixelCount; i++, at += componentCount) {
    pixels[i] = luma(samples[at]!, samples[at + 1]!, samples[at + 2]!);
  }
  return pixels;
}
