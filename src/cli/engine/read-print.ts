/** Reads a print from a file: an image, a template or a minutiae record, whichever its content is. */

import { readFile } from 'node:fs/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import { decodeTemplate, extract, importMinutiae } from '../../fingerprint/index.ts';
import { type DecodeImageOptions, decodeImage, detectFormat, MINUTIAE_LAYOUTS } from '../../formats/index.ts';

/** Pixels per inch of images that do not state it. */
const USUAL_PPI = 500;

/** How to read an image. */
export interface ReadPrintOptions {
  /** Pixels per inch. Default: what the image states, else 500. */
  readonly ppi?: number;
}

/** The bytes of a file. Rejects with E_INVALIDARG when it cannot be read. */
export async function readInput(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new BiometricError('E_INVALIDARG', `cannot read ${path} (${cause.code})`, { cause });
  });
}

/** Options of the image decoder. */
export function imageOptions({ ppi }: ReadPrintOptions): DecodeImageOptions {
  return { resolutionPpi: ppi ?? USUAL_PPI };
}

/**
 * The template of a print. Rejects with the codes of the decoders, and with WINBIO_E_BAD_CAPTURE and its detail when
 * the print is rejected.
 */
export async function readTemplate(path: string, options: ReadPrintOptions = {}): Promise<Uint8Array> {
  const bytes = await readInput(path);
  const format = detectFormat(bytes);
  if (format !== undefined && format in MINUTIAE_LAYOUTS) return importMinutiae(bytes, { lenient: true });
  if (format === undefined && String.fromCharCode(...bytes.subarray(0, 4)) === 'WHRL') {
    decodeTemplate(bytes);
    return bytes;
  }
  const result = extract(decodeImage(bytes, imageOptions(options)));
  if (result.kind === 'features') return result.features;
  const words = result.guidance.map((advice) => advice.words).join(' ');
  throw new BiometricError('WINBIO_E_BAD_CAPTURE', `${path}: ${words}`, { rejectDetail: result.detail });
}
