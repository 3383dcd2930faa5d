/** Comparison scores in words: a score is -log10 of the false match rate. */

import { t } from './catalogue.ts';
import { numberText } from './formats.ts';

/** Rates were measured down to 1e-4 (docs/score.md): nothing is said beyond. */
const MOST = 1e4;

/** "one in 2,500" */
export function rateWords(score: number): string {
  const count = 10 ** Math.max(0, score);
  if (count > MOST) return t('score.lessThan', { number: numberText(MOST) });
  return t('score.oneIn', { number: numberText(count < 10 ? Math.max(1, count) : twoDigits(count)) });
}

function twoDigits(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}

/** Least quality of a good and of a fair sample. ISO/IEC 29794-1 leaves the scale to the algorithm. */
const GOOD = 60;
const FAIR = 35;

export function qualityLevel(quality: number): 'good' | 'fair' | 'poor' {
  if (quality >= GOOD) return 'good';
  return quality >= FAIR ? 'fair' : 'poor';
}

export function qualityWords(quality: number): string {
  return t(`quality.${qualityLevel(quality)}`);
}
