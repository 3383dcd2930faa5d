/** `whorl extract` and `whorl compare`: the engine without a reader. */

import { readFileSync, writeFileSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import {
  compare,
  DEFAULT_FMR,
  type ExtractResult,
  extract,
  fmrOfScore,
  pairMinutiae,
  thresholdForFmr,
} from '../../exports/fingerprint.ts';
import { decodeImage } from '../../exports/formats.ts';
import { EXIT_NO, print } from '../print.ts';

export interface ExtractCommandOptions {
  readonly out?: string;
  readonly ppi?: number;
  readonly json?: boolean;
}

/** Says what is in a print, and writes its template with `--out`; exit code 3 when it is refused. */
export async function extractCommand(image: string, options: ExtractCommandOptions): Promise<void> {
  const result = extractionOf(image, options.ppi);
  const { quality, guidance } = result;
  const advice = guidance.map(({ words }) => words);
  if (result.kind === 'rejected') {
    process.exitCode = EXIT_NO;
    return print(
      options.json,
      { kind: result.kind, detail: result.detail, quality, guidance },
      `refused\n${advice.join('\n')}`,
    );
  }
  const { features, minutiae } = result;
  if (options.out !== undefined) writeFileSync(options.out, features, { mode: 0o600 });
  const text = [`${minutiae.length} minutiae, a template of ${features.length} bytes`, ...advice].join('\n');
  print(
    options.json,
    { kind: result.kind, minutiae: minutiae.length, templateBytes: features.length, quality, guidance },
    text,
  );
}

export interface CompareCommandOptions {
  readonly maxFmr?: number;
  readonly ppi?: number;
  readonly json?: boolean;
}

/** Compares two prints; exit code 3 when they do not match. */
export async function compareCommand(probe: string, reference: string, options: CompareCommandOptions): Promise<void> {
  const { maxFmr = DEFAULT_FMR } = options;
  const [a, b] = [featuresOf(probe, options.ppi), featuresOf(reference, options.ppi)];
  const score = compare(a, b);
  const threshold = thresholdForFmr(maxFmr);
  const match = score >= threshold;
  if (!match) process.exitCode = EXIT_NO;
  const paired = pairMinutiae(a, b).length;
  const text = `${match ? 'match' : 'no match'}: score ${score.toFixed(2)}, threshold ${threshold.toFixed(2)}, ${paired} minutiae paired`;
  print(options.json, { match, score, threshold, estimatedFmr: fmrOfScore(score), pairedMinutiae: paired }, text);
}

function featuresOf(image: string, ppi: number | undefined): Uint8Array {
  const result = extractionOf(image, ppi);
  if (result.kind === 'features') return result.features;
  throw new BiometricError('WINBIO_E_BAD_CAPTURE', `${image}: ${result.guidance[0]?.words ?? 'refused'}`, {
    rejectDetail: result.detail,
  });
}

function extractionOf(image: string, ppi: number | undefined): ExtractResult {
  return extract(decodeImage(read(image), ppi === undefined ? {} : { resolutionPpi: ppi }));
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BiometricError('E_INVALIDARG', `${file} cannot be read`, { cause });
  }
}
