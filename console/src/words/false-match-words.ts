/** Comparison scores in words. */

/** Rates are measured down to 1e-4 and extrapolated from there (docs/score.md); no number beyond this is honest. */
const MOST = 1e9;

/** "one in 2.5 million comparisons of different fingers"; a score is -log10 of the false match rate. */
export function falseMatchWords(score: number): string {
  const count = 10 ** Math.max(0, score);
  const words = count > MOST ? 'fewer than one in a billion' : `one in ${roundWords(count)}`;
  return `${words} comparisons of different fingers`;
}

function roundWords(count: number): string {
  if (count < 1.05) return 'one';
  if (count >= 0.9995 * MOST) return 'a billion';
  if (count >= 0.9995e6) return `${short(count / 1e6)} million`;
  return count < 10 ? short(count) : twoDigits(count).toLocaleString('en');
}

function short(value: number): string {
  return String(Number(value < 10 ? value.toFixed(1) : twoDigits(value)));
}

function twoDigits(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}
