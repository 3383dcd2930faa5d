/** `whorl compare`: score of two prints, each an image, a template or a minutiae record. */

import { BiometricError } from '../../core/biometric-error.ts';
import { DEFAULT_FMR, verify } from '../../fingerprint/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { type ReadPrintOptions, readTemplate } from './read-print.ts';

/** Options of the command. */
export interface CompareCommandOptions extends ReadPrintOptions {
  /** False match rate at which the prints match. */
  readonly maxFmr?: number;
  readonly json?: boolean;
  /** Which image of the reference, if it has several, from 1. */
  readonly referenceImage?: number;
}

/** Compares and prints. A non-match is an answer; files that cannot be read and rates that are none are faults. */
export async function comparePrints(
  probe: string,
  reference: string,
  options: CompareCommandOptions = {},
): Promise<void> {
  const { json = false, maxFmr = DEFAULT_FMR } = options;
  if (!(maxFmr > 0 && maxFmr <= 1)) throw new BiometricError('E_INVALIDARG', '--max-fmr must be above 0 and at most 1');
  const notes: string[] = [];
  const a = await readTemplate(probe, options, notes);
  const { image: _, referenceImage, ...others } = options;
  const chosen = { ...others, ...(referenceImage !== undefined && { image: referenceImage }) };
  const b = await readTemplate(reference, chosen, notes);
  const { match, score } = verify(a, b, { maxFmr });
  if (!match) process.exitCode = EXIT_NO;
  const report = { match, score: Number(score.toFixed(3)), maxFmr, notes };
  const decision = `${match ? 'match' : 'non-match'}, score ${report.score}`;
  const noted = notes.map((note) => `note: ${note}\n`).join('');
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${decision}: ${rarity(score)}\n${noted}`);
}

/** The score of the lowest rate that was measured: docs/score.md, "Limits". */
const MEASURED_SCORE = 4;

/** How many pairs of different fingers reach a score, as far as that was measured. */
function rarity(score: number): string {
  const measured = Math.min(MEASURED_SCORE, score);
  const odds = Math.round(10 ** measured).toLocaleString('en');
  if (score > MEASURED_SCORE)
    return `fewer than one in ${odds} pairs of different fingers reach it, the lowest rate measured`;
  return `one in ${odds} pairs of different fingers reaches it`;
}
