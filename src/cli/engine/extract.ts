/** `whorl extract`: prints the minutiae and quality of a fingerprint image, and writes its template or record. */

import { writeFile } from 'node:fs/promises';
import { BiometricError } from '../../core/biometric-error.ts';
import { exportMinutiae, extract } from '../../fingerprint/index.ts';
import { MINUTIAE_LAYOUTS, type MinutiaeFormat } from '../../formats/index.ts';
import { type ReadPrintOptions, readImage } from './read-print.ts';

/** Options of the command. */
export interface ExtractCommandOptions extends ReadPrintOptions {
  /** File for the template, or for the record in the format `to`. */
  readonly out?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** Extracts and prints. A rejected print is an answer, but no file is written and the exit code is 1. */
export async function extractPrint(input: string, options: ExtractCommandOptions = {}): Promise<void> {
  const { out, to, json = false } = options;
  if (to !== undefined && !(to in MINUTIAE_LAYOUTS)) {
    throw new BiometricError('E_INVALIDARG', `--to takes ${Object.keys(MINUTIAE_LAYOUTS).join(', ')}`);
  }
  const notes: string[] = [];
  const result = extract(await readImage(input, options, notes), { acceptSeveral: options.anyFingers === true });
  const { quality, guidance } = result;
  if (result.kind === 'rejected') process.exitCode = 1;
  else if (out !== undefined) await writeFile(out, recordOf(result.features, to));
  const report = {
    outcome: result.kind,
    ...(result.kind === 'rejected' ? { detail: result.detail } : { minutiae: result.minutiae.length }),
    quality: quality.value,
    qualityVersion: quality.version,
    areaPx: quality.areaPx,
    clarity: Number(quality.clarity.toFixed(3)),
    ridgeShare: Number(quality.ridgeShare.toFixed(3)),
    evenness: Number(quality.evenness.toFixed(3)),
    residuesPerMm2: Number(quality.residuesPerMm2.toFixed(3)),
  };
  if (json) {
    const minutiae = result.kind === 'features' && { minutiae: result.minutiae };
    process.stdout.write(`${JSON.stringify({ ...report, ...minutiae, guidance, notes })}\n`);
    return;
  }
  for (const [name, value] of Object.entries(report)) process.stdout.write(`${name.padEnd(15)} ${value}\n`);
  for (const { words } of guidance) process.stdout.write(`${words}\n`);
  for (const note of notes) process.stdout.write(`note: ${note}\n`);
}

function recordOf(features: Uint8Array, to: string | undefined): Uint8Array {
  return to === undefined ? features : exportMinutiae(features, { format: to as MinutiaeFormat });
}
