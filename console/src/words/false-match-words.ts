/** What a comparison score means to people. */

const NAMES = [
  { from: 1e12, name: 'trillion' },
  { from: 1e9, name: 'billion' },
  { from: 1e6, name: 'million' },
] as const;

/** Beyond it no number means anything to anybody, nor was it ever measured. */
const MOST = 1e15;

/** "one in 2.5 million comparisons of different fingers", of a score that is -log10 of the false match rate. */
export function falseMatchWords(score: number): string {
  const count = 10 ** Math.max(0, score);
  const words = count > MOST ? `fewer than one in ${roundWords(MOST)}` : `one in ${roundWords(count)}`;
  return `${words} comparisons of different fingers`;
}

function roundWords(count: number): string {
  if (count < 1.05) return 'one';
  const unit = NAMES.find(({ from }) => count >= from * 0.9995);
  if (unit !== undefined) return `${short(count / unit.from)} ${unit.name}`;
  return count < 10 ? short(count) : twoDigits(count).toLocaleString('en');
}

function short(value: number): string {
  return String(Number(value < 10 ? value.toFixed(1) : twoDigits(value)));
}

function twoDigits(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}
