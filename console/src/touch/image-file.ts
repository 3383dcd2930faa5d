/** Reads an image of a finger from a file of any known format. The decoders are loaded with the first file. */

import { type GreyImage, isBiometricError } from '../../../src/exports/whorl/client/browser.ts';

export interface ImageFile {
  readonly name: string;
  readonly image: GreyImage;
  /** Assumed because the file states no resolution. */
  readonly assumedPpi?: number;
}

/** Resolution of most readers, and so of files that state none. */
const USUAL_PPI = 500;

/** Rejects with WHORL_E_UNSUPPORTED_FORMAT and WHORL_E_MALFORMED. */
export async function readImage(file: File): Promise<ImageFile> {
  const { decodeImage } = await import('../../../src/exports/whorl/formats.ts');
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return { name: file.name, image: decodeImage(bytes) };
  } catch (thrown) {
    if (!isBiometricError(thrown) || thrown.code !== 'WHORL_E_UNSUPPORTED_FORMAT') throw thrown;
    return { name: file.name, image: decodeImage(bytes, { resolutionPpi: USUAL_PPI }), assumedPpi: USUAL_PPI };
  }
}
