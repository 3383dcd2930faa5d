/** `whorl compare`: compares two prints, each an image, a template or a minutiae record. */

import { BiometricError } from '../../core/biometric-error.ts';
import { DEFAULT_FMR, verify } from '../../fingerprint/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { type ReadPrintOptions, readTemplate } from './read-print.ts';

/** Options of the command. */
export interface CompareCommandOptions extends ReadPrintOptions {
  /** False match rate of the decision. */
  readonly maxFmr?: number;
  readonly json?: boolean;
}

/** Compares and prints. A non-match is an answer (exit code 3); unreadable files and invalid rates are faults. */
export async function comparePrints(
  probe: string,
  reference: string,
  options: CompareCommandOptions = {},
): Promise<void> {
  const { json = false, maxFmr = DEFAULT_FMR } = options;
  if (!(maxFmr > 0 && maxFmr <= 1)) throw new BiometricError('E_INVALIDARG', '--max-fmr must be above 0 and at most 1');
  const [a, b] = [await readTemplate(probe, options), await readTemplate(reference, options)];
  const { match, score } = verify(a, b, { maxFmr });
  if (!match) process.exitCode = EXIT_NO;
  const report = { match, score: Number(score.toFixed(3)), maxFmr };
  const odds = Math.round(10 ** Math.min(15, score)).toLocaleString('en');
  process.stdout.write(
    json
      ? `${JSON.stringify(report)}\n`
      : `${match ? 'match' : 'non-match'}, score ${report.score}: one in ${odds} pairs of different fingers reaches it\n`,
  );
}
