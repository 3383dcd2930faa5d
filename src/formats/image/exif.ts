/** What Exif says about a picture: the directory of a TIFF inside another file. Exif 2.32, 4.5, 4.6.4. */

import { isBiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { pixelsPerInch } from './image-limits.ts';
import { readDirectory, TAG } from './tiff/tiff-directory.ts';

/** What is used of it. */
export interface Exif {
  /** 1 to 8. */
  readonly orientation?: number;
  readonly resolutionPpi?: number;
}

const CM_PER_INCH = 2.54;
const INCH = 2;
const CENTIMETRE = 3;

/** Reads a block that begins with the byte order. A broken one says nothing: pictures do not depend on it. */
export function readExif(block: Uint8Array): Exif {
  const littleEndian = block[0] === 0x49;
  try {
    const tags = readDirectory(new ByteReader('Exif', block, { littleEndian }));
    const orientation = tags.get(TAG.orientation)?.[0];
    const [x, y] = [tags.get(TAG.xResolution)?.[0], tags.get(TAG.yResolution)?.[0]];
    const unit = tags.get(TAG.resolutionUnit)?.[0] ?? INCH;
    const isStated = x !== undefined && x === y && Number.isFinite(x) && (unit === INCH || unit === CENTIMETRE);
    return {
      ...(orientation !== undefined && { orientation }),
      ...(isStated && {
        resolutionPpi: unit === CENTIMETRE ? pixelsPerInch(x, CM_PER_INCH) : Math.round(x * 100) / 100,
      }),
    };
  } catch (thrown) {
    if (!isBiometricError(thrown)) throw thrown;
    return {};
  }
}
