/** A print from a file: an image, a template or a minutiae record; what it is is told by its content. */

import { readFile } from 'node:fs/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { decodeTemplate, extract, importMinutiae } from '../../fingerprint/index.ts';
import {
  type AssumedResolution,
  type ChosenImageOptions,
  detectFormat,
  MINUTIAE_LAYOUTS,
  unwrap,
} from '../../formats/index.ts';
import { decodeLeniently } from './decode-leniently.ts';
import { transactionFaults } from './deviation-words.ts';

/** Pixels per inch of images that do not state it. */
const USUAL_PPI = 500;

/** How to read a print. */
export interface ReadPrintOptions {
  /** Pixels per inch, whatever the file states. */
  readonly ppi?: number;
  /** Which image of several, from 1. */
  readonly image?: number;
  /** Take several fingers in one image as one print. */
  readonly anyFingers?: boolean;
}

/** The bytes of a file. Rejects with E_INVALIDARG when it cannot be read. */
export async function readInput(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new BiometricError('E_INVALIDARG', `cannot read ${path} (${cause.code})`, { cause });
  });
}

/**
 * The image of a file; a resolution that had to be assumed, and faults of its other records, are added to the notes.
 */
export async function readImage(path: string, options: ReadPrintOptions, notes: string[]): Promise<GreyImage> {
  const bytes = await readInput(path);
  return decoded(path, bytes, imageOptions(path, options, notes), notes);
}

/** The image; what is wrong with its record, or with other records of the file, is added to the notes. */
function decoded(path: string, bytes: Uint8Array, options: ChosenImageOptions, notes: string[]): GreyImage {
  const deviations: string[] = [];
  const image = decodeLeniently(bytes, options, deviations);
  notes.push(...[...deviations, ...transactionFaults(bytes)].map((words) => `${path}: ${words}`));
  return image;
}

/** What a file states about its resolution when one had to be assumed. */
export function statement({ statedPpi }: AssumedResolution): string {
  return statedPpi === undefined ? 'no resolution' : `${statedPpi} ppi, as screens have`;
}

export function imageOptions(path: string, { ppi, image }: ReadPrintOptions, notes: string[]): ChosenImageOptions {
  return {
    ...(image !== undefined && { image }),
    ...(ppi !== undefined && { resolutionPpi: ppi }),
    unstatedPpi: USUAL_PPI,
    onAssumedResolution: (assumed) =>
      notes.push(`${path} states ${statement(assumed)}: taken as ${assumed.resolutionPpi} ppi; --ppi says otherwise`),
  };
}

/**
 * The template of a print; a resolution that had to be assumed is added to the notes. Rejects with the codes of the
 * decoders, and with WINBIO_E_BAD_CAPTURE and its detail when the print is rejected.
 */
export async function readTemplate(path: string, options: ReadPrintOptions, notes: string[]): Promise<Uint8Array> {
  const stored = await readInput(path);
  const bytes = unwrap(stored);
  const { image, ...resolution } = imageOptions(path, options, notes);
  const format = detectFormat(bytes);
  if (format !== undefined && format in MINUTIAE_LAYOUTS)
    return importMinutiae(bytes, { ...resolution, lenient: true });
  if (format === undefined && String.fromCharCode(...bytes.subarray(0, 4)) === 'WHRL') {
    decodeTemplate(bytes);
    return bytes;
  }
  const chosen = { ...resolution, ...(image !== undefined && { image }) };
  const result = extract(decoded(path, stored, chosen, notes), { acceptSeveral: options.anyFingers === true });
  if (result.kind === 'features') return result.features;
  const words = result.guidance.map((advice) => advice.words).join(' ');
  throw new BiometricError('WINBIO_E_BAD_CAPTURE', `${path}: ${words}`, { rejectDetail: result.detail });
}
