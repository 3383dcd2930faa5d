/** A fingerprint image as the complete raw sample a sensor hands out, and back. */

import { BiometricError } from '../../core/biometric-error.ts';
import * as c from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { formatError } from '../format-error.ts';
import { chooseResolution } from '../image/choose-resolution.ts';
import type { DecodeImageOptions } from '../image/image-limits.ts';
import { acquisitionLevel, decodeAnsi381, encodeAnsi381 } from './ansi-381.ts';
import { decodeBir, encodeBir, ticksFromDate } from './bir.ts';

/** What a sample says about itself beside its pixels. */
export interface FingerprintSampleOptions {
  /** OR of `WINBIO_PURPOSE_*`, at least one. */
  readonly purpose: number;
  /** Which finger; `WINBIO_SUBTYPE_NO_INFORMATION` when absent. */
  readonly subFactor?: number;
  /** 0 to 100; "not set" when absent. */
  readonly quality?: number;
  /** Moment of the capture; the record states none when absent. */
  readonly createdAt?: Date;
}

/**
 * A raw sample: one BIR with an ANSI 381 block. Throws E_INVALIDARG for images and values that it cannot hold. C-153,
 * C-157
 *
 * @example
 * const sample = encodeFingerprintSample(image, { purpose: WINBIO_PURPOSE_IDENTIFY });
 */
export function encodeFingerprintSample(image: GreyImage, options: FingerprintSampleOptions): Uint8Array {
  const { purpose, subFactor = c.WINBIO_SUBTYPE_NO_INFORMATION, quality, createdAt } = options;
  if (!(Number.isInteger(purpose) && purpose > 0 && purpose <= 0xff)) {
    throw new BiometricError('E_INVALIDARG', 'a sample needs a purpose');
  }
  return encodeBir({
    header: {
      dataFlags: c.WINBIO_DATA_FLAG_RAW | c.WINBIO_DATA_FLAG_OPTION_MASK_PRESENT,
      factor: c.WINBIO_TYPE_FINGERPRINT,
      subFactor,
      purpose,
      quality: quality ?? c.WINBIO_DATA_QUALITY_NOT_SET,
      ...(createdAt && { creationTicks: ticksFromDate(createdAt) }),
    },
    standard: encodeAnsi381({
      productId: { owner: 0, type: 0 },
      captureDeviceId: 0,
      acquisitionLevel: acquisitionLevel(image.resolutionPpi),
      images: [
        { image, position: imagePosition(subFactor), impressionType: c.WINBIO_ANSI_381_IMP_TYPE_LIVE_SCAN_PLAIN },
      ],
    }),
  });
}

/**
 * The image of a sample. The resolution is `resolutionPpi`, else that of the sample. Throws WHORL_E_MALFORMED for broken
 * bytes, WHORL_E_UNSUPPORTED_FORMAT for another factor, no uncompressed image or a resolution of screens,
 * WHORL_E_LIMIT_EXCEEDED above `maxPixels`, E_INVALIDARG for a `resolutionPpi` that is not above zero.
 *
 * @example
 * const { widthPx, heightPx, pixels } = decodeFingerprintSample(sample);
 */
export function decodeFingerprintSample(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const { header, standard } = decodeBir(bytes);
  if ((header.factor ?? c.WINBIO_TYPE_FINGERPRINT) !== c.WINBIO_TYPE_FINGERPRINT) {
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place('Type', 40), 'is not a fingerprint');
  }
  if (standard === undefined) {
    throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place('StandardDataBlock', 8), 'there is none');
  }
  const { image } = decodeAnsi381(standard, options).images[0]!;
  return { ...image, resolutionPpi: chooseResolution(place('StandardDataBlock', 8), image.resolutionPpi, options) };
}

function place(field: string, offset: number) {
  return { format: 'BIR', field, offset };
}

/** Positions above the table of ANSI 381 (the ten unspecified ones) have no name there. */
function imagePosition(subFactor: number): number {
  return subFactor <= c.WINBIO_ANSI_381_POS_LH_HYPOTHENAR ? subFactor : c.WINBIO_ANSI_381_POS_UNKNOWN;
}
